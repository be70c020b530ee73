import type { CatalogueSearch, CatalogueStore } from '@discogs-agent/core/catalogue';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openCatalogue } from '../src/sqlite/index.ts';
import { madeMaster, madeName, madeRelease } from './support/madeRecords.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';
import { writeStore } from './support/writtenStore.ts';

const named = (id: number, title: string, artistNames: readonly string[] = ['Somebody']) =>
  madeRelease(id, {
    summary: { title, artist: artistNames[0] ?? '' },
    artistNames,
    barcodes: ['0 7464-63628-2 2'],
  });

const RECORDS = [
  madeName('artists', 1, 'Nirvana'),
  madeName('artists', 2, 'Nirvana (2)', ['Nirvana UK']),
  madeName('artists', 3, 'X'),
  madeName('labels', 1, 'Sub Pop'),
  madeName('labels', 2, 'Sub Pop Europe'),
  madeMaster(1, {
    artistIds: [1],
    artistNames: ['Nirvana'],
    summary: { title: 'Nevermind', artist: 'Nirvana', year: 1991 },
  }),
  madeRelease(1, {
    summary: {
      title: 'Nevermind',
      artist: 'Nirvana',
      year: 1991,
      country: 'US',
      label: 'DGC',
      format: 'LP, Album',
      masterId: 1,
    },
    artistNames: ['Nirvana'],
    labelNames: ['DGC', 'Sub Pop'],
    tracks: ['Smells Like Teen Spirit', 'In Bloom', 'Come As You Are'],
    genres: ['Rock', 'Hip Hop', 'Folk, World, & Country'],
    styles: ['Grunge'],
    catnos: ['DGC-24425'],
  }),
  named(2, 'Nevermind The Rest', ['Nobody']),
  named(3, 'Rødgrød', ['MØ']),
  named(4, 'Kolęda', ['Łona']),
  named(5, 'Straße', ['Ænima']),
  named(6, 'Heart Of Hearts', ['!!!']),
  named(7, '?', ['???']),
  named(8, "Don't Stop", ['AC/DC']),
  named(9, 'Peso', ['A$AP Rocky']),
  named(10, '教育', ['東京事変']),
  named(11, '아리랑 노래', ['조용필']),
  named(12, 'X', ['M.I.A.']),
  named(13, 'Bookends', ['Simon & Garfunkel']),
  named(14, 'Ｗｉｄｅ', ['Ｆｕｌｌ　Ｗｉｄｔｈ']),
  named(15, '北京欢迎你 Live', ['Дискотека']),
];

