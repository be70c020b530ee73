/** Reading of Discogs' monthly dumps: from the gzip files to records that any store can take. */
export { dumpFileName, parseDumpFileName } from './dumpFile.ts';
export { generateDump } from './generate/generateDump.ts';
export { describeBadRecord } from './read/badRecord.ts';
export { type Batch, type ReadOptions, readDump } from './read/readDump.ts';
export { readDumpInWorker } from './read/readDumpInWorker.ts';
export type { PreparedRecord } from './records/preparedRecord.ts';
