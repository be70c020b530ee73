/** The pack: the catalogue as immutable blobs that are read by ranges. */
export { compareKeys, type Entry, encodeBlock, entryBytes, MAX_KEY_BYTES } from './block.ts';
export { createBlockCache } from './blockCache.ts';
export { CHUNK_ROWS, type ChunkKey, encodeChunk, ID_ROWS, type RowFormat } from './chunks.ts';
export { encodeHandle, type Handle, MAX_RAW_BYTES } from './handle.ts';
export { hashKey, idKey, listKey } from './keys.ts';
export {
  type Manifest,
  MONTH_FOLDER,
  POINTER_NAME,
  type Pointer,
  parseManifest,
  parsePointer,
  serialize,
  TABLES,
  type TableManifest,
  type TableName,
} from './manifest.ts';
export type { PackOptions } from './openPack.ts';
export { MAX_VERSIONS, openPackStore } from './packStore.ts';
export type { Decompress, RangeAnswer, RangeSource } from './rangeSource.ts';
export { ARTIST_ROWS, LABEL_ROWS, RELEASE_ROWS } from './rowFormats.ts';
export { openTable, type SortedTable } from './sortedTable.ts';
