/** Merges the sorted runs of a file. */
import { readSync } from 'node:fs';

const WORD_BYTES = 4;
/** All runs together read ahead this much. */
const READ_WORDS = 4 * 1024 * 1024;
const MIN_ROWS_AHEAD = 256;
const MAX_ROWS_AHEAD = 16_384;

/** What a checkpoint stores: the number of rows in each run. */
export type Runs = readonly number[];

/** The rows of one key, or of several neighbouring ones, one after the other. Valid until the next group is asked for. */
export interface Group {
  /** The key shifted right, as `groups` was asked. */
  readonly key: number;
  readonly rows: Uint32Array;
}

interface Cursor {
  key: number;
  readonly run: number;
  readonly rows: Uint32Array;
  at: number;
  end: number;
  position: number;
  readonly stop: number;
}

interface Merge {
  readonly file: number;
  readonly width: number;
  readonly runs: Runs;
  readonly shift: number;
}

function fill(cursor: Cursor, file: number): boolean {
  const bytes = Math.min(cursor.rows.byteLength, cursor.stop - cursor.position);
  const data = new Uint8Array(cursor.rows.buffer, 0, bytes);
  for (let done = 0; done < bytes; ) {
    const read = readSync(file, data, done, bytes - done, cursor.position + done);
    if (read === 0) throw new Error('a file of sorted runs is shorter than its checkpoint says');
    done += read;
  }
  cursor.position += bytes;
  cursor.at = 0;
  cursor.end = bytes / WORD_BYTES;
  cursor.key = cursor.rows[0] ?? 0;
  return bytes > 0;
}

function cursorsOf({ file, width, runs }: Merge): Cursor[] {
  const ahead = Math.floor(READ_WORDS / width / Math.max(1, runs.length));
  const rowsAhead = Math.min(MAX_ROWS_AHEAD, Math.max(MIN_ROWS_AHEAD, ahead));
  let position = 0;
  return runs.map((count, run) => {
    const stop = position + count * width * WORD_BYTES;
    const rows = new Uint32Array(rowsAhead * width);
    const cursor = { key: 0, run, rows, at: 0, end: 0, position, stop };
    position = stop;
    fill(cursor, file);
    return cursor;
  });
}

const isBefore = (one: Cursor, other: Cursor): boolean =>
  one.key < other.key || (one.key === other.key && one.run < other.run);

/** Restores a binary heap below its changed entry. */
function sink(heap: Cursor[], from: number): void {
  const moved = heap[from];
  if (!moved) return;
  let hole = from;
  for (;;) {
    const left = 2 * hole + 1;
    const right = heap[left + 1];
    let least = heap[left];
    let at = left;
    if (least && right && isBefore(right, least)) {
      least = right;
      at = left + 1;
    }
    if (!least || !isBefore(least, moved)) break;
    heap[hole] = least;
    hole = at;
  }
  heap[hole] = moved;
}

/** Every row in the order of the keys, equal keys in the order in which they were added. */
export function* mergeRuns(merge: Merge): Generator<Group> {
  const { file, width, shift } = merge;
  const heap = cursorsOf(merge);
  for (let index = heap.length >> 1; index >= 0; index -= 1) sink(heap, index);
  let rows = new Uint32Array(1024 * width);
  let used = 0;
  let group = 0;
  for (let cursor = heap[0]; cursor !== undefined; cursor = heap[0]) {
    const key = cursor.key >>> shift;
    if (key !== group && used > 0) {
      yield { key: group, rows: rows.subarray(0, used) };
      used = 0;
    }
    group = key;
    if (used === rows.length) {
      const larger = new Uint32Array(rows.length * 2);
      larger.set(rows);
      rows = larger;
    }
    for (let word = 0; word < width; word += 1) rows[used + word] = cursor.rows[cursor.at + word] ?? 0;
    used += width;
    cursor.at += width;
    if (cursor.at < cursor.end) cursor.key = cursor.rows[cursor.at] ?? 0;
    else if (!fill(cursor, file)) {
      const last = heap.pop();
      if (last && heap.length > 0) heap[0] = last;
    }
    sink(heap, 0);
  }
  if (used > 0) yield { key: group, rows: rows.subarray(0, used) };
}
