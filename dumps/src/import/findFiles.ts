/** The files of a month among what was given. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { RECORD_KINDS, type RecordKind } from '@discogs-agent/core/catalogue';
import { parseDumpFileName } from '../dumpFile.ts';
import { ImportError } from './importFailure.ts';

export interface MonthFile {
  readonly kind: RecordKind;
  readonly path: string;
  readonly bytes: number;
}

/** A month, in the order in which it is imported. */
export interface Month {
  readonly date: string;
  readonly files: readonly MonthFile[];
  /** Where Discogs' checksums are, if they are there. */
  readonly checksums: string | undefined;
}

function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new ImportError({ code: 'no-files', where: path });
  return found.isDirectory();
}

/** Whatever else is in a folder is passed over; a file that was named must be one of a dump. */
function candidates(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    if (!isFolder(path)) return [resolve(path)];
    const names = readdirSync(path).filter((name) => parseDumpFileName(name) !== undefined);
    return names.map((name) => resolve(path, name));
  });
}

/** Finds them; throws {@link ImportError} for what is no month. */
export function findMonth(paths: readonly string[], isPartial: boolean): Month {
  const found = candidates(paths).filter((path) => !/_CHECKSUM\.txt$/.test(path));
  const named = found.map((path) => {
    const name = parseDumpFileName(basename(path));
    if (!name) throw new ImportError({ code: 'unnamed', path });
    return { ...name, path };
  });
  const dates = [...new Set(named.map(({ date }) => date))].sort();
  const [date] = dates;
  if (date === undefined) throw new ImportError({ code: 'no-files', where: paths.join(', ') });
  if (dates.length > 1) throw new ImportError({ code: 'months-mixed', dates });
  const missing: RecordKind[] = [];
  const files = RECORD_KINDS.flatMap((kind) => {
    const own = [...new Set(named.filter((file) => file.kind === kind).map(({ path }) => path))];
    const [path] = own;
    if (own.length > 1) throw new ImportError({ code: 'twice', kind, paths: own });
    if (path === undefined) missing.push(kind);
    return path === undefined ? [] : [{ kind, path, bytes: statSync(path).size }];
  });
  if (missing.length > 0 && !isPartial) throw new ImportError({ code: 'missing', kinds: missing, date });
  const folders = new Set(files.map(({ path }) => dirname(path)));
  const checksumName = `discogs_${date.replaceAll('-', '')}_CHECKSUM.txt`;
  const checksums = [...folders].map((folder) => join(folder, checksumName)).find((path) => existsSync(path));
  return { date, files, checksums };
}
