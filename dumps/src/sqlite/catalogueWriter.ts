/**
 * Writes a store. Everything is appended; lists, look-ups and full-text indexes are brought into order once, at the end.
 * A checkpoint is a transaction together with the files of sorted runs, so that a killed import goes on from its last one.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { RECORD_KINDS, type RecordKind } from '@discogs-agent/core/catalogue';
import type { PreparedRecord } from '../records/preparedRecord.ts';
import { bulkInsert } from './bulkInsert.ts';
import { CREATE_STORE, INFO, NAMESPACES, STORE_FILE, shiftOf } from './format.ts';
import { createLinks } from './linkSorters.ts';
import { writeMeta } from './meta.ts';
import { recordTables } from './recordTables.ts';
import { releaseTexts } from './releaseTexts.ts';
import { indexedText } from './searchFields.ts';
import { encodeCredits, encodeMaster, encodeName, encodeRelease } from './summaries.ts';
import { writeArtistReleases, writeLabelReleases, writeLookups, writeMasterVersions } from './writeLinks.ts';
import { mapKinds, readState, removeState, writeState } from './writerState.ts';

export interface CatalogueWriter {
  /** What the last checkpoint was given; undefined for a new store. */
  readonly progress: unknown;
  /** False for a record whose id is there already. */
  add(record: PreparedRecord): boolean;
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

function openForWriting(folder: string): DatabaseSync {
  const db = new DatabaseSync(join(folder, STORE_FILE));
  // What is appended is not journaled, so a journal costs little. A killed process leaves one, and SQLite rolls back.
  db.exec(`PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${CACHE_KB}`);
  if (db.prepare('PRAGMA user_version').get()?.['user_version'] === 0) db.exec(CREATE_STORE);
  return db;
}

/** Opens the unfinished store of a folder, or begins one. */
export function createCatalogueWriter(folder: string): CatalogueWriter {
  mkdirSync(folder, { recursive: true });
  const db = openForWriting(folder);
  const state = readState(db);
  const links = createLinks(folder, state.links);
  const credits = bulkInsert(db, 'credits', ['position', 'credits']);
  const catnos = bulkInsert(db, 'catnos', ['position', 'catnos']);
  const tables = mapKinds((kind) => recordTables(db, kind, state.kinds[kind]));
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

  function addRelease(record: PreparedRecord & { readonly kind: 'releases' }): number | undefined {
    const { id, json, facts } = record;
    const summary = encodeRelease(facts.summary);
    const position = tables.releases.add({ id, json, summary, words: indexedText(record) });
    if (position === undefined) return undefined;
    const texts = releaseTexts(facts);
    links.release(id, facts, position, texts);
    if (texts.credits.length > 0) credits.add(position, encodeCredits(texts.credits));
    if (texts.catnos.length > 0) catnos.add(position, JSON.stringify(texts.catnos));
    return position;
  }

  function addMaster(record: PreparedRecord & { readonly kind: 'masters' }): number | undefined {
    const { id, json, facts } = record;
    const summary = encodeMaster(facts.summary);
    const position = tables.masters.add({ id, json, summary, words: indexedText(record) });
    if (position !== undefined) links.master(record, position);
    return position;
  }

  function addNamed(record: PreparedRecord & { readonly kind: 'artists' | 'labels' }): number | undefined {
    const { kind, id, json, facts } = record;
    const summary = encodeName(facts.name);
    const position = tables[kind].add({ id, json, summary, words: indexedText(record) });
    if (position !== undefined) links.named(kind, id, facts);
    return position;
  }

  function add(record: PreparedRecord): number | undefined {
    switch (record.kind) {
      case 'releases':
        return addRelease(record);
      case 'masters':
        return addMaster(record);
      case 'artists':
      case 'labels':
        return addNamed(record);
      default:
        return record satisfies never;
    }
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
