/** Why a command of `npm run dumps` does not do what it was asked. */
import { CatalogueUnavailable, type RecordKind } from '@discogs-agent/core/catalogue';
import { DumpError } from '../failure.ts';
import { isObject } from '../sqlite/readings.ts';
import { systemError } from '../systemError.ts';

export type ImportFailure =
  | { readonly code: 'usage'; readonly problem: string }
  /** `CATALOGUE_STORE` is none, or cannot be written. */
  | { readonly code: 'folder'; readonly problem: string }
  | { readonly code: 'no-files'; readonly where: string }
  | { readonly code: 'unnamed'; readonly path: string }
  | { readonly code: 'months-mixed'; readonly dates: readonly string[] }
  | { readonly code: 'twice'; readonly kind: RecordKind; readonly paths: readonly string[] }
  | { readonly code: 'missing'; readonly kinds: readonly RecordKind[]; readonly date: string }
  | { readonly code: 'checksum'; readonly path: string; readonly expected: string; readonly found: string }
  | { readonly code: 'bad-records'; readonly kind: RecordKind; readonly bad: number; readonly total: number }
  | { readonly code: 'too-few'; readonly kind: RecordKind; readonly found: number; readonly former: number }
  | { readonly code: 'locked'; readonly path: string }
  | { readonly code: 'disk'; readonly reason: string }
  | { readonly code: 'faults'; readonly faults: readonly string[] }
  | { readonly code: 'interrupted' };

/** What happened. */
function what(failure: ImportFailure): string {
  switch (failure.code) {
    case 'usage':
    case 'folder':
      return failure.problem;
    case 'no-files':
      return `No file of a dump in ${failure.where}.`;
    case 'unnamed':
      return `${failure.path} has not the name of a dump's file.`;
    case 'months-mixed':
      return `The files are of different months: ${failure.dates.join(', ')}.`;
    case 'twice':
      return `There are two files of ${failure.kind}: ${failure.paths.join(', ')}.`;
    case 'missing':
      return `The month ${failure.date} has no file of ${failure.kinds.join(', ')}.`;
    case 'checksum':
      return `${failure.path} has the checksum ${failure.found}; Discogs' file says ${failure.expected}.`;
    case 'bad-records':
      return `${failure.bad} of ${failure.total} records of ${failure.kind} cannot be understood: more than one in a thousand.`;
    case 'too-few':
      return `The new month has ${failure.found} ${failure.kind}, the former one ${failure.former}: less than nine tenths.`;
    case 'locked':
      return `Another import holds ${failure.path} and does not end.`;
    case 'disk':
      return `The catalogue cannot be written: ${failure.reason}.`;
    case 'faults':
      return `The catalogue has faults:\n${failure.faults.map((fault) => `  ${fault}`).join('\n')}`;
    case 'interrupted':
      return 'Interrupted.';
  }
}

/** What to do next. */
function next(failure: ImportFailure): string {
  switch (failure.code) {
    case 'usage':
      return 'npm run dumps -- --help lists the commands; each of them has a --help of its own.';
    case 'folder':
      return 'Set CATALOGUE_STORE to a folder that can be written, or leave it out.';
    case 'no-files':
    case 'unnamed':
      return 'Give the files under the names that Discogs gave them, discogs_YYYYMMDD_releases.xml.gz and so on, or their folder.';
    case 'months-mixed':
      return 'Give the files of one month.';
    case 'twice':
      return 'Give one of them.';
    case 'missing':
      return 'Download it too. --partial imports what is there: what is missing is then asked of Discogs.';
    case 'checksum':
      return 'Download the file again.';
    case 'bad-records':
      return 'The dump has a new shape: update DiscogsAgent, then import with --restart. --force takes the month over without these records. The former month is untouched.';
    case 'too-few':
      return 'Compare the size of the files with those on the download page. --force takes the month over as it is. The former month is untouched.';
    case 'locked':
      return 'End that import, or wait for it. Where none runs, delete the file.';
    case 'disk':
      return 'Free some space, or set CATALOGUE_STORE to another disk. The same command goes on where it stopped. The former month is untouched.';
    case 'faults':
      return 'Import the month again.';
    case 'interrupted':
      return 'The same command goes on where it stopped. The former month is untouched.';
  }
}

/** Carries a failure. */
export class ImportError extends Error {
  readonly failure: ImportFailure;
  constructor(failure: ImportFailure) {
    super(what(failure));
    this.name = 'ImportError';
    this.failure = failure;
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO']);
/** SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY. */
const SQLITE_DISK = new Set([13, 10, 8]);

/** Whether the disk is the reason: it is full, cannot be written, fails. */
export function isDiskFailure(error: unknown): boolean {
  const sqlite = isObject(error) && typeof error['errcode'] === 'number' ? error['errcode'] & 0xff : 0;
  return FULL.has(systemError(error).code) || SQLITE_DISK.has(sqlite);
}

/** Errors of the disk become failures; others stay what they are. */
export const diskFailure = (error: unknown): unknown =>
  isDiskFailure(error) ? new ImportError({ code: 'disk', reason: systemError(error).message }) : error;

/** The lines for a person; undefined for an error that is a fault of the program. */
export function explainError(error: unknown): readonly string[] | undefined {
  if (error instanceof ImportError) return [what(error.failure), next(error.failure)];
  if (error instanceof DumpError) return [error.message];
  if (error instanceof CatalogueUnavailable) return [`${error.message}.`, `What to do: ${error.fix}.`];
  return undefined;
}
