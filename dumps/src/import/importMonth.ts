/** Imports a month: reads its files into a store that is built beside the one that is served, and takes it over. */
import { rmSync } from 'node:fs';
import { type CatalogueInfo, CatalogueUnavailable, RECORD_KINDS } from '@discogs-agent/core/catalogue';
import { DumpError } from '../failure.ts';
import { describeBadRecord } from '../read/badRecord.ts';
import { type CatalogueWriter, createCatalogueWriter } from '../sqlite/catalogueWriter.ts';
import { openFileStore } from '../sqlite/fileStore.ts';
import { finishedDate, publish, removeUnusedFiles } from '../sqlite/publish.ts';
import { buildingPath, currentPath } from '../sqlite/storeLayout.ts';
import { systemError } from '../systemError.ts';
import { checkChecksums } from './checksums.ts';
import type { Month, MonthFile } from './findFiles.ts';
import { diskFailure, ImportError, isDiskFailure } from './importFailure.ts';
import {
  dateOf,
  type FileProgress,
  grouped,
  type ImportProgress,
  monthName,
  newProgress,
  progressLine,
  readProgress,
} from './importProgress.ts';
import { readStored } from './storedRecords.ts';

export interface ImportOptions {
  readonly folder: string;
  readonly month: Month;
  /** Takes over a month that is smaller, or has more bad records, than it should. */
  readonly force: boolean;
  /** Begins anew even where an import of the same files was interrupted. */
  readonly restart: boolean;
  /** Lists elements that this version does not know. */
  readonly strict: boolean;
  /** Records between two checkpoints. */
  readonly checkpointEvery: number;
  readonly signal: AbortSignal;
  /** In milliseconds. */
  readonly now: () => number;
  say(line: string): void;
  /** A line that replaces the last one of its kind. */
  progress(line: string): void;
}

/** More bad records than one in so many stop the import. */
const RECORDS_PER_BAD = 1000;
/** Before the end of a file, so many bad ones stop it. */
const BAD_BEFORE_END = 1000;
/** Names of bad records that are printed, for each file. */
const NAMED_BAD = 20;
const LEAST_SHARE = 0.9;
const PROGRESS_MS = 250;

/** The month that is served, undefined where there is none. */
function servedMonth(folder: string): CatalogueInfo | undefined {
  const path = currentPath(folder);
  if (path === undefined) return undefined;
  const { info, close } = openFileStore(path);
  close();
  return info;
}

const isTooBad = ({ bad, position }: FileProgress): boolean => bad * RECORDS_PER_BAD > position;

class Import {
  readonly #options: ImportOptions;
  readonly #writer: CatalogueWriter;
  #progress: ImportProgress;
  #sinceCheckpoint = 0;

  constructor(options: ImportOptions, writer: CatalogueWriter, progress: ImportProgress) {
    this.#options = options;
    this.#writer = writer;
    this.#progress = progress;
  }

