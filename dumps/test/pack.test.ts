/** A pack in a folder: written from a catalogue in memory, and asked the same questions. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CatalogueStore,
  CatalogueUnavailable,
  identifierKey,
  nameKey,
} from '@discogs-agent/core/catalogue';
import {
  createBlockCache,
  type Entry,
  idKey,
  openPackStore,
  openTable,
} from '@discogs-agent/core/catalogue/pack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { folderSource } from '../src/pack/folderSource.ts';
import { fileSource } from '../src/pack/packSource.ts';
import { writeTable } from '../src/pack/tableWriter.ts';
import { writePack } from '../src/pack/writePack.ts';
import { unzstd } from '../src/pack/zstd.ts';
import { currentPointer } from '../src/sqlite/storeLayout.ts';
import { type CountingSource, countingSource } from './support/countingSource.ts';
import { type GeneratedStore, generatedStore } from './support/generatedStore.ts';
import { jsonOf } from './support/prepare.ts';
import { STORE_DATE, storeTests } from './support/storeTests.ts';
import { writeStore } from './support/writtenStore.ts';

const RELEASES = 2200;
const YEAR = { by: 'year', order: 'asc' } as const;
const PAGE = { offset: 0, limit: 100 };

/** Some of many: each comparison of a list costs a millisecond. */
const isAsked = (id: number): boolean => id === 1 || id % 7 === 0 || id === 999_999;

let root: string;
let folder: string;
let catalogue: GeneratedStore;
let small: GeneratedStore;

const newFolder = (): Promise<string> => mkdtemp(join(root, 'pack-'));

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pack-'));
  folder = await newFolder();
  catalogue = generatedStore(RELEASES);
  small = generatedStore(200, 2, '2026-11-01');
  await writePack(catalogue, folder);
});
afterAll(async () => {
  catalogue.close();
  small.close();
  await rm(root, { recursive: true });
});

const storeOf = (source = countingSource(folderSource(folder)), now = () => 0): CatalogueStore =>
  openPackStore({ source, decompress: unzstd, now });

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

describe('a pack', () => {
  storeTests(async (records) => {
    const [sqlite, there] = [await newFolder(), await newFolder()];
    writeStore(sqlite, STORE_DATE, records);
    const source = fileSource(join(sqlite, currentPointer(sqlite).file));
    await writePack(source, there);
    source.close();
    return storeOf(countingSource(folderSource(there)));
  });
});

