import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPointer } from '../src/sqlite/storeLayout.ts';
import { dumps, writeMonth } from './support/importing.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const root = temporaryFolder();
const disk = join(root, 'disk');
mkdirSync(disk);
/** A disk of its own, which only root may make, and only on Linux. */
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]).status === 0;
if (!isMounted) console.log('SKIPPED: a full disk needs root on Linux');

(isMounted ? describe : describe.skip)('An import on a disk that is full', () => {
  const store = join(disk, 'store');
  const former = join(root, 'former');
  const files = join(root, 'files');
  beforeAll(async () => {
    writeMonth({ folder: former, date: '2026-09-01', counts: { releases: 10 } });
    writeMonth({ folder: files, counts: { releases: 30_000 } });
    expect((await dumps(store, 'import', former)).code).toBe(0);
  });
  afterAll(() => {
    execFileSync('umount', [disk]);
  });

  it('says so and leaves the former month as it is', async () => {
    const { code, output } = await dumps(store, 'import', '--checkpoint', '1000', files);
    expect([code, output]).toEqual([1, expect.stringContaining('Free some space')]);
    expect(readPointer(store)?.date).toBe('2026-09-01');
    expect((await dumps(store, 'verify', former)).code).toBe(0);
  });

  it('goes on where it stopped once there is room', async () => {
    execFileSync('mount', ['-o', 'remount,size=64m', disk]);
    const { code, output } = await dumps(store, 'import', '--checkpoint', '1000', files);
    expect([code, output]).toEqual([0, expect.stringContaining('The catalogue of 2026-10-01 is served')]);
    expect((await dumps(store, 'verify', files)).code).toBe(0);
    expect(readdirSync(store).filter((name) => name.endsWith('.sqlite'))).toHaveLength(2);
  });
});
