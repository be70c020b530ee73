/** A finished store becomes the one that is served; what was served before goes when nothing points to it any more. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FORMAT, STORE_FILE } from './format.ts';
import { openFile } from './openFile.ts';
import { buildingPath, fileName, isStoreFile, readPointer, writePointer } from './storeLayout.ts';
import { readState } from './writerState.ts';

/** Deletes stores that nothing points to. A reader under Windows keeps its file a little longer. */
export function removeUnusedFiles(folder: string): readonly string[] {
  const used = readPointer(folder)?.file;
  const left: string[] = [];
  for (const name of readdirSync(folder)) {
    if (!isStoreFile(name) || name === used) continue;
    try {
      rmSync(join(folder, name));
    } catch {
      left.push(name);
    }
  }
  return left;
}

/** Takes over in one step; the former file stays for those who read it. Gives the path of the new one. */
export function publish(folder: string, date: string): string {
  const file = fileName(date);
  const path = join(folder, file);
  renameSync(join(buildingPath(folder), STORE_FILE), path);
  writePointer(folder, { format: FORMAT, date, file });
  rmSync(buildingPath(folder), { recursive: true, force: true });
  return path;
}

/** The month of a store that is complete and not served yet: the process ended in between. */
export function finishedDate(folder: string): string | undefined {
  const path = join(buildingPath(folder), STORE_FILE);
  if (!existsSync(path)) return undefined;
  try {
    const { db, info } = openFile(path);
    db.close();
    return info.date;
  } catch {
    return undefined;
  }
}

/** A store that is being built, or was interrupted. */
export interface Unfinished {
  /** False for one of another version, which the next import gives up. */
  readonly isOfThisFormat: boolean;
  /** What its last checkpoint was given. */
  readonly progress: unknown;
}

/** What can be read of it: it may be written meanwhile. */
export function readUnfinished(folder: string): Unfinished {
  const db = new DatabaseSync(join(buildingPath(folder), STORE_FILE), { readOnly: true });
  try {
    const format = db.prepare('PRAGMA user_version').get()?.['user_version'];
    if (format !== FORMAT && format !== 0) return { isOfThisFormat: false, progress: undefined };
    return { isOfThisFormat: true, progress: readState(db).progress };
  } catch {
    return { isOfThisFormat: true, progress: undefined };
  } finally {
    db.close();
  }
}
