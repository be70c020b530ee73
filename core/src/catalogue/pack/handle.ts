/** Where a block is in its blob, and how long it is. */
import { damaged } from './damaged.ts';

export interface Handle {
  readonly offset: number;
  /** Compressed. */
  readonly length: number;
  readonly rawLength: number;
}

/** A record of 64 KB of notes and 10,000 tracks has about 3 MB. What a handle beyond these says is damage. */
export const MAX_BLOCK_BYTES = 16 * 2 ** 20;
export const MAX_RAW_BYTES = 32 * 2 ** 20;
const HANDLE_BYTES = 14;
const TWO_32 = 2 ** 32;

/** 48 bits of offset, 32 of each length. */
export function encodeHandle({ offset, length, rawLength }: Handle): Uint8Array {
  const view = new DataView(new ArrayBuffer(HANDLE_BYTES));
  view.setUint16(0, Math.floor(offset / TWO_32));
  view.setUint32(2, offset % TWO_32);
  view.setUint32(6, length);
  view.setUint32(10, rawLength);
  return new Uint8Array(view.buffer);
}

/** The handle, if a block of a blob of `blobLength` can be there. */
export function checkHandle(handle: Handle, blobLength: number): Handle {
  const { offset, length, rawLength } = handle;
  const fits = length > 0 && length <= MAX_BLOCK_BYTES && offset + length <= blobLength;
  if (!fits || rawLength > MAX_RAW_BYTES) throw damaged('an index names a block outside of its blob');
  return handle;
}

export function decodeHandle(bytes: Uint8Array, blobLength: number): Handle {
  if (bytes.length !== HANDLE_BYTES) throw damaged('an index entry has a wrong length');
  const view = new DataView(bytes.buffer, bytes.byteOffset, HANDLE_BYTES);
  const offset = view.getUint16(0) * TWO_32 + view.getUint32(2);
  return checkHandle({ offset, length: view.getUint32(6), rawLength: view.getUint32(10) }, blobLength);
}
