/** zstd of this Node. */
import zlib from 'node:zlib';
import { CatalogueUnavailable } from '@discogs-agent/core/catalogue';
import type { Decompress } from '@discogs-agent/core/catalogue/pack';

const OLD_NODE = 'Run it with Node 22.15 or newer, or 24';
/** A block of 16 records has 75 KB. A trip to the thread pool costs four times the work itself, which is 0.2 ms. */
const SYNC_BYTES = 256 * 1024;
/** zlib takes no smaller chunk. */
const LEAST_CHUNK_BYTES = 64;

/** Allocates no more than `rawLength`. A frame has a checksum, which zstd compares. */
export const unzstd: Decompress = async (bytes, rawLength) => {
  if (!('zstdDecompress' in zlib)) throw new CatalogueUnavailable('This Node has no zstd', OLD_NODE);
  // One chunk for all of it.
  const options = {
    maxOutputLength: Math.max(1, rawLength),
    chunkSize: Math.max(LEAST_CHUNK_BYTES, rawLength),
  };
  if (rawLength <= SYNC_BYTES) return zlib.zstdDecompressSync(bytes, options);
  return new Promise((resolve, reject) => {
    zlib.zstdDecompress(bytes, options, (error, raw) => {
      if (error) reject(error);
      else resolve(raw);
    });
  });
};
