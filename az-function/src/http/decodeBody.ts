/** Decompression of what Discogs sends; it sends gzip when asked for it. */
import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import type { FetchFailure } from '@discogs-agent/core';
import type { InFlight } from './bytesInFlight.ts';
import { BAD_ENCODING, OVERLOADED, TOO_LARGE } from './fetchFailure.ts';

/** Below this a trip to the thread pool costs more than the work itself. */
const SYNC_BYTES = 32 * 1024;
/** zlib takes no smaller one. */
const LEAST_CHUNK_BYTES = 64;
const TRAILER_BYTES = 4;
const gunzipAsync = promisify(gunzip);

/**
 * What the end of a gzip file says about its size. zlib checks it, but for a file of several members, and for bytes behind
 * the end, it says something else.
 * @see https://www.rfc-editor.org/rfc/rfc1952#section-2.3.1
 */
function announcedBytes({ buffer, byteOffset, length }: Uint8Array): number {
  if (length < TRAILER_BYTES) return 0;
  return new DataView(buffer, byteOffset, length).getUint32(length - TRAILER_BYTES, true);
}

const isTooLarge = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

async function unpack(
  raw: Uint8Array,
  largestBytes: number,
  maxBytes: number,
  inFlight: InFlight,
): Promise<Uint8Array | FetchFailure> {
  if (!inFlight.takes(raw.length + largestBytes)) return OVERLOADED;
  // One chunk for all of it, with a byte to spare: more than one would be copied together, and held twice meanwhile.
  const chunkSize = Math.max(LEAST_CHUNK_BYTES, largestBytes + 1);
  const options = { maxOutputLength: largestBytes, chunkSize };
  try {
    return raw.length < SYNC_BYTES ? gunzipSync(raw, options) : await gunzipAsync(raw, options);
  } catch (error) {
    if (!isTooLarge(error)) return BAD_ENCODING;
    return largestBytes < maxBytes ? unpack(raw, maxBytes, maxBytes, inFlight) : TOO_LARGE;
  }
}

/** The body without its content coding, refused once it grows beyond `maxBytes`, or when there is no room for it. */
export async function decodeBody(
  raw: Uint8Array,
  contentEncoding: string | string[] | undefined,
  maxBytes: number,
  inFlight: InFlight,
): Promise<Uint8Array | FetchFailure> {
  // Case does not matter, and x-gzip is gzip: RFC 9110, section 8.4.1.
  const coding = contentEncoding?.toString().toLowerCase() ?? 'identity';
  if (coding === 'identity' || raw.length === 0) return raw;
  if (coding !== 'gzip' && coding !== 'x-gzip') return BAD_ENCODING;
  return unpack(raw, Math.min(maxBytes, Math.max(1, announcedBytes(raw))), maxBytes, inFlight);
}
