/** Keys of the tables: their bytes sort as ids and texts do. */

const encoder = new TextEncoder();

/** Of a record. */
export function idKey(id: number): Uint8Array {
  const key = new Uint8Array(4);
  new DataView(key.buffer).setUint32(0, id);
  return key;
}

/** Of a part of a long value: the parts of one value follow each other. */
export function chunkKey(prefix: Uint8Array, chunk: number): Uint8Array {
  const key = new Uint8Array(prefix.length + 4);
  key.set(prefix);
  new DataView(key.buffer).setUint32(prefix.length, chunk);
  return key;
}

/** Of a text without NUL: the one at its end keeps a text before all those that begin with it. */
export const textKey = (text: string): Uint8Array => encoder.encode(`${text}\0`);
