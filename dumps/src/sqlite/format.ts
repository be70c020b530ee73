/** The tables of a store's file. Whoever changes them raises FORMAT. */
import { RECORD_KINDS, type RecordKind } from '@discogs-agent/core/catalogue';

/** Files of another format are not read. */
export const FORMAT = 3;
/** `DACT`, in the file's header: tells a store from any other SQLite file. */
export const APPLICATION_ID = 0x44414354;
const PAGE_BYTES = 8192;

/** Namespaces of look-ups by hash. */
export const NAMESPACES = ['artists', 'labels', 'barcode', 'catno', 'matrix'] as const;
export type Namespace = (typeof NAMESPACES)[number];

/** Lists of positions, by the id of the record that they belong to. */
export const LISTS = ['artist_releases', 'label_releases', 'master_versions'] as const;
export type ListName = (typeof LISTS)[number];

/** Entries of a chunk: its row stays inside a page. */
export const CHUNK_ENTRIES = 240;

/**
 * A record's position is its place in the file: everything is written in its order, whatever the order of ids. Full-text
 * indexes have positions as row ids, because FTS5 writes its memory out when a row id is smaller than the one before.
 */
const TABLES = [
  'CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
  ...RECORD_KINDS.flatMap((kind) => [
    `CREATE TABLE ${kind} (position INTEGER PRIMARY KEY, id INTEGER NOT NULL, summary TEXT NOT NULL)`,
    `CREATE TABLE ${kind}_ids (id INTEGER PRIMARY KEY, position INTEGER NOT NULL)`,
    `CREATE TABLE ${kind}_records (position INTEGER PRIMARY KEY, size INTEGER NOT NULL, data BLOB NOT NULL)`,
  ]),
  'CREATE TABLE credits (position INTEGER PRIMARY KEY, credits TEXT NOT NULL)',
  'CREATE TABLE catnos (position INTEGER PRIMARY KEY, catnos TEXT NOT NULL)',
  ...LISTS.map(
    (list) =>
      `CREATE TABLE ${list} (id INTEGER, part INTEGER, chunk INTEGER, total INTEGER NOT NULL, entries BLOB NOT NULL,` +
      ' PRIMARY KEY (id, part, chunk)) WITHOUT ROWID',
  ),
  'CREATE TABLE lookups (namespace TEXT, bucket INTEGER, entries BLOB NOT NULL, PRIMARY KEY (namespace, bucket)) WITHOUT ROWID',
];

/**
 * Positions of a full-text index, as a power of two. Where no record has all words of a search, FTS5 reads all their entries
 * before it returns, so an index holds no more records than it can search in 15 ms; between two of them Node does other things.
 */
export const SEARCH_BITS = 20;
export const searchTable = (kind: RecordKind, part: number): string => `${kind}_search_${part}`;
export const createSearch = (kind: RecordKind, part: number): string =>
  `CREATE VIRTUAL TABLE IF NOT EXISTS ${searchTable(kind, part)}` +
  " USING fts5 (words, content = '', columnsize = 0, detail = none, tokenize = 'ascii')";

/** What makes an empty file a store that is being built. */
export const CREATE_STORE = [
  `PRAGMA page_size = ${PAGE_BYTES}`,
  'BEGIN',
  `PRAGMA application_id = ${APPLICATION_ID}`,
  `PRAGMA user_version = ${FORMAT}`,
  ...TABLES,
  'COMMIT',
].join(';\n');

/** Names in the table `meta`: date and counts, only in a finished store. */
export const INFO = 'info';
/** By how much a hash is shifted to its bucket. */
export const shiftOf = (namespace: Namespace): string => `shift of ${namespace}`;
/** The {@link SEARCH_BITS} that the file was made with. */
export const BITS_OF_SEARCH = 'search bits';
/** In the folder of what is being built. */
export const STORE_FILE = 'catalogue.sqlite';
