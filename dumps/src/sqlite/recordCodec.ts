/**
 * Records compressed one by one, with a dictionary. Blocks of eight records with zstd are as small, but reading one of them took
 * four times as long: zstd of this Node makes a new context of 160 kB for each call, and unpacks the neighbours. Numbers:
 * decision 19.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import { DICTIONARY } from './dictionary.ts';

/** zlib's level 1 is as slow and packs less. */
const LEVEL = 3;
/** A window of 16 kB, as most records and the dictionary are smaller. */
const WINDOW_BITS = 14;
/** Most compressed records fit; zlib has to be asked again for the others. */
const CHUNK_BYTES = 2048;
/** Deflate's most: 258 bytes in two bits. A damaged size must not ask for all memory. */
const MOST_BYTES_OF_ONE = 1032;

/** Its zlib stream, with a checksum. */
export const encodeRecord = (json: Uint8Array): Uint8Array =>
  deflateSync(json, {
    dictionary: DICTIONARY,
    level: LEVEL,
    windowBits: WINDOW_BITS,
    chunkSize: CHUNK_BYTES,
  });

/** The record, of `size` bytes. Throws for data that are not as they were written. */
export function decodeRecord(data: Uint8Array, size: number): Uint8Array {
  if (size > data.length * MOST_BYTES_OF_ONE) throw new Error('a record of a damaged size');
  const json = inflateSync(data, {
    dictionary: DICTIONARY,
    windowBits: WINDOW_BITS,
    // One chunk for all of it; zlib takes none of less than 64 bytes.
    chunkSize: Math.max(64, size),
    maxOutputLength: Math.max(1, size),
  });
  if (json.length !== size) throw new Error('a record of the wrong size');
  return json;
}
