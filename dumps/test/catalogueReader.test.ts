import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueStore } from '@discogs-agent/core/catalogue';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { FORMAT } from '../src/sqlite/format.ts';
import { openCatalogue } from '../src/sqlite/index.ts';
import { currentPath } from '../src/sqlite/storeLayout.ts';
import { dumps, writeMonth } from './support/importing.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const ALL = { offset: 0, limit: 10 };

describe('A reader of the catalogue', () => {
  const root = temporaryFolder();
  const first = join(root, 'first');
  beforeAll(() => imported(first, '2026-10-01'));
  let stores = 0;
  async function served(): Promise<{ store: string; reader: CatalogueStore; wait(): void }> {
    stores += 1;
    const store = join(root, `store ${stores}`);
    cpSync(first, store, { recursive: true });
    let now = 0;
    const wait = (): void => {
      now += 2000;
    };
    return { store, reader: openCatalogue({ folder: store, now: () => now }), wait };
  }
  async function imported(store: string, date: string, releases = 20): Promise<void> {
    writeMonth({ folder: `${store} ${date}`, date, counts: { releases } });
    expect((await dumps(store, 'import', `${store} ${date}`)).output).toContain(
      `The catalogue of ${date} is served`,
    );
  }
  const unavailable = (message: string, fix: string) =>
    expect.objectContaining({ message: expect.stringContaining(message), fix: expect.stringContaining(fix) });

  it('goes over to a new month without an error', async () => {
    const { store, reader, wait } = await served();
    const dates: string[] = [];
    for (const date of ['2026-10-01', '2026-11-01', '2026-12-01', '2027-01-01']) {
      if (date !== '2026-10-01') await imported(store, date);
      dates.push((await reader.info()).date);
      expect(await reader.record('releases', 20)).toBeDefined();
      wait();
      dates.push((await reader.info()).date);
    }
    expect(dates).toEqual([
      '2026-10-01',
      '2026-10-01',
      '2026-10-01',
      '2026-11-01',
      '2026-11-01',
      '2026-12-01',
      '2026-12-01',
      '2027-01-01',
    ]);
    await reader.close();
  });

  it('says that there is no catalogue, and reads one when it comes', async () => {
    const store = join(root, 'none');
    const reader = openCatalogue({ folder: store, now: () => 0 });
    await expect(reader.record('releases', 1)).rejects.toEqual(
      unavailable('there is no catalogue', 'npm run dumps -- import'),
    );
    await imported(store, '2026-10-01');
    expect((await reader.info()).counts.releases).toBe(20);
    await reader.close();
  });

  it('says that it was removed', async () => {
    const { store, reader, wait } = await served();
    await reader.info();
    expect((await dumps(store, 'remove')).code).toBe(0);
    wait();
    await expect(reader.info()).rejects.toEqual(
      unavailable('there is no catalogue', 'npm run dumps -- import'),
    );
    await reader.close();
  });

  const spoiled: Readonly<Record<string, { readonly pointer: string; readonly message: string }>> = {
    'of an older format': {
      pointer: '{"format":0,"date":"2026-01-01","file":"catalogue-20260101-a.sqlite"}',
      message: 'has format 0',
    },
    'that is gone': {
      pointer: `{"format":${FORMAT},"date":"2026-01-01","file":"catalogue-20260101-a.sqlite"}`,
      message: 'is gone',
    },
    'outside of the folder': {
      pointer: `{"format":${FORMAT},"date":"2026-01-01","file":"../catalogue.sqlite"}`,
      message: 'names no file',
    },
    'behind a pointer that is no JSON': { pointer: '{', message: 'is not JSON' },
  };
  it.each(Object.entries(spoiled))('refuses a file %s', async (_, { pointer, message }) => {
    const { store, reader } = await served();
    writeFileSync(join(store, 'current.json'), pointer);
    await expect(reader.record('releases', 1)).rejects.toEqual(unavailable(message, 'import'));
    await reader.close();
  });

  const damages: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
    'is empty': () => Buffer.alloc(0),
    'is no database': (bytes) => bytes.fill('x', 0, 100),
    'was cut': (bytes) => bytes.subarray(0, 8192 * 2),
    'is full of rubbish behind its first page': (bytes) => bytes.fill(0xa5, 8192),
    'has an older format': (bytes) => bytes.fill(0, 60, 64),
    "is another program's": (bytes) => bytes.fill(1, 68, 72),
  };
  it.each(Object.entries(damages))('rejects with what to do for a file that %s', async (_, damage) => {
    const { store, reader } = await served();
    const path = currentPath(store) ?? '';
    writeFileSync(path, damage(readFileSync(path)));
    const asked = [
      reader.record('releases', 1),
      reader.search({ q: 'release' }, ALL),
      reader.artistReleases(1, { by: 'year', order: 'asc' }, ALL),
      reader.named('artists', 'artist1'),
    ];
    const settled = await Promise.allSettled(asked);
    for (const outcome of settled) {
      expect(outcome).toEqual({
        status: 'rejected',
        reason: unavailable('cannot be read', 'npm run dumps -- verify'),
      });
    }
    await reader.close();
  });
});
