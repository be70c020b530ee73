/** Checks a store by itself: pages, counts, a sample of records, references. */
import { RECORD_KINDS, type RecordKind } from '@discogs-agent/core/catalogue';
import type { FileStore } from '../sqlite/fileStore.ts';
import { isObject, number, text } from '../sqlite/readings.ts';
import { decodeMaster, decodeName, decodeRelease } from '../sqlite/summaries.ts';
import { systemError } from '../systemError.ts';

export interface Verification {
  /** What is wrong with the store. */
  readonly faults: readonly string[];
  /** What is worth knowing, and no fault: dumps refer to records that they do not have. */
  readonly notes: readonly string[];
}

export interface VerifyOptions {
  /** Records of each kind that are read; all of them where there are fewer. */
  readonly sample: number;
  readonly signal: AbortSignal;
  progress(line: string): void;
}

const MAX_FAULTS = 20;

function count(store: FileStore, sql: string): number {
  const row = store.db.prepare(sql).get();
  return row === undefined ? 0 : number(row, 'n');
}

/** SQLite's own check of every page. */
const pageFaults = ({ db }: FileStore): readonly string[] =>
  db
    .prepare(`PRAGMA quick_check(${MAX_FAULTS})`)
    .all()
    .map((row) => text(row, 'quick_check'))
    .filter((line) => line !== 'ok');

/** Title or name, as lists show it. */
function shownName({ db }: FileStore, kind: RecordKind, id: number): string {
  const position = `(SELECT position FROM ${kind}_ids WHERE id = ?)`;
  const row = db.prepare(`SELECT summary FROM ${kind} WHERE position = ${position}`).get(id);
  const summary = row === undefined ? '' : text(row, 'summary');
  switch (kind) {
    case 'releases':
      return decodeRelease(id, summary).title;
    case 'masters':
      return decodeMaster(id, summary).title;
    case 'artists':
    case 'labels':
      return decodeName(summary);
  }
}

function recordFault(store: FileStore, kind: RecordKind, id: number): string | undefined {
  try {
    const bytes = store.record(kind, id);
    const record: unknown = bytes && JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (!isObject(record) || record['id'] !== id) return `${kind} ${id}: another record is in its place`;
    const isShown = shownName(store, kind, id) === (record['title'] ?? record['name']);
    return isShown ? undefined : `${kind} ${id}: lists show another record in its place`;
  } catch (error) {
    return `${kind} ${id}: ${systemError(error).message}`;
  }
}

function sampleFaults(store: FileStore, kind: RecordKind, options: VerifyOptions): readonly string[] {
  const step = Math.max(1, Math.floor(store.info.counts[kind] / options.sample));
  const faults: string[] = [];
  let index = 0;
  for (const row of store.db.prepare(`SELECT id FROM ${kind}_ids ORDER BY id`).iterate()) {
    index += 1;
    if ((index - 1) % step !== 0) continue;
    options.signal.throwIfAborted();
    const fault = recordFault(store, kind, number(row, 'id'));
    if (fault !== undefined && faults.length < MAX_FAULTS) faults.push(fault);
  }
  if (index !== store.info.counts[kind]) {
    faults.push(`${kind}: ${index} records, ${store.info.counts[kind]} were written`);
  }
  return faults;
}

const REFERENCES: readonly (readonly [string, string])[] = [
  ['artists with releases that are no records', missing('artist_releases', 'artists')],
  ['labels with releases that are no records', missing('label_releases', 'labels')],
  ['masters with versions that are no records', missing('master_versions', 'masters')],
  [
    'masters whose main release is no record',
    "SELECT count(*) AS n FROM masters WHERE json_extract(summary, '$[3]') NOT IN (SELECT id FROM releases_ids)",
  ],
];

function missing(list: string, kind: RecordKind): string {
  return (
    `SELECT count(*) AS n FROM (SELECT DISTINCT id FROM ${list}) AS lists` +
    ` WHERE NOT EXISTS (SELECT 1 FROM ${kind}_ids WHERE ${kind}_ids.id = lists.id)`
  );
}

/** Reads the whole file once, which takes minutes for a whole month. */
export function verifyStore(store: FileStore, options: VerifyOptions): Verification {
  options.progress('verify: pages');
  const faults = [...pageFaults(store)];
  if (faults.length > 0) return { faults, notes: [] };
  for (const kind of RECORD_KINDS) {
    options.progress(`verify: ${kind}`);
    faults.push(...sampleFaults(store, kind, options));
  }
  options.progress('verify: references');
  const notes = REFERENCES.map(([what, sql]) => `${what}: ${count(store, sql)}`);
  return { faults, notes };
}
