/** A pack in a folder: written from a catalogue in memory, and asked the same questions. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CatalogueStore, CatalogueUnavailable, RECORD_KINDS } from '@discogs-agent/core/catalogue';
import {
  createBlockCache,
  type Entry,
  idKey,
  openPackStore,
  openTable,
} from '@discogs-agent/core/catalogue/pack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { folderSource } from '../src/pack/folderSource.ts';
import { writeTable } from '../src/pack/tableWriter.ts';
import { writePack } from '../src/pack/writePack.ts';
import { unzstd } from '../src/pack/zstd.ts';
import { type CountingSource, countingSource } from './support/countingSource.ts';
import { type MemoryCatalogue, memoryCatalogue } from './support/memoryCatalogue.ts';

const RELEASES = 2000;
const YEAR = { by: 'year', order: 'asc' } as const;
const PAGE = { offset: 0, limit: 100 };

let root: string;
let folder: string;
let catalogue: MemoryCatalogue;

const newFolder = (): Promise<string> => mkdtemp(join(root, 'pack-'));

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pack-'));
  folder = await newFolder();
  catalogue = memoryCatalogue(RELEASES);
  await writePack(catalogue, folder);
});
afterAll(() => rm(root, { recursive: true }));

const storeOf = (source = countingSource(folderSource(folder)), now = () => 0): CatalogueStore =>
  openPackStore({ source, decompress: unzstd, now });

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

describe('a pack', () => {
  it('answers every record, and none that is not in the dump', async () => {
    const store = storeOf();
    for (const kind of RECORD_KINDS) {
      const records = catalogue.records[kind];
      const found: (readonly [number, string | undefined])[] = [];
      for (const id of records.keys()) found.push([id, text(await store.record(kind, id))]);
      expect(found).toEqual([...records]);
      const absent = Array.from({ length: 2000 }, (_, id) => id).filter((id) => !records.has(id));
      for (const id of [...absent, -1, 1.5, Number.NaN, 4_000_000_000, 2 ** 32]) {
        expect(await store.record(kind, id)).toBeUndefined();
      }
    }
  });

  it('says the month and the counts', async () => {
    expect(await storeOf().info()).toEqual(await catalogue.store.info());
  });

  it('gives every list as its source does, page by page', async () => {
    const store = storeOf();
    for (const id of [...catalogue.artists.keys(), 999_999]) {
      const expected = await catalogue.store.artistReleases(id, YEAR, PAGE);
      expect(await store.artistReleases(id, YEAR, PAGE)).toEqual(expected);
    }
    for (const id of [...catalogue.labels.keys(), 999_999]) {
      expect(await store.labelReleases(id, PAGE)).toEqual(await catalogue.store.labelReleases(id, PAGE));
    }
    for (const id of [...catalogue.masters.keys(), 999_999]) {
      expect(await store.masterVersions(id)).toEqual(await catalogue.store.masterVersions(id));
    }
    const offsets = [0, 1, 99, 100, 101, 1050, 1999, 2000, 10 ** 9];
    for (const slice of offsets.flatMap((offset) => [1, 7, 100, 250].map((limit) => ({ offset, limit })))) {
      const expected = await catalogue.store.artistReleases(1, YEAR, slice);
      expect(await store.artistReleases(1, YEAR, slice)).toEqual(expected);
    }
  });

  it('finds releases by what is printed on them, and artists and labels by name', async () => {
    const store = storeOf();
    for (const identifier of ['barcode', 'catno', 'matrix'] as const) {
      for (const key of [...catalogue.identifiers[identifier].keys(), '', 'A', 'NOTHING', 'Ö']) {
        const expected = await catalogue.store.releasesBy(identifier, key, PAGE);
        expect(await store.releasesBy(identifier, key, PAGE)).toEqual(expected);
      }
    }
    for (const kind of ['artists', 'labels'] as const) {
      for (const name of [...catalogue.folded[kind].keys(), 'nobody', '', 'x'.repeat(9000)]) {
        expect(await store.named(kind, name)).toEqual(await catalogue.store.named(kind, name));
      }
    }
  });

  it('sorts the list of a small artist, and leaves other orders of a large one to Discogs', async () => {
    const store = storeOf();
    const [small = 0] = [...catalogue.artists].find(([id, rows]) => id > 1 && rows.length > 3) ?? [];
    const sorted = await store.artistReleases(small, { by: 'title', order: 'desc' }, PAGE);
    const titles = (sorted?.rows ?? []).map((row) => (row.kind === 'master' ? row.master.title : ''));
    expect(titles.length).toBeGreaterThan(3);
    expect(titles.map((title) => title.toLowerCase())).toEqual(
      titles
        .map((title) => title.toLowerCase())
        .sort()
        .reverse(),
    );
    expect(await store.artistReleases(1, { by: 'title', order: 'asc' }, PAGE)).toBeUndefined();
  });

  it('leaves a free search, and more than 10,000 versions, to Discogs', async () => {
    const huge = memoryCatalogue(10);
    const [row] = [...huge.masters.values()].flat();
    if (!row) throw new Error('no version');
    huge.masters.set(1, Array(10_001).fill(row));
    huge.records.masters.set(1, '{}');
    const source = { ...huge, ids: () => [...huge.masters.keys()].sort((a, b) => a - b) };
    const there = await newFolder();
    await writePack(source, there);
    const store = storeOf(countingSource(folderSource(there)));
    expect(await store.masterVersions(1)).toBeUndefined();
    expect(await store.search({ q: 'blue' }, PAGE)).toBeUndefined();
  });
});

describe('reads of a look-up', () => {
  const idOf = (index: number): number => [...catalogue.records.releases.keys()][index] ?? 0;
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
    ['a name', (store) => store.named('artists', 'loop echo 3')],
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
    for (const id of catalogue.records.releases.keys()) await store.record('releases', id);
    source.reads.length = 0;
    // The block is gone; its index page was used until the end.
    await store.record('releases', idOf(0));
    expect(source.reads).toHaveLength(1);
  });
});

describe('a table', () => {
  it('gives every value and every range when its index has many pages', async () => {
    const numbers = Array.from({ length: 5000 }, (_, i) => i * 2);
    const entries = async function* (): AsyncGenerator<Entry> {
      for (const number of numbers) yield [idKey(number), Buffer.from(String(number))];
    };
    const there = await newFolder();
    const manifest = await writeTable(join(there, 'x.pack'), entries(), { entries: 2, rawBytes: 1000 });
    expect(manifest.pages).toHaveLength(3);
    const source = countingSource(folderSource(there));
    const cache = createBlockCache(400_000);
    const table = openTable({ blob: 'x.pack', manifest, source, cache, decompress: unzstd });
    const asked = Array.from({ length: 2000 }, (_, i) => i * 5);
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
    const october = memoryCatalogue(100, 1, '2026-10-01');
    const november = memoryCatalogue(120, 2, '2026-11-01');
    const { folder: former } = await writePack(october, there);
    let now = 0;
    const store = storeOf(countingSource(folderSource(there)), () => now);
    expect((await store.info()).date).toBe('2026-10-01');
    await writePack(november, there);
    expect((await store.info()).date).toBe('2026-10-01');
    const [id = 0, json] = [...november.records.releases][110] ?? [];
    await rm(join(there, former), { recursive: true });
    expect(text(await store.record('releases', id))).toBe(json);

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
    const { folder: month } = await writePack(memoryCatalogue(100), there);
    const source = countingSource(folderSource(there));
    const store = storeOf(source);
    source.intercept = async (name) => (name.startsWith(month) ? { kind: 'changed' } : undefined);
    await expect(store.record('releases', 1)).rejects.toThrow(/is being replaced/);
    expect(source.reads).toHaveLength(4);
    source.intercept = undefined;
    expect((await store.info()).counts.releases).toBe(100);
  });

  it('is the same bytes from the same store, and leaves nothing of a build that failed', async () => {
    const [one, two] = [await newFolder(), await newFolder()];
    const first = await writePack(memoryCatalogue(200), one);
    expect(await writePack(memoryCatalogue(200), two)).toEqual(first);
    expect(await writePack(memoryCatalogue(200), one)).toEqual(first);
    const failing = { ...catalogue, names: () => [...catalogue.names('artists')].reverse() };
    await expect(writePack(failing, one)).rejects.toThrow(/do not ascend/);
    expect((await readdir(one)).sort()).toEqual([first.folder, 'current.json']);
  });
});

describe('a pack that cannot be used', () => {
  const damagedBy = async (
    damage: (bytes: Buffer) => Buffer | string,
    file: string,
  ): Promise<CatalogueStore> => {
    const there = await newFolder();
    const { folder: month } = await writePack(memoryCatalogue(300), there);
    const path = join(there, file === 'current.json' ? file : `${month}/${file}`);
    await writeFile(path, damage(await readFile(path)));
    return storeOf(countingSource(folderSource(there)));
  };
  const everything = async (store: CatalogueStore): Promise<void> => {
    for (const id of catalogue.records.releases.keys()) await store.record('releases', id);
  };

  it.each<readonly [string, string, (bytes: Buffer) => Buffer | string]>([
    ['cut', 'releases.pack', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['overwritten', 'releases.pack', (bytes) => bytes.fill(0x55, 5000, 5100)],
    ['emptied', 'releases.pack', () => ''],
    ['of a cut manifest', 'manifest.json', (bytes) => bytes.subarray(0, -10)],
    ['of a manifest without tables', 'manifest.json', (bytes) => '{"format":1}'.padEnd(bytes.length)],
    ['of a pointer into nowhere', 'current.json', () => '{"format":1,"folder":"../x","manifestBytes":5}'],
    ['of an empty pointer', 'current.json', () => ''],
    [
      'of an endless manifest',
      'current.json',
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
    const newer = await damagedBy(
      (bytes) => String(bytes).replace('"format":1', '"format":2'),
      'current.json',
    );
    await expect(newer.info()).rejects.toThrow(/has format 2/);
    const absent = storeOf(countingSource(folderSource(join(root, 'nowhere'))));
    await expect(absent.info()).rejects.toMatchObject({ fix: expect.stringContaining('dumps -- upload') });
  });
});
