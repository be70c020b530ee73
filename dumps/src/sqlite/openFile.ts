/** Opens one store's file for reading. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { type CatalogueInfo, CatalogueUnavailable, RECORD_KINDS } from '@discogs-agent/core/catalogue';
import { systemError } from '../systemError.ts';
import { APPLICATION_ID, FORMAT, INFO } from './format.ts';
import { readMeta } from './meta.ts';
import { isObject } from './readings.ts';
import { mapKinds } from './writerState.ts';

/** A file that is open. */
export interface OpenFile {
  readonly db: DatabaseSync;
  readonly info: CatalogueInfo;
}

const CACHE_KB = 16_000;
const VERIFY = 'import the month again; npm run dumps -- verify says what is wrong with it';

/** What an error of SQLite, of zlib or of a decoder means here. */
export const damaged = (path: string, cause: unknown): CatalogueUnavailable =>
  cause instanceof CatalogueUnavailable
    ? cause
    : new CatalogueUnavailable(
        `the catalogue ${path} cannot be read: ${systemError(cause).message}`,
        VERIFY,
        { cause },
      );

function readInfo(db: DatabaseSync): CatalogueInfo {
  const info = readMeta(db, INFO);
  if (!isObject(info) || typeof info['date'] !== 'string' || !isObject(info['counts'])) {
    throw new Error('it is not complete');
  }
  const counts = info['counts'];
  for (const kind of RECORD_KINDS) if (typeof counts[kind] !== 'number') throw new Error('it has no counts');
  return { date: info['date'], counts: mapKinds((kind) => Number(counts[kind])) };
}

function check(db: DatabaseSync): CatalogueInfo {
  const pragma = (name: string): unknown => db.prepare(`PRAGMA ${name}`).get()?.[name];
  if (pragma('application_id') !== APPLICATION_ID) throw new Error('it is no catalogue');
  if (pragma('user_version') !== FORMAT) throw new Error(`its format is not ${FORMAT}`);
  db.exec(`PRAGMA cache_size = -${CACHE_KB}; PRAGMA query_only = 1; PRAGMA trusted_schema = 0`);
  return readInfo(db);
}

/** Files never change once they are served: `immutable` saves the locks and the looks at a journal for each query. */
export function openFile(path: string): OpenFile {
  if (!existsSync(path)) {
    throw new CatalogueUnavailable(`the catalogue ${path} is gone`, 'import the month again');
  }
  const url = pathToFileURL(path);
  url.search = 'immutable=1';
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(url, { readOnly: true });
    return { db, info: check(db) };
  } catch (error) {
    db?.close();
    throw damaged(path, error);
  }
}
