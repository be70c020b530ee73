/** Reading of Discogs' monthly dumps: from the gzip files to records that any store can take. */
export { type DumpFileName, dumpFileName, parseDumpFileName } from './dumpFile.ts';
export { DumpError, type DumpFailure, explain } from './failure.ts';
export { type GenerateOptions, generateDump } from './generate/generateDump.ts';
export { type BadRecord, describeBadRecord } from './read/badRecord.ts';
export { type Batch, RECORD_BYTES_MAX, type ReadOptions, readDump } from './read/readDump.ts';
export { readDumpInWorker, type WorkerReadOptions } from './read/readDumpInWorker.ts';
export type {
  Credit,
  MasterFacts,
  NameFacts,
  PreparedRecord,
  ReleaseFacts,
} from './records/preparedRecord.ts';
export type { UnknownPaths } from './records/unknownPaths.ts';