describe('Search in the SQLite file', () => {
  const folder = temporaryFolder();
  let store: CatalogueStore;
  beforeAll(() => {
    writeStore(folder, '2026-10-01', RECORDS);
    store = openCatalogue({ folder, now: Date.now });
  });
  afterAll(() => store.close());

  const found = async (search: CatalogueSearch, slice = { offset: 0, limit: 100 }) =>
    (await store.search(search, slice))?.rows.map(({ kind, id }) => `${kind} ${id}`);
  const releases = async (search: CatalogueSearch) =>
    (await store.search({ kind: 'releases', ...search }, { offset: 0, limit: 100 }))?.rows.map(
      ({ id }) => id,
    );

  it.each([
    ['mo', [3]],
    ['MØ', [3]],
    ['rodgrod', [3]],
    ['RØDGRØD mø', [3]],
    ['lona', [4]],
    ['koleda', [4]],
    ['strasse', [5]],
    ['aenima', [5]],
    ['!!!', [6]],
    ['???', [7]],
    ['?', [7]],
    ['!!', []],
    ['dont stop', [8]],
    ["don't", [8]],
    ['don’t stop', [8]],
    ['acdc', [8]],
    ['AC/DC', [8]],
    ['ac dc', [8]],
    ['asap rocky', [9]],
    ['A$AP', [9]],
    ['東京', [10]],
    ['京事', [10]],
    ['東京事変 教育', [10]],
    ['変', [10]],
    ['京東', []],
    ['아리', [11]],
    ['용필', [11]],
    ['x', [12]],
    ['mia', [12]],
    ['m.i.a.', [12]],
    ['simon garfunkel', [13]],
    ['Simon & Garfunkel', [13]],
    ['simon and garfunkel', [13]],
    ['full width wide', [14]],
    ['ДИСКОТЕКА', [15]],
    ['欢迎 live', [15]],
    ['欢迎 dead', []],
    ['', []],
    [' \u200b ', []],
  ])('%p finds %p', async (q, ids) => {
    expect(await releases({ q })).toEqual(ids);
  });

  it.each([
    [{ artist: 'nirvana' }, [1]],
    [{ artist: 'nevermind' }, []],
    [{ title: 'nevermind' }, [1, 2]],
    [{ title: 'nevermind', artist: 'nobody' }, [2]],
    [{ track: 'teen spirit' }, [1]],
    [{ track: 'teen spirit', q: 'grunge' }, []],
    [{ track: 'come as you are', artist: 'NIRVANA' }, [1]],
    [{ label: 'sub pop' }, [1]],
    [{ genre: 'hip hop' }, [1]],
    [{ genre: 'hip' }, []],
    [{ genre: 'Folk, World, & Country' }, [1]],
    [{ genre: 'World' }, []],
    [{ style: 'Grunge', country: 'US' }, [1]],
    [{ title: 'nevermind', country: 'UK' }, [2]],
    [{ title: 'nevermind', format: 'vinyl' }, [1, 2]],
    [{ title: 'nevermind', format: 'Album' }, [1, 2]],
    [{ title: 'nevermind', format: 'CD' }, []],
    [{ title: 'nevermind', year: '1991' }, [1]],
    [{ title: 'nevermind', year: '1989-1990' }, [2]],
    [{ title: 'nevermind', year: '1991-1989' }, []],
    [{ title: 'nevermind', year: 'never' }, []],
    [{ barcode: '7464636282', artist: 'mø' }, [3]],
    [{ barcode: '7464636282', artist: 'nirvana' }, []],
    [{ catno: 'dgc 24425' }, [1]],
    [{ catno: 'dgc 24425', barcode: '7464636282' }, []],
    [{ catno: 'none' }, []],
  ])('%p finds %p', async (search, ids) => {
    expect(await releases(search)).toEqual(ids);
  });

  it('finds records of all kinds, whole names before longer ones', async () => {
    expect(await found({ q: 'nirvana' })).toEqual(['artists 1', 'artists 2', 'masters 1', 'releases 1']);
    expect(await found({ q: 'nevermind' })).toEqual(['masters 1', 'releases 1', 'releases 2']);
    expect(await found({ q: 'nirvana nevermind' })).toEqual(['masters 1', 'releases 1']);
    expect(await found({ q: 'sub pop', kind: 'labels' })).toEqual(['labels 1', 'labels 2']);
    expect(await found({ q: 'X' })).toEqual(['artists 3', 'releases 12']);
  });

  it('counts all hits and gives a slice of them', async () => {
    const all = await found({ q: 'nirvana' });
    const slice = await store.search({ q: 'nirvana' }, { offset: 1, limit: 2 });
    expect([slice?.total, slice?.rows.map(({ kind, id }) => `${kind} ${id}`)]).toEqual([4, all?.slice(1, 3)]);
  });

  it.each([
    [{ kind: 'artists', title: 'x' }],
    [{ kind: 'masters', country: 'US' }],
    [{ kind: 'labels', catno: '1' }],
    [{ title: 'nevermind', year: '1900-2000' }],
  ] as const)('%p is for Discogs', async (search) => {
    expect(await store.search(search, { offset: 0, limit: 10 })).toBeUndefined();
  });

  it.each([
    '"',
    '""',
    'a" OR "b',
    'nirvana*',
    'NOT nirvana',
    'words: nirvana',
    'NEAR(nirvana nevermind)',
    '(',
    '^x',
    '\0',
    'a-b',
  ])('reads %p as words, not as the language of FTS5', async (q) => {
    const hits = await store.search({ q }, { offset: 0, limit: 100 });
    const plain = await store.search({ q: q.replace(/[^\p{L}\p{N} ]+/gu, ' ') }, { offset: 0, limit: 100 });
    expect(hits?.total).toBeLessThanOrEqual(Math.max(plain?.total ?? 0, 1));
  });

  it('bounds what is asked for', async () => {
    const q = `nirvana ${'nevermind '.repeat(100_000)}`;
    expect(await releases({ q })).toEqual([1]);
    expect(await releases({ q: 'x'.repeat(1_000_000) })).toEqual([]);
    expect(await releases({ q: '!'.repeat(1_000_000) })).toEqual([]);
  });
});
