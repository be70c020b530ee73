/** Look-ups by hash: entries in buckets by the first bits of the hash, about 32 of them in a row of the table. */
import type { KeyHash } from '@discogs-agent/core/catalogue';

const WANTED_ENTRIES = 32;
const ENTRY_BYTES = 12;
const WORD_BITS = 32;

/** By how many bits a hash's first word is shifted to its bucket, for so many entries. */
export function bucketShift(entries: number): number {
  const bits = Math.ceil(Math.log2(Math.max(2, entries / WANTED_ENTRIES)));
  return WORD_BITS - Math.min(WORD_BITS - 1, bits);
}

/** A copy: rows of high word, low word and id. */
export const encodeBucket = (rows: Uint32Array): Uint8Array => new Uint8Array(rows.slice().buffer);

/** The ids of a hash, ascending. */
export function idsIn(bucket: Uint8Array, { high, low }: KeyHash): readonly number[] {
  const view = new DataView(bucket.buffer, bucket.byteOffset, bucket.byteLength);
  const ids: number[] = [];
  for (let at = 0; at + ENTRY_BYTES <= bucket.length; at += ENTRY_BYTES) {
    if (view.getUint32(at, true) === high && view.getUint32(at + 4, true) === low) {
      ids.push(view.getUint32(at + 8, true));
    }
  }
  return ids.sort((a, b) => a - b);
}

/** All hashes of a bucket, ascending, with their ids. */
export function hashesIn(bucket: Uint8Array): readonly (KeyHash & { readonly ids: readonly number[] })[] {
  const view = new DataView(bucket.buffer, bucket.byteOffset, bucket.byteLength);
  const byHash = new Map<string, KeyHash>();
  for (let at = 0; at + ENTRY_BYTES <= bucket.length; at += ENTRY_BYTES) {
    const hash = { high: view.getUint32(at, true), low: view.getUint32(at + 4, true) };
    byHash.set(`${hash.high} ${hash.low}`, hash);
  }
  return [...byHash.values()]
    .sort((a, b) => a.high - b.high || a.low - b.low)
    .map((hash) => ({ ...hash, ids: idsIn(bucket, hash) }));
}