describe('a pack of many records', () => {
  it('answers every record, and none that is not in the dump', async () => {
    const store = storeOf();
    const found: (string | undefined)[] = [];
    for (const { kind, id } of catalogue.records) found.push(text(await store.record(kind, id)));
    expect(found).toEqual(catalogue.records.map(jsonOf));
    const known = new Set(catalogue.ids('releases'));
    const absent = Array.from({ length: 5000 }, (_, id) => id).filter((id) => !known.has(id));
    const answers = await Promise.all(absent.map((id) => store.record('releases', id)));
    expect(answers.filter((answer) => answer !== undefined)).toEqual([]);
  });

  it('gives a record of its own to whoever asks', async () => {
    const store = storeOf();
    const first = await store.record('artists', 1);
    expect(first?.buffer.byteLength).toBeLessThan(1000);
    first?.fill(0);
    expect(text(await store.record('artists', 1))).toBe(catalogue.records.slice(0, 1).map(jsonOf).join());
  });

  it('gives every list as its source does, page by page', async () => {
    const store = storeOf();
    for (const id of [...catalogue.listed('artist_releases'), 999_999].filter(isAsked)) {
      expect(await store.artistReleases(id, YEAR, PAGE)).toEqual(catalogue.artistReleases(id, YEAR, PAGE));
    }
    for (const id of [...catalogue.listed('label_releases'), 999_999].filter(isAsked)) {
      expect(await store.labelReleases(id, PAGE)).toEqual(catalogue.labelReleases(id, PAGE));
    }
    for (const id of [...catalogue.listed('master_versions'), 999_999].filter(isAsked)) {
      expect(await store.masterVersions(id)).toEqual(catalogue.masterVersions(id));
    }
    const total = catalogue.artistReleases(1, YEAR, PAGE)?.total ?? 0;
    expect(total).toBeGreaterThan(2000);
    const offsets = [0, 1, 99, 100, 101, 1050, total - 1, total, 10 ** 9, 100 * 2 ** 32];
    for (const slice of offsets.flatMap((offset) => [1, 7, 100, 250].map((limit) => ({ offset, limit })))) {
      expect(await store.artistReleases(1, YEAR, slice)).toEqual(catalogue.artistReleases(1, YEAR, slice));
    }
  });

  it('finds releases by what is printed on them, and artists and labels by name', async () => {
    const store = storeOf();
    for (const { kind, facts } of catalogue.records.filter((_, index) => index % 11 === 0)) {
      if (kind === 'masters') continue;
      if (kind !== 'releases') {
        const key = nameKey(facts.name);
        expect(await store.named(kind, key)).toEqual(catalogue.named(kind, key));
        continue;
      }
      const printed = { barcode: facts.barcodes, catno: facts.catnos, matrix: facts.matrices };
      for (const identifier of ['barcode', 'catno', 'matrix'] as const) {
        const key = identifierKey(identifier, printed[identifier][0] ?? '');
        const expected = catalogue.releasesBy(identifier, key, PAGE);
        expect(expected.total).toBeGreaterThan(0);
        expect(await store.releasesBy(identifier, key, PAGE)).toEqual(expected);
      }
    }
  });

  it.each([
    { by: 'title', order: 'desc' },
    { by: 'format', order: 'asc' },
    { by: 'year', order: 'desc' },
  ] as const)('sorts small lists as its source does (%j), and leaves large ones to Discogs', async (sort) => {
    const store = storeOf();
    const ids = [...catalogue.listed('artist_releases')].filter((id) => id > 1).slice(0, 50);
    for (const id of ids) {
      expect(await store.artistReleases(id, sort, PAGE)).toEqual(catalogue.artistReleases(id, sort, PAGE));
    }
    expect(await store.artistReleases(1, sort, PAGE)).toBeUndefined();
  });

  it('leaves a free search, and more than 10,000 versions, to Discogs', async () => {
    const there = await newFolder();
    await writePack({ ...small, masterVersions: (id) => (id === 1 ? undefined : []) }, there);
    const store = storeOf(countingSource(folderSource(there)));
    expect(await store.masterVersions(1)).toBeUndefined();
    expect(await store.masterVersions(2)).toEqual([]);
    expect(await store.search({ q: 'blue' }, PAGE)).toBeUndefined();
  });
});

describe('reads of a look-up', () => {
  const idOf = (index: number): number => [...catalogue.ids('releases')][index] ?? 0;
  const opened = async (): Promise<{ readonly store: CatalogueStore; readonly source: CountingSource }> => {
    const source = countingSource(folderSource(folder));
    const store = storeOf(source);
    await store.info();
    expect(source.reads).toHaveLength(2);
    source.reads.length = 0;
    return { store, source };
  };

  it('are two cold, one warm, and none for a neighbour', async () => {
    const { store, source } = await opened();
    await store.record('releases', idOf(1000));
    expect(source.reads).toHaveLength(2);
    await store.record('releases', idOf(1700));
    expect(source.reads).toHaveLength(3);
    await store.record('releases', idOf(1700));
    await store.record('releases', idOf(1701));
    expect(source.reads).toHaveLength(3);
  });

  it.each<readonly [string, (store: CatalogueStore) => Promise<unknown>]>([
    ['an artist', (store) => store.record('artists', 1)],
    ['the first page of an artist', (store) => store.artistReleases(1, YEAR, PAGE)],
    ['a late page of an artist', (store) => store.artistReleases(1, YEAR, { offset: 1900, limit: 100 })],
    ['a page of a label', (store) => store.labelReleases(5, PAGE)],
    ['all versions of a master', (store) => store.masterVersions(7)],
    ['a catalogue number', (store) => store.releasesBy('catno', 'ABC1', PAGE)],
    ['a matrix', (store) => store.releasesBy('matrix', 'A1', PAGE)],
    ['a name', (store) => store.named('artists', 'loopecho3')],
  ])('are at most two cold for %s', async (_, ask) => {
    const { store, source } = await opened();
    await ask(store);
    expect(source.reads).toHaveLength(2);
    await ask(store);
    expect(source.reads).toHaveLength(2);
  });

  it('are shared by those who ask at the same time, the opening too', async () => {
    const source = countingSource(folderSource(folder));
    const store = storeOf(source);
    await Promise.all(Array.from({ length: 50 }, () => store.record('releases', idOf(1000))));
    expect(source.reads).toHaveLength(4);
  });

  it('keep no more in memory than they may', async () => {
    const source = countingSource(folderSource(folder));
    const store = openPackStore({ source, decompress: unzstd, now: () => 0, cacheBytes: 300_000 });
    for (const id of catalogue.ids('releases')) await store.record('releases', id);
    source.reads.length = 0;
    // The block is gone; its index page was used until the end.
    await store.record('releases', idOf(0));
    expect(source.reads).toHaveLength(1);
  });
});

