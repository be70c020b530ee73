/** The folder of a store: a pointer to the file that is served, the files, and what is being built. */
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CatalogueUnavailable } from '@discogs-agent/core/catalogue';
import { systemError } from '../systemError.ts';
import { FORMAT } from './format.ts';
import { isObject } from './readings.ts';

/** What is served. */
export interface Pointer {
  readonly format: number;
  /** `2026-10-01`. */
  readonly date: string;
  /** A name in the folder. */
  readonly file: string;
}

const IMPORT = 'npm run dumps -- import <files or folder>';
const FILE_NAME = /^catalogue-[\w-]+\.sqlite$/;

export const pointerPath = (folder: string): string => join(folder, 'current.json');
export const buildingPath = (folder: string): string => join(folder, 'building');
export const lockPath = (folder: string): string => join(folder, 'import.lock');
/** A name that no earlier import of the month has had: a file that is being read is never written. */
export const fileName = (date: string): string =>
  `catalogue-${date.replaceAll('-', '')}-${randomUUID().slice(0, 8)}.sqlite`;
export const isStoreFile = (name: string): boolean => FILE_NAME.test(name);

/** Takes over in one step. */
export function writePointer(folder: string, pointer: Pointer): void {
  const path = pointerPath(folder);
  const aside = `${path}.${randomUUID()}`;
  writeFileSync(aside, `${JSON.stringify(pointer, undefined, 2)}\n`, { flush: true });
  renameSync(aside, path);
}

export const removePointer = (folder: string): void => rmSync(pointerPath(folder), { force: true });

function isPointer(value: unknown): value is Pointer {
  if (!isObject(value)) return false;
  const { format, date, file } = value;
  return (
    typeof format === 'number' && typeof date === 'string' && typeof file === 'string' && isStoreFile(file)
  );
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CatalogueUnavailable(`${path} is not JSON`, `restore it, or run ${IMPORT}`, { cause: error });
  }
}

/** Undefined where there is none. */
export function readPointer(folder: string): Pointer | undefined {
  const path = pointerPath(folder);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = systemError(error);
    if (code === 'ENOENT') return undefined;
    if (code === 'ENOTDIR') {
      throw new CatalogueUnavailable(`${folder} is not a folder`, 'set CATALOGUE_STORE to one', {
        cause: error,
      });
    }
    throw new CatalogueUnavailable(`${path} cannot be read`, 'check its permissions', { cause: error });
  }
  const pointer = parsed(text, path);
  if (!isPointer(pointer)) {
    throw new CatalogueUnavailable(`${path} names no file of a catalogue`, `restore it, or run ${IMPORT}`);
  }
  return pointer;
}

/** The pointer, of a format that this version reads. */
export function currentPointer(folder: string): Pointer {
  const pointer = readPointer(folder);
  if (!pointer) {
    throw new CatalogueUnavailable(`there is no catalogue in ${folder}`, `run ${IMPORT}`);
  }
  if (pointer.format !== FORMAT) {
    const message = `the catalogue in ${folder} has format ${pointer.format}, this version reads ${FORMAT}`;
    throw new CatalogueUnavailable(message, `import the month again: ${IMPORT}`);
  }
  return pointer;
}

/** Changes whenever the pointer does; undefined where there is none. */
export function pointerVersion(folder: string): string | undefined {
  const found = statSync(pointerPath(folder), { throwIfNoEntry: false });
  return found && `${found.ino} ${found.mtimeMs} ${found.size}`;
}

/** The file that is served; undefined where there is none, or one of another format. */
export function currentPath(folder: string): string | undefined {
  const pointer = readPointer(folder);
  return pointer?.format === FORMAT ? join(folder, pointer.file) : undefined;
}
