import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openFileStore } from '../src/sqlite/fileStore.ts';
import { currentPath, lockPath, readPointer } from '../src/sqlite/storeLayout.ts';
import { dumps, type Running, startDumps, writeMonth } from './support/importing.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const RELEASES = 20_000;
const CHECKPOINT = ['--checkpoint', '1000'];

describe('An import that is interrupted', () => {
  const root = temporaryFolder();
  const files = join(root, 'files');
  const whole = join(root, 'whole');
  beforeAll(async () => {
    writeMonth({ folder: files, counts: { releases: RELEASES } });
    expect((await dumps(whole, 'import', files)).code).toBe(0);
  });

  const query = (store: string, sql: string): unknown => {
    const path = currentPath(store);
    if (path === undefined) throw new Error('nothing is served');
    const file = openFileStore(path);
    try {
      return file.db.prepare(sql).all();
    } finally {
      file.close();
    }
  };
  /** Everything that does not depend on where an import was interrupted. */
  function contents(store: string): readonly unknown[] {
    return [
      'SELECT id, summary FROM releases ORDER BY id',
      'SELECT id, part, chunk, total FROM artist_releases',
      'SELECT count(*) AS n FROM releases_search_0 WHERE releases_search_0 MATCH \'"trelease"\'',
      "SELECT value FROM meta WHERE name = 'info'",
    ].map((sql) => query(store, sql));
  }

  /** Windows knows no such signals: there an import has to be slower than what looks at it. */
  const canHold = process.platform !== 'win32';
  const hold = ({ child }: Running): boolean => canHold && child.kill('SIGSTOP');
  const resume = ({ child }: Running): boolean => canHold && child.kill('SIGCONT');
  function interrupt(running: Running): void {
    running.child.kill('SIGINT');
    resume(running);
  }

  /** Serves a former month, begins the next, and holds it where it has a checkpoint in the releases. */
  async function begun(name: string) {
    const store = join(root, name);
    writeMonth({ folder: `${store} former`, date: '2026-09-01', counts: { releases: 10 } });
    expect((await dumps(store, 'import', `${store} former`)).code).toBe(0);
    const running = startDumps(store, 'import', ...CHECKPOINT, files);
    await running.saying('masters: 5 records');
    const isInside = async (): Promise<boolean> =>
      /releases: [1-9][\d,]* records$/m.test((await dumps(store, 'status')).output);
    for (hold(running); !(await isInside()); hold(running)) {
      resume(running);
      await pause(5);
      if (running.child.exitCode !== null) throw new Error('it was too quick');
    }
    return { store, running };
  }

  async function expectResumed(store: string): Promise<void> {
    expect(readPointer(store)?.date).toBe('2026-09-01');
    expect((await dumps(store, 'status')).output).toContain('An import is unfinished: 2026-10-01');
    const { code, output } = await dumps(store, 'import', ...CHECKPOINT, files);
    expect([code, output]).toEqual([0, expect.stringMatching(/releases: goes on behind [\d,]+ records/)]);
    expect(contents(store)).toEqual(contents(whole));
    expect((await dumps(store, 'verify', files)).code).toBe(0);
  }

  it('goes on at its last checkpoint after it was killed, and the former month is served until then', async () => {
    const { store, running } = await begun('killed');
    running.child.kill('SIGKILL');
    expect((await running.ended).signal).toBe('SIGKILL');
    await expectResumed(store);
  });

  it('goes on where Ctrl-C has ended it', async () => {
    const { store, running } = await begun('stopped');
    interrupt(running);
    const { code, output } = await running.ended;
    expect([code, output]).toEqual([
      130,
      expect.stringContaining('The same command goes on where it stopped'),
    ]);
    await expectResumed(store);
  });

  it('is given up when another month is imported, and begins anew when it is told to', async () => {
    const { store, running } = await begun('replaced');
    interrupt(running);
    await running.ended;
    writeMonth({ folder: `${store} other`, date: '2026-12-01', counts: { releases: 11 } });
    const other = await dumps(store, 'import', `${store} other`);
    expect([other.code, other.output]).toEqual([
      0,
      expect.stringContaining('The unfinished import of 2026-10-01'),
    ]);
    const again = await dumps(store, 'import', '--restart', files);
    expect([again.code, again.output]).toEqual([0, expect.not.stringContaining('goes on behind')]);
  });

  it('is waited for by another import', async () => {
    const { store, running } = await begun('two');
    writeMonth({ folder: `${store} later`, date: '2026-11-01' });
    const second = startDumps(store, 'import', '--force', `${store} later`);
    await second.saying('waiting for its end');
    resume(running);
    expect((await running.ended).code).toBe(0);
    expect(contents(store)).toEqual(contents(whole));
    expect((await second.ended).code).toBe(0);
    expect(readPointer(store)?.date).toBe('2026-11-01');
  });

  it('leaves a lock that the next import takes over', async () => {
    const store = join(root, 'stale');
    writeMonth({ folder: `${store} files` });
    await dumps(store, 'import', `${store} files`);
    // No process of this id: they end at 4,194,304.
    writeFileSync(lockPath(store), 'somebody 99999999');
    expect((await dumps(store, 'import', `${store} files`)).code).toBe(0);
    expect(readdirSync(store)).not.toContain('import.lock');
  });
});
