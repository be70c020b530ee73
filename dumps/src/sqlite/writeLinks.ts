/** Writes lists and look-ups from what was sorted. */
import type { DatabaseSync } from 'node:sqlite';
import type { RunSorter } from '../sorting/runSorter.ts';
import { bucketShift, encodeBucket } from './buckets.ts';
import { bulkInsert } from './bulkInsert.ts';
import type { ListName, Namespace } from './format.ts';
import { chunksOf, entriesIn, isMasterWord } from './listEntries.ts';

/** Words of a sorter's row. */
const ARTIST_WORDS = 4;
const PAIR_WORDS = 3;
/** Of the word that orders an artist's list. */
const PART_SHIFT = 30;
const DETAIL_MASK = 0xffff;

interface ListWriter {
  write(id: number, part: number, words: Uint32Array): void;
  flush(): void;
}

function listWriter(db: DatabaseSync, list: ListName): ListWriter {
  const rows = bulkInsert(db, list, ['id', 'part', 'chunk', 'total', 'entries']);
  return {
    write(id, part, words) {
      let chunk = 0;
      for (const entries of chunksOf(words)) {
        rows.add(id, part, chunk, entriesIn(words), entries);
        chunk += 1;
      }
    },
    flush: rows.flush,
  };
}

/** Indexes of the rows by one of their words; equal ones stay in their order. */
function orderBy(rows: Uint32Array, width: number, word: number): Uint32Array {
  const count = rows.length / width;
  const keys = new BigUint64Array(count);
  const halves = new Uint32Array(keys.buffer);
  for (let index = 0; index < count; index += 1) {
    halves[index * 2] = index;
    halves[index * 2 + 1] = rows[index * width + word] ?? 0;
  }
  keys.sort();
  const order = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) order[index] = halves[index * 2] ?? 0;
  return order;
}

/** Masters that stand for their versions in the list of one artist. */
function mastersIn(rows: Uint32Array): ReadonlySet<number> {
  const masters = new Set<number>();
  for (let at = 0; at < rows.length; at += ARTIST_WORDS) {
    if (isMasterWord(rows[at + 2] ?? 0)) masters.add(rows[at + 3] ?? 0);
  }
  return masters;
}

/** Writes the list of one artist. A release of the artist's own is left out where a master of the artist stands for it. */
function writeArtist(lists: ListWriter, id: number, rows: Uint32Array): void {
  const masters = mastersIn(rows);
  const words = new Uint32Array(rows.length / 2);
  let used = 0;
  let part = 0;
  function writePart(next: number): void {
    if (used > 0) lists.write(id, part, words.subarray(0, used));
    used = 0;
    part = next;
  }
  for (const index of orderBy(rows, ARTIST_WORDS, 1)) {
    const at = index * ARTIST_WORDS;
    const order = rows[at + 1] ?? 0;
    const word = rows[at + 2] ?? 0;
    if (order >>> PART_SHIFT !== part) writePart(order >>> PART_SHIFT);
    if (part === 0 && !isMasterWord(word) && masters.has(rows[at + 3] ?? 0)) continue;
    words[used] = word;
    words[used + 1] = order & DETAIL_MASK;
    used += 2;
  }
  writePart(0);
}

export function writeArtistReleases(db: DatabaseSync, sorter: RunSorter): void {
  const lists = listWriter(db, 'artist_releases');
  for (const { key, rows } of sorter.groups()) writeArtist(lists, key, rows);
  lists.flush();
}

/** Labels have positions and catalogue numbers in the order of the dump. */
export function writeLabelReleases(db: DatabaseSync, sorter: RunSorter): void {
  const lists = listWriter(db, 'label_releases');
  for (const { key, rows } of sorter.groups()) {
    const words = new Uint32Array((rows.length / PAIR_WORDS) * 2);
    for (let at = 0, used = 0; at < rows.length; at += PAIR_WORDS, used += 2) {
      words[used] = rows[at + 1] ?? 0;
      words[used + 1] = rows[at + 2] ?? 0;
    }
    lists.write(key, 0, words);
  }
  lists.flush();
}

export function writeMasterVersions(db: DatabaseSync, sorter: RunSorter): void {
  const lists = listWriter(db, 'master_versions');
  for (const { key, rows } of sorter.groups()) {
    const words = new Uint32Array((rows.length / PAIR_WORDS) * 2);
    let used = 0;
    for (const index of orderBy(rows, PAIR_WORDS, 1)) {
      words[used] = rows[index * PAIR_WORDS + 2] ?? 0;
      used += 2;
    }
    lists.write(key, 0, words);
  }
  lists.flush();
}

/** Gives the shift by which a hash finds its bucket. */
export function writeLookups(db: DatabaseSync, namespace: Namespace, sorter: RunSorter): number {
  const shift = bucketShift(sorter.flush().reduce((sum, rows) => sum + rows, 0));
  const buckets = bulkInsert(db, 'lookups', ['namespace', 'bucket', 'entries']);
  for (const { key, rows } of sorter.groups(shift)) buckets.add(namespace, key, encodeBucket(rows));
  buckets.flush();
  return shift;
}
