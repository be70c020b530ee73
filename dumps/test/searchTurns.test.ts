import { join } from 'node:path';
import type { Slice } from '@discogs-agent/core/catalogue';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FileStore, openFileStore } from '../src/sqlite/index.ts';
import { currentPointer } from '../src/sqlite/storeLayout.ts';
import { madeRelease } from './support/madeRecords.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';
import { writeStore } from './support/writtenStore.ts';

/** Of eight releases each. */
const INDEXES = 25;
const SEARCH_BITS = 3;
const ALL: Slice = { offset: 0, limit: 1000 };

describe('A search in a store of several full-text indexes', () => {
  const folder = temporaryFolder();
  let store: FileStore;
  beforeAll(() => {
    const releases = Array.from({ length: INDEXES << SEARCH_BITS }, (_, index) =>
      madeRelease(index + 1, {
        summary: { title: index % 2 === 0 ? 'Even Echo' : 'Odd Echo' },
        barcodes: [`07464636${index % 4}`],
      }),
    );
    writeStore(folder, '2026-10-01', releases, SEARCH_BITS);
    store = openFileStore(join(folder, currentPointer(folder).file));
  });
  afterAll(() => store.close());

  /** How often the event loop goes round while `work` runs. */
  async function turnsOf(work: Promise<unknown>): Promise<number> {
    let turns = 0;
    let isDone = false;
    (function count(): void {
      turns += 1;
      if (!isDone) setImmediate(count);
    })();
    await work;
    isDone = true;
    return turns;
  }

  it('finds the records of all of them', async () => {
    const search = { kind: 'releases', title: 'even echo' } as const;
    const found = await store.search(search, ALL);
    expect(found?.rows.map(({ id }) => id)).toEqual(
      Array.from({ length: (INDEXES << SEARCH_BITS) / 2 }, (_, index) => 2 * index + 1),
    );
    const printed = await store.search({ ...search, barcode: '7464636-2' }, ALL);
    expect(printed?.rows.map(({ id }) => id).slice(0, 3)).toEqual([3, 7, 11]);
  });

  it('lets others have a turn between two indexes, also where only some records come into question', async () => {
    const together = store.search({ kind: 'releases', q: 'even odd' }, ALL);
    expect(await turnsOf(together)).toBeGreaterThanOrEqual(INDEXES);
    expect(await together).toMatchObject({ total: 0 });
    const printed = store.search({ kind: 'releases', q: 'even', barcode: '7464636-1' }, ALL);
    expect(await turnsOf(printed)).toBeGreaterThanOrEqual(INDEXES);
    expect(await printed).toMatchObject({ total: 0 });
  });

  it('goes on to its end in a store that is closed meanwhile', async () => {
    const own = openFileStore(join(folder, currentPointer(folder).file));
    const search = own.search({ kind: 'releases', title: 'odd' }, ALL);
    own.close();
    expect(own.db.isOpen).toBe(true);
    expect(await search).toMatchObject({ total: (INDEXES << SEARCH_BITS) / 2 });
    expect(own.db.isOpen).toBe(false);
  });
});
