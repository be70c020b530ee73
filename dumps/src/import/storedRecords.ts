/** Reads a file of a dump as records for the store: on a second core, where the process may use one. */
import { availableParallelism } from 'node:os';
import { type Batch, type ReadOptions, readDump } from '../read/readDump.ts';
import { readDumpInWorker } from '../read/readDumpInWorker.ts';
import { type StoredRecord, storedRecord } from '../sqlite/storedRecord.ts';

const TRANSFORM = new URL('./transform.ts', import.meta.url);

async function* readHere(path: string, options: ReadOptions): AsyncGenerator<Batch<StoredRecord>> {
  for await (const batch of readDump(path, options)) {
    yield { ...batch, records: batch.records.map(storedRecord) };
  }
}

/** As `readDump`. */
export const readStored = (path: string, options: ReadOptions): AsyncGenerator<Batch<StoredRecord>> =>
  availableParallelism() > 1
    ? readDumpInWorker<StoredRecord>(path, { ...options, transform: TRANSFORM })
    : readHere(path, options);
