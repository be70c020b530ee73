/** zstd of this Node. */
import zlib from 'node:zlib';
import { CatalogueUnavailable } from '@discogs-agent/core/catalogue';
import type { Decompress } from '@discogs-agent/core/catalogue/pack';

const OLD_NODE = 'Run it with Node 22.15 or newer, or 24.';

/** Allocates no more than `rawLength`. A frame has a checksum, which zstd compares. */
export const unzstd: Decompress = (bytes, rawLength) =>
  new Promise((resolve, reject) => {
    if (!('zstdDecompress' in zlib)) {
      reject(new CatalogueUnavailable('This Node has no zstd', OLD_NODE));
      return;
    }
    zlib.zstdDecompress(bytes, { maxOutputLength: Math.max(1, rawLength) }, (error, raw) => {
      if (error) reject(error);
      else resolve(raw);
    });
  });
