/**
 * Writes a store. Everything is appended; lists, look-ups and full-text indexes are brought into order once, at the end.
 * A checkpoint is a transaction together with the files of sorted runs, so that a killed import goes on from its last one.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { RECORD_KINDS, type RecordKind } from '@discogs-agent/core/catalogue';
import { bulkInsert } from './bulkInsert.ts';
import {
  BITS_OF_SEARCH,
  CREATE_STORE,
  FORMAT,
  INFO,
  NAMESPACES,
  SEARCH_BITS,
  STORE_FILE,
  shiftOf,
} from './format.ts';
import { createLinks } from './linkSorters.ts';
import { readMeta, writeMeta } from './meta.ts';
import { recordTables } from './recordTables.ts';
import type { StoredRecord } from './storedRecord.ts';
import { writeArtistReleases, writeLabelReleases, writeLookups, writeMasterVersions } from './writeLinks.ts';
import { mapKinds, readState, removeState, writeState } from './writerState.ts';

export interface CatalogueWriter {
  /** What the last checkpoint was given; undefined for a new store. */
  readonly progress: unknown;
  /** False for a record whose id is there already. */
  add(record: StoredRecord): boolean;
  counts(): Readonly<Record<RecordKind, number>>;
  /** From here a later import goes on. */
  checkpoint(progress: unknown): void;
  /** Names of the steps that are left; each is a transaction of its own. Run them in this order, then `complete`. */
  steps(): readonly string[];
  run(step: string): void;
  /** Makes it a store to be read, and closes it. */
  complete(date: string): void;
  /** Leaves the rest for another time; does nothing after `complete`. */
  close(): void;
}

const CACHE_KB = 16_000;

function prepareForWriting(db: DatabaseSync): void {
  // What is appended is not journaled, so a journal costs little. A killed process leaves one, and SQLite rolls back.
  db.exec(`PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${CACHE_KB}`);
  const format = db.prepare('PRAGMA user_version').get()?.['user_version'];
  if (format === 0) db.exec(CREATE_STORE);
  else if (format !== FORMAT) throw new Error(`it has format ${format}, this version writes ${FORMAT}`);
}

function openForWriting(folder: string): DatabaseSync {
  const db = new DatabaseSync(join(folder, STORE_FILE));
  try {
    prepareForWriting(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens the unfinished store of a folder, which throws for another format or damage, or begins one with full-text indexes of 2 ** `searchBits` positions. */
export function createCatalogueWriter(folder: string, searchBits = SEARCH_BITS): CatalogueWriter {
  mkdirSync(folder, { recursive: true });
  const db = openForWriting(folder);
  const bits = Number(readMeta(db, BITS_OF_SEARCH) ?? searchBits);
  writeMeta(db, BITS_OF_SEARCH, bits);
  const state = readState(db);
  const links = createLinks(folder, state.links);
  const credits = bulkInsert(db, 'credits', ['position', 'credits']);
  const catnos = bulkInsert(db, 'catnos', ['position', 'catnos']);
  const tables = mapKinds((kind) => recordTables(db, kind, state.kinds[kind], bits));
  const finished = new Set(state.finished);
  let { progress } = state;
  /** Records have been added since the last commit. */
  let isDirty = false;
  db.exec('BEGIN');

  function commit(): void {
    const kinds = mapKinds((kind) => tables[kind].flush());
    credits.flush();
    catnos.flush();
    writeState(db, { kinds, links: links.flush(), finished: [...finished], progress });
    db.exec('COMMIT');
    db.exec('BEGIN');
    isDirty = false;
  }

  function add(record: StoredRecord): number | undefined {
    const position = tables[record.kind].add(record);
    if (position === undefined) return undefined;
    links.add(record, position);
    if (record.credits !== '') credits.add(position, record.credits);
    if (record.catnos !== '') catnos.add(position, record.catnos);
    return position;
  }

  /** SQLite uses again what an earlier step has freed, so the file has no holes at the end. */
  const steps = new Map<string, () => void>([
    ...RECORD_KINDS.map((kind) => [`search in ${kind}`, tables[kind].optimize] as const),
    ['releases of artists', () => writeArtistReleases(db, links.sorter('artist_releases'))],
    ['releases of labels', () => writeLabelReleases(db, links.sorter('label_releases'))],
    ['versions of masters', () => writeMasterVersions(db, links.sorter('master_versions'))],
    ...NAMESPACES.map(
      (name) =>
        [
          `look-ups by ${name}`,
          () => writeMeta(db, shiftOf(name), writeLookups(db, name, links.sorter(name))),
        ] as const,
    ),
  ]);
  const counts = () => mapKinds((kind) => tables[kind].count());

  return {
    progress,
    add(record) {
      isDirty = true;
      return add(record) !== undefined;
    },
    counts,
    checkpoint(given) {
      progress = given;
      commit();
    },
    steps: () => [...steps.keys()].filter((name) => !finished.has(name)),
    run(name) {
      if (isDirty) commit();
      steps.get(name)?.();
      finished.add(name);
      commit();
    },
    complete(date) {
      writeMeta(db, INFO, { date, counts: counts() });
      removeState(db);
      db.exec('COMMIT');
      db.exec('PRAGMA journal_mode = DELETE');
      db.close();
      links.remove();
    },
    close() {
      if (!db.isOpen) return;
      db.close();
      links.close();
    },
  };
}
