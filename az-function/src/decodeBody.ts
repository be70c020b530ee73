/** Decompression of what Discogs sends; it sends gzip when asked for it. */
import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import type { FetchFailure } from '@discogs-agent/core';
import { BAD_ENCODING, TOO_LARGE } from './fetchFailure.ts';

/** Below this a trip to the thread pool costs more than the work itself. */
const SYNC_BYTES = 32 * 1024;
const gunzipAsync = promisify(gunzip);

/** The body without its content coding, refused once it grows beyond `maxBytes`. */
export async function decodeBody(
  raw: Uint8Array,
  contentEncoding: string | string[] | undefined,
  maxBytes: number,
): Promise<Uint8Array | FetchFailure> {
  // Case does not matter, and x-gzip is gzip: RFC 9110, section 8.4.1.
  const coding = contentEncoding?.toString().toLowerCase() ?? 'identity';
  if (coding === 'identity' || raw.length === 0) return raw;
  if (coding !== 'gzip' && coding !== 'x-gzip') return BAD_ENCODING;
  const options = { maxOutputLength: maxBytes };
  try {
    return raw.length < SYNC_BYTES ? gunzipSync(raw, options) : await gunzipAsync(raw, options);
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return tooLarge ? TOO_LARGE : BAD_ENCODING;
  }
}
