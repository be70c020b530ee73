/** Keys of the tables: their bytes sort as the numbers do. */
import type { KeyHash } from '../keyHash.ts';

function words(...numbers: readonly number[]): Uint8Array {
  const key = new DataView(new ArrayBuffer(4 * numbers.length));
  numbers.forEach((number, index) => {
    key.setUint32(4 * index, number);
  });
  return new Uint8Array(key.buffer);
}

/** Of a record. */
export const idKey = (id: number): Uint8Array => words(id);

/** Of a chunk of a record's list. */
export const listKey = (id: number, chunk: number): Uint8Array => words(id, chunk);

/** Of a chunk of the ids that a hash finds. */
export const hashKey = ({ high, low }: KeyHash, chunk: number): Uint8Array => words(high, low, chunk);