describe('a table', () => {
  it('gives every value and every range when its index has many pages', async () => {
    const numbers = Array.from({ length: 5000 }, (_, i) => i * 2);
    const entries = function* (): Generator<Entry> {
      for (const number of numbers) yield [idKey(number), Buffer.from(String(number))];
    };
    const there = await newFolder();
    const manifest = await writeTable(join(there, 'x.pack'), entries(), { entries: 2, rawBytes: 1000 });
    expect(manifest.pages).toHaveLength(3);
    const source = countingSource(folderSource(there));
    const cache = createBlockCache(400_000);
    const table = openTable({ blob: 'x.pack', manifest, source, cache, decompress: unzstd });
    const asked = Array.from({ length: 500 }, (_, i) => i * 19);
    const found = await Promise.all(asked.map(async (id) => text(await table.get(idKey(id)))));
    expect(found).toEqual(asked.map((id) => (id % 2 === 0 ? String(id) : undefined)));
    for (const [first, last] of [
      [0, 9998],
      [-1, 0],
      [3, 3],
      [4095, 4097],
      [2047, 8200],
      [9999, 20_000],
    ] as const) {
      const range = (await table.range(idKey(Math.max(0, first)), idKey(last))).map(text);
      expect(range).toEqual(numbers.filter((n) => n >= first && n <= last).map(String));
    }
    source.reads.length = 0;
    await table.range(idKey(100), idKey(2000));
    expect(source.reads).toHaveLength(1);
    expect(cache.bytes).toBeLessThanOrEqual(400_000);
  });
});