  #checkpoint(): void {
    this.#writer.checkpoint(this.#progress);
    this.#sinceCheckpoint = 0;
  }

  #advance(file: MonthFile, to: FileProgress): void {
    this.#progress = { ...this.#progress, files: { ...this.#progress.files, [file.kind]: to } };
  }

  #refuseBad(file: MonthFile, isEnd: boolean): void {
    const { kind } = file;
    const reached = this.#progress.files[kind];
    const { bad, position } = reached;
    if (this.#options.force || !isTooBad(reached) || (!isEnd && bad < BAD_BEFORE_END)) return;
    throw new ImportError({ code: 'bad-records', kind, bad, total: position });
  }

  /** Reads one file from where the last checkpoint was. */
  async readFile(file: MonthFile): Promise<void> {
    const { strict, signal, checkpointEvery, say, progress, now } = this.#options;
    const { kind, path } = file;
    const from = this.#progress.files[kind];
    if (from.isRead) return say(`${kind}: ${grouped(from.position)} records are there already`);
    if (from.position > 0) say(`${kind}: goes on behind ${grouped(from.position)} records`);
    const unknown = new Map<string, number>();
    const startedAt = now();
    let [shownAt, named, firstBytes] = [startedAt, 0, -1];
    for await (const batch of readStored(path, { kind, skip: from.position, strict, signal })) {
      const before = this.#progress.files[kind];
      const bad = batch.bad.map(describeBadRecord);
      for (const record of batch.records) {
        if (!this.#writer.add(record)) bad.push(`record ${record.id}: its id is there already`);
      }
      for (const line of bad) {
        named += 1;
        if (named <= NAMED_BAD) say(`skipped in ${kind}: ${line}`);
      }
      for (const [element, count] of batch.unknown) unknown.set(element, (unknown.get(element) ?? 0) + count);
      this.#advance(file, { position: batch.position, bad: before.bad + bad.length, isRead: false });
      this.#refuseBad(file, false);
      this.#sinceCheckpoint += batch.position - before.position;
      if (this.#sinceCheckpoint >= checkpointEvery) this.#checkpoint();
      if (firstBytes === -1) firstBytes = batch.fileBytes;
      if (now() - shownAt >= PROGRESS_MS) {
        shownAt = now();
        progress(
          progressLine({
            kind,
            records: batch.position,
            bad: before.bad + bad.length,
            fileBytes: batch.fileBytes,
            fileSize: batch.fileSize,
            seconds: (shownAt - startedAt) / 1000,
            recordsOfRun: batch.position - from.position,
            bytesOfRun: batch.fileBytes - firstBytes,
          }),
        );
      }
      signal.throwIfAborted();
    }
    const { position, bad } = this.#progress.files[kind];
    this.#advance(file, { position, bad, isRead: true });
    this.#checkpoint();
    say(`${kind}: ${grouped(position - bad)} records${bad > 0 ? `, ${grouped(bad)} skipped` : ''}`);
    for (const [element, count] of unknown) say(`unknown in ${kind}: ${element}, ${grouped(count)} times`);
    this.#refuseBad(file, true);
  }

  /** What is damaged is to be replaced by this import: it must not stop it. */
  #ifReadable<Value>(work: (folder: string) => Value): Value | undefined {
    try {
      return work(this.#options.folder);
    } catch (error) {
      if (!(error instanceof CatalogueUnavailable)) throw error;
      this.#options.say(`${error.message}: the former month is not compared, and is left there.`);
      return undefined;
    }
  }

  /** Against the month that is served. */
  #refuseSmall(former: CatalogueInfo): void {
    const { say } = this.#options;
    const counts = this.#writer.counts();
    for (const kind of RECORD_KINDS) {
      const [found, before] = [counts[kind], former.counts[kind]];
      if (found < before * LEAST_SHARE)
        throw new ImportError({ code: 'too-few', kind, found, former: before });
      say(`${kind}: ${grouped(found)}, ${grouped(before)} in the former month`);
    }
  }

  /** Lists, look-ups and search; then the month is taken over. */
  finish(): string {
    const { month, folder, force, signal, progress } = this.#options;
    for (const file of month.files) this.#refuseBad(file, true);
    const former = this.#ifReadable(servedMonth);
    if (former && !force) this.#refuseSmall(former);
    for (const step of this.#writer.steps()) {
      signal.throwIfAborted();
      progress(`building: ${step}`);
      this.#writer.run(step);
    }
    this.#writer.complete(month.date);
    // The former month stays for those who read it; what was before it goes.
    this.#ifReadable(removeUnusedFiles);
    return publish(folder, month.date);
  }

  interrupt(): void {
    this.#checkpoint();
  }
}

/** A writer of what an interrupted import has left, if this version can go on with it; else of a new store. */
function openLeft(building: string, say: ImportOptions['say']): CatalogueWriter {
  try {
    return createCatalogueWriter(building);
  } catch (error) {
    if (isDiskFailure(error)) throw error;
    say(`The unfinished import is given up: ${systemError(error).message}.`);
    rmSync(building, { recursive: true, force: true });
    return createCatalogueWriter(building);
  }
}

/** The writer of an import that was interrupted, if it was one of the same files; or a new one. */
function openWriter({ folder, month, restart, say }: ImportOptions): {
  readonly writer: CatalogueWriter;
  readonly progress: ImportProgress;
} {
  const building = buildingPath(folder);
  if (restart) rmSync(building, { recursive: true, force: true });
  let writer = openLeft(building, say);
  const found = readProgress(writer.progress);
  if (found?.month === monthName(month)) return { writer, progress: found };
  if (found) say(`The unfinished import of ${dateOf(found)} is given up: it was of other files.`);
  writer.close();
  rmSync(building, { recursive: true, force: true });
  writer = createCatalogueWriter(building);
  return { writer, progress: newProgress(month) };
}

function checksumLine({ checksums }: Month, right: readonly string[]): string {
  if (right.length > 0) return `checksums are right: ${right.join(', ')}`;
  if (checksums === undefined) return 'There is no file of checksums: they are not checked.';
  return `${checksums} names none of these files: their checksums are not checked.`;
}

async function run(options: ImportOptions): Promise<string> {
  const { month, folder, say, signal } = options;
  if (finishedDate(folder) === month.date && !options.restart) return publish(folder, month.date);
  const right = await checkChecksums(month, signal);
  say(checksumLine(month, right));
  const { writer, progress } = openWriter(options);
  const one = new Import(options, writer, progress);
  try {
    for (const file of month.files) await one.readFile(file);
    return one.finish();
  } catch (error) {
    // Not after an error of the disk: the last checkpoint is whole.
    if (signal.aborted) one.interrupt();
    writer.close();
    // What was read of a damaged file may be wrong, and the right one has the same size: nothing to go on with.
    if (error instanceof DumpError && error.failure.code === 'damaged') {
      rmSync(buildingPath(folder), { recursive: true, force: true });
    }
    throw error;
  }
}

/** Gives the path of the file that is served now. Throws {@link ImportError} and `DumpError`. */
export async function importMonth(options: ImportOptions): Promise<string> {
  try {
    return await run(options);
  } catch (error) {
    if (options.signal.aborted) throw new ImportError({ code: 'interrupted' });
    throw diskFailure(error);
  }
}
