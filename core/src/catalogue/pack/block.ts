/**
 * A block: entries of a key and a value, in ascending order of the keys' bytes. An entry is the key's length (16 bits), the
 * value's length (32 bits), key, value; numbers are big-endian. Index pages are blocks whose values are block handles.
 */
import { damaged } from './damaged.ts';

const HEADER_BYTES = 6;
export const MAX_KEY_BYTES = 4096;

/** Bytes that an entry takes in its block. */
export const entryBytes = (key: Uint8Array, value: Uint8Array): number =>
  HEADER_BYTES + key.length + value.length;

/** Negative: `a` comes first. */
export function compareKeys(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Index of the last of `size` ascending keys that is not after `key`; -1 for none. */
export function floorIndex(size: number, keyAt: (index: number) => Uint8Array, key: Uint8Array): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(keyAt(middle), key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export type Entry = readonly [key: Uint8Array, value: Uint8Array];

/** Entries as bytes; they must ascend. */
export function encodeBlock(entries: readonly Entry[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((sum, [key, value]) => sum + entryBytes(key, value), 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [key, value] of entries) {
    view.setUint16(at, key.length);
    view.setUint32(at + 2, value.length);
    bytes.set(key, at + HEADER_BYTES);
    bytes.set(value, at + HEADER_BYTES + key.length);
    at += entryBytes(key, value);
  }
  return bytes;
}

/** Entries that are searched without a copy. */
export interface Block {
  readonly size: number;
  /** What it takes in memory, about. */
  readonly bytes: number;
  key(index: number): Uint8Array;
  value(index: number): Uint8Array;
}

/** Checks every length before it is used, and the order of the keys. */
export function decodeBlock(bytes: Uint8Array): Block {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts: number[] = [];
  const keyAt = (start: number): Uint8Array =>
    bytes.subarray(start + HEADER_BYTES, start + HEADER_BYTES + view.getUint16(start));
  let previous: Uint8Array | undefined;
  for (let at = 0; at < bytes.length; ) {
    if (at + HEADER_BYTES > bytes.length) throw damaged('a block ends inside an entry');
    const end = at + HEADER_BYTES + view.getUint16(at) + view.getUint32(at + 2);
    if (end > bytes.length) throw damaged('an entry is longer than its block');
    const key = keyAt(at);
    if (previous && compareKeys(previous, key) >= 0) throw damaged('keys do not ascend');
    previous = key;
    starts.push(at);
    at = end;
  }
  const startOf = (index: number): number => {
    const start = starts[index];
    if (start === undefined) throw new RangeError(`no entry ${index}`);
    return start;
  };
  return {
    size: starts.length,
    bytes: bytes.length + 4 * starts.length,
    key: (index) => keyAt(startOf(index)),
    value(index) {
      const start = startOf(index);
      const from = start + HEADER_BYTES + view.getUint16(start);
      return bytes.subarray(from, from + view.getUint32(start + 2));
    },
  };
}