describe('a pack that is replaced', () => {
  it('is followed at once where its blobs go, and after a while where they stay', async () => {
    const there = await newFolder();
    const october = { ...small, info: { ...small.info, date: '2026-10-01' } };
    const { folder: former } = await writePack(october, there);
    let now = 0;
    const store = storeOf(countingSource(folderSource(there)), () => now);
    expect((await store.info()).date).toBe('2026-10-01');
    await writePack(small, there);
    expect((await store.info()).date).toBe('2026-10-01');
    await rm(join(there, former), { recursive: true });
    expect(await store.record('artists', 1)).toBeDefined();
    expect((await store.info()).date).toBe('2026-11-01');

    await writePack(october, there);
    now = 11 * 60_000;
    expect((await store.info()).date).toBe('2026-11-01');
    for (let i = 0; i < 1000 && (await store.info()).date !== '2026-10-01'; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect((await store.info()).date).toBe('2026-10-01');
  });

  it('is unavailable where the pointer names blobs that are not there, and is asked anew', async () => {
    const there = await newFolder();
    const { folder: month } = await writePack(small, there);
    const source = countingSource(folderSource(there));
    const store = storeOf(source);
    source.intercept = async (name) => (name.startsWith(month) ? { kind: 'changed' } : undefined);
    await expect(store.record('releases', 2)).rejects.toThrow(/is being replaced/);
    expect(source.reads).toHaveLength(4);
    source.intercept = undefined;
    expect((await store.info()).counts.releases).toBe(200);
  });

  it('is the same bytes from the same store, and leaves nothing of a build that failed', async () => {
    const [one, two] = [await newFolder(), await newFolder()];
    const first = await writePack(small, one);
    expect(await writePack(small, two)).toEqual(first);
    expect(await writePack(small, one)).toEqual(first);
    const failing = { ...small, ids: () => [3, 1] };
    await expect(writePack(failing, one)).rejects.toThrow(/do not ascend/);
    expect((await readdir(one)).sort()).toEqual([first.folder, 'pack.json']);
  });

  it('leaves the former month beside it, and no older one; other folders are left alone', async () => {
    const there = await newFolder();
    await mkdir(join(there, 'mine'));
    const written: string[] = [];
    for (const date of ['2026-09-01', '2026-10-01', '2026-11-01']) {
      written.push((await writePack({ ...small, info: { ...small.info, date } }, there)).folder);
    }
    expect((await readdir(there)).sort()).toEqual([...written.slice(1), 'mine', 'pack.json']);
  });

  it('is not built twice at once in one folder', async () => {
    const there = await newFolder();
    await mkdir(join(there, 'building'));
    await expect(writePack(small, there)).rejects.toThrow(/another build runs/);
    expect(await readdir(there)).toEqual(['building']);
  });
});

describe('a pack that cannot be used', () => {
  const damagedBy = async (
    damage: (bytes: Buffer) => Buffer | string,
    file: string,
  ): Promise<CatalogueStore> => {
    const there = await newFolder();
    const { folder: month } = await writePack(small, there);
    const path = join(there, file === 'pack.json' ? file : `${month}/${file}`);
    await writeFile(path, damage(await readFile(path)));
    return storeOf(countingSource(folderSource(there)));
  };
  const everything = async (store: CatalogueStore): Promise<void> => {
    for (const id of small.ids('releases')) await store.record('releases', id);
  };

  it.each<readonly [string, string, (bytes: Buffer) => Buffer | string]>([
    ['cut', 'releases.pack', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['overwritten', 'releases.pack', (bytes) => bytes.fill(0x55, 5000, 5100)],
    ['emptied', 'releases.pack', () => ''],
    ['of a cut manifest', 'manifest.json', (bytes) => bytes.subarray(0, -10)],
    ['of a manifest without tables', 'manifest.json', (bytes) => '{"format":1}'.padEnd(bytes.length)],
    ['of a pointer into nowhere', 'pack.json', () => '{"format":1,"folder":"../x","manifestBytes":5}'],
    ['of an empty pointer', 'pack.json', () => ''],
    [
      'of an endless manifest',
      'pack.json',
      (bytes) => String(bytes).replace(/Bytes":\d+/, 'Bytes":99999999999'),
    ],
  ])('is called damaged when it is %s', async (_, file, damage) => {
    const error: unknown = await everything(await damagedBy(damage, file)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CatalogueUnavailable);
    expect(error).toMatchObject({ message: expect.stringContaining('damaged'), fix: expect.any(String) });
  });

  it.each([
    ['an offset behind the end', [10 ** 12, 10, 10]],
    ['a page of a gigabyte', [0, 2 ** 30, 10]],
    ['a page that unpacks to a gigabyte', [0, 100, 2 ** 30]],
  ])('is called damaged when its index names %s', async (_, numbers) => {
    const damage = (bytes: Buffer): string =>
      String(bytes)
        .replace(/(\["[^"]+",)\d+,\d+,\d+/g, `$1${numbers.join(',')}`)
        .padEnd(bytes.length);
    const store = await damagedBy((bytes) => damage(bytes).slice(0, bytes.length), 'manifest.json');
    await expect(everything(store)).rejects.toThrow(CatalogueUnavailable);
  });

  it('says what to do when it is of another format, or absent', async () => {
    const newer = await damagedBy((bytes) => String(bytes).replace('"format":1', '"format":2'), 'pack.json');
    await expect(newer.info()).rejects.toThrow(/has format 2/);
    const absent = storeOf(countingSource(folderSource(join(root, 'nowhere'))));
    await expect(absent.info()).rejects.toMatchObject({ fix: expect.stringContaining('dumps -- upload') });
  });
});
