/** Reads one file of a dump as batches of records that are ready for a store. */
import { stat } from 'node:fs/promises';
import type { RecordKind } from '@discogs-agent/core/catalogue';
import { DumpError } from '../failure.ts';
import type { PreparedRecord } from '../records/preparedRecord.ts';
import { RecordPreparer } from '../records/prepareRecord.ts';
import type { UnknownPaths } from '../records/unknownPaths.ts';
import { systemError } from '../systemError.ts';
import { gunzip } from '../xml/gunzip.ts';
import { MalformedRecord } from '../xml/malformed.ts';
import { RecordSplitter, WrongDocument } from '../xml/splitRecords.ts';
import { type BadRecord, idIn } from './badRecord.ts';

/** A record of more bytes is skipped, so that the memory stays bounded; 10,000 tracks with credits have about 5 MB. */
export const RECORD_BYTES_MAX = 16 << 20;

export interface ReadOptions {
  readonly kind: RecordKind;
  /** How many records, bad ones included, to pass over: what an interrupted import has already stored. */
  readonly skip?: number;
  /** Looks at every element of every record for unknown ones, which takes half as long again. */
  readonly strict?: boolean;
  readonly signal?: AbortSignal;
  readonly recordBytesMax?: number;
}

/** Records in the order of the file, or what a worker has made of them. */
export interface Batch<Row = PreparedRecord> {
  readonly records: readonly Row[];
  readonly bad: readonly BadRecord[];
  readonly unknown: UnknownPaths;
  /** Records of the file up to the end of this batch, skipped and bad ones included: `skip` of a later run. */
  readonly position: number;
  /** Bytes of the file that have been read, of how many. */
  readonly fileBytes: number;
  readonly fileSize: number;
}

/** How many bytes the file has. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    throw new DumpError({ code: 'unreadable', path, reason: systemError(error).code });
  }
}

/**
 * The JSON of a batch is overwritten when the next one is asked for. Rejects with {@link DumpError} where the file cannot be
 * read to its end, and with the signal's reason.
 */
export async function* readDump(path: string, options: ReadOptions): AsyncGenerator<Batch> {
  const { kind, skip = 0, strict = false, signal, recordBytesMax = RECORD_BYTES_MAX } = options;
  const fileSize = await sizeOf(path);
  const preparer = new RecordPreparer(kind, strict);
  let [records, bad, position, offset]: [PreparedRecord[], BadRecord[], number, number] = [[], [], 0, 0];
  const report = (reason: string, beginning: string, at: number): void => {
    position += 1;
    if (position > skip) bad.push({ id: idIn(beginning), offset: at, reason });
  };
  const splitter = new RecordSplitter(
    kind,
    recordBytesMax,
    (bytes, start, end, at) => {
      if (position < skip) {
        position += 1;
        return;
      }
      try {
        records.push(preparer.prepare(bytes, start, end));
        position += 1;
      } catch (error) {
        if (!(error instanceof MalformedRecord)) throw error;
        report(error.message, bytes.toString('utf8', start, Math.min(end, start + 300)), at);
      }
    },
    report,
  );
  for await (const { bytes, fileBytes } of gunzip(path, signal)) {
    try {
      splitter.push(bytes);
    } catch (error) {
      if (error instanceof WrongDocument)
        throw new DumpError({ code: 'wrong-kind', path, reason: error.message });
      throw error;
    }
    offset += bytes.length;
    if (records.length + bad.length === 0) continue;
    yield { records, bad, unknown: preparer.takeUnknown(), position, fileBytes, fileSize };
    [records, bad] = [[], []];
    preparer.reuse();
  }
  if (!splitter.isComplete) throw new DumpError({ code: 'cut', path, offset });
}
