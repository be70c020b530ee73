import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRunSorter } from '../src/sorting/runSorter.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const word = fc.oneof(fc.nat(5), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
const rows = fc.array(fc.tuple(word, word, word), { maxLength: 60 });

describe('The sorter of rows', () => {
  const folder = temporaryFolder();
  const path = (): string => join(folder, `${Math.random()}.runs`);
  type Sorter = ReturnType<typeof createRunSorter>;
  const read = (sorter: Sorter, shift?: number) =>
    Array.from(sorter.groups(shift), ({ key, rows: found }) => ({ key, rows: [...found] }));

  it('gives rows by key, those of one key as they came, however little memory it has', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 9 }), (given, capacity) => {
        const sorter = createRunSorter({ path: path(), width: 3, capacity });
        for (const row of given) sorter.add(...row);
        const groups = read(sorter);
        sorter.close();
        const expected = given.toSorted((a, b) => a[0] - b[0]);
        expect(groups.flatMap((group) => group.rows)).toEqual(expected.flat());
        expect(groups.map(({ key }) => key)).toEqual([...new Set(expected.map(([key]) => key))]);
      }),
      { numRuns: 60 },
    );
  });

  it('groups neighbouring keys by their first bits', () => {
    const sorter = createRunSorter({ path: path(), width: 2, capacity: 2 });
    for (const key of [9, 0xffffffff, 1, 8, 0]) sorter.add(key, key);
    expect(read(sorter, 3)).toEqual([
      { key: 0, rows: [0, 0, 1, 1] },
      { key: 1, rows: [8, 8, 9, 9] },
      { key: 0x1fffffff, rows: [0xffffffff, 0xffffffff] },
    ]);
    sorter.close();
  });

  it('goes on from a checkpoint and forgets what came after it', () => {
    const options = { path: path(), width: 2, capacity: 3 };
    const first = createRunSorter(options);
    for (const key of [5, 4, 3, 2]) first.add(key, 0);
    const runs = first.flush();
    for (const key of [9, 9, 9, 9]) first.add(key, 0);
    first.flush();
    first.close();
    const second = createRunSorter({ ...options, runs });
    second.add(1, 7);
    expect(read(second).flatMap((group) => group.rows)).toEqual([1, 7, 2, 0, 3, 0, 4, 0, 5, 0]);
    second.close();
  });
});
