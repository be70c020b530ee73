/** What every store of the catalogue must do, whatever is behind it. Search is left out: not every store has one. */
import {
  type ArtistReleaseRow,
  type CatalogueStore,
  identifierKey,
  nameKey,
  type Rows,
} from '@discogs-agent/core/catalogue';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PreparedRecord } from '../../src/records/preparedRecord.ts';
import { madeMaster, madeName, madeRelease } from './madeRecords.ts';
import { jsonOf } from './prepare.ts';

export const STORE_DATE = '2026-10-01';
const BY_YEAR = { by: 'year', order: 'asc' } as const;
const ALL = { offset: 0, limit: 1000 };
const MANY = 700;

const releases = [
  madeRelease(10, {
    summary: { title: 'First', year: 1991, released: '1991-03-00', masterId: 5, artist: 'Björk' },
    credits: [
      { artistId: 7, role: 'Main', trackinfo: '' },
      { artistId: 8, role: 'Producer', trackinfo: 'A1, A2' },
    ],
    labels: [
      { labelId: 3, catno: 'CAT 10' },
      { labelId: 4, catno: 'none' },
    ],
    barcodes: ['0 7464-63628-2 2'],
    matrices: ['XLP-1 A'],
    notes: 'x'.repeat(70_000),
  }),
  madeRelease(11, {
    summary: { title: 'First, again', year: 1999, released: '', masterId: 5 },
    credits: [
      { artistId: 7, role: 'Main', trackinfo: '' },
      { artistId: 9, role: 'Main', trackinfo: '' },
    ],
    barcodes: ['7464636282'],
    catnos: ['ABC-001', 'abc 001'],
  }),
  madeRelease(12, {
    summary: { title: 'Alone', year: 1989, released: '1989' },
    credits: [{ artistId: 7, role: 'Main', trackinfo: '' }],
  }),
  madeRelease(13, {
    summary: { title: 'Various', year: 1980, released: '1980-01-02', masterId: 5 },
    credits: [
      { artistId: 7, role: 'TrackAppearance', trackinfo: '日本の歌 "live"' },
      { artistId: 7, role: 'Producer', trackinfo: '' },
    ],
  }),
  madeRelease(14, {
    summary: { title: 'Bootleg', year: 1979 },
    credits: [{ artistId: 7, role: 'UnofficialRelease', trackinfo: '' }],
  }),
];

const many = Array.from({ length: MANY }, (_, index) =>
  madeRelease(1000 + index, {
    summary: { year: 1900 + ((index * 7) % 100), catno: 'MANY 1' },
    credits: [{ artistId: 77, role: 'Main', trackinfo: '' }],
    labels: [{ labelId: 33, catno: 'MANY 1' }],
    catnos: ['MANY 1'],
  }),
);

/** Of all kinds; ids are not in order, as in some dumps. */
export const STORE_RECORDS: readonly PreparedRecord[] = [
  madeName('artists', 8, '!!!', ['Chk Chk Chk']),
  madeName('artists', 7, 'Björk (2)', ['Bjork', 'BJÖRK']),
  madeName('artists', 70, 'Bjork'),
  madeName('labels', 3, 'Some Label'),
  madeMaster(6, { artistIds: [9] }),
  madeMaster(5, { artistIds: [7], summary: { title: 'First', year: 1990, mainRelease: 10 } }),
  ...releases,
  ...many,
];

const shown = (found: Rows<ArtistReleaseRow> | undefined): readonly string[] =>
  (found?.rows ?? []).map((row) => {
    const { id, title } = row.kind === 'master' ? row.master : row.release;
    return `${row.kind} ${id} ${title}: ${row.role}${row.trackinfo && ` (${row.trackinfo})`}`;
  });

const OF_ARTIST_7 = [
  'release 12 Alone: Main',
  'master 5 First: Main',
  'release 13 Various: TrackAppearance (日本の歌 "live")',
  'release 13 Various: Producer',
  'release 14 Bootleg: UnofficialRelease',
];

/**
 * Registers the tests. `make` gives a store of the records, which it closes after them.
 *
 * @example
 * storeTests((records) => fileStoreOf(records));
 */
export function storeTests(make: (records: readonly PreparedRecord[]) => Promise<CatalogueStore>): void {
  let store: CatalogueStore;
  beforeAll(async () => {
    store = await make(STORE_RECORDS);
  });
  afterAll(() => store.close());

  const text = async (...of: Parameters<CatalogueStore['record']>): Promise<string | undefined> => {
    const bytes = await store.record(...of);
    return bytes && new TextDecoder().decode(bytes);
  };

  it('says which month it has and how much of it', async () => {
    expect(await store.info()).toEqual({
      date: STORE_DATE,
      counts: { artists: 3, labels: 1, masters: 2, releases: releases.length + MANY },
    });
  });

  it('gives every record byte for byte', async () => {
    for (const record of STORE_RECORDS) {
      const { kind, id } = record;
      expect([kind, id, await text(kind, id)]).toEqual([kind, id, jsonOf(record)]);
    }
  });

  it.each([0, 9, 999, 2 ** 31, 2 ** 32 + 10, 1.5, -1, Number.NaN])(
    'has no record of the id %p',
    async (id) => {
      expect(await store.record('releases', id)).toBeUndefined();
    },
  );

  describe('the releases of an artist', () => {
    it('are its own by year, a master for its versions, then appearances, credits and unofficial ones', async () => {
      const found = await store.artistReleases(7, BY_YEAR, ALL);
      expect([found?.total, shown(found)]).toEqual([5, OF_ARTIST_7]);
    });

    it('are the same in slices', async () => {
      const slices = [];
      for (let offset = 0; offset < 6; offset += 2) {
        const found = await store.artistReleases(7, BY_YEAR, { offset, limit: 2 });
        expect(found?.total).toBe(5);
        slices.push(...shown(found));
      }
      expect(slices).toEqual(OF_ARTIST_7);
    });

    it('keep a release where the master is of other artists', async () => {
      expect(shown(await store.artistReleases(9, BY_YEAR, ALL))).toEqual([
        'master 6 Master 6: Main',
        'release 11 First, again: Main',
      ]);
    });

    it('have summaries with all members', async () => {
      const found = await store.artistReleases(8, BY_YEAR, ALL);
      expect(found?.rows).toEqual([
        { kind: 'release', role: 'Producer', trackinfo: 'A1, A2', release: releases[0]?.facts.summary },
      ]);
    });

    it('are read by pages where there are many', async () => {
      const years: number[] = [];
      for (let offset = 0; offset < MANY; offset += 100) {
        const found = await store.artistReleases(77, BY_YEAR, { offset, limit: 100 });
        for (const row of found?.rows ?? []) if (row.kind === 'release') years.push(row.release.year);
      }
      expect(years).toEqual(many.map(({ facts }) => facts.summary.year).sort((a, b) => a - b));
    });

    it('begin with the newest where the order is reversed', async () => {
      const found = await store.artistReleases(77, { by: 'year', order: 'desc' }, { offset: 0, limit: 3 });
      expect(found?.rows.map((row) => row.kind === 'release' && row.release.year)).toEqual([
        1999, 1999, 1999,
      ]);
    });

    it('are sorted by title inside their part', async () => {
      const found = await store.artistReleases(7, { by: 'title', order: 'desc' }, { offset: 0, limit: 2 });
      expect(shown(found)).toEqual(['master 5 First: Main', 'release 12 Alone: Main']);
    });

    it.each([4711, 2 ** 32 + 7, -1, 0.5])('are none for an artist %p', async (id) => {
      expect(await store.artistReleases(id, BY_YEAR, ALL)).toEqual({ total: 0, rows: [] });
    });
  });

  describe('the releases of a label', () => {
    it('have the catalogue number on this label', async () => {
      const [of3, of4] = [await store.labelReleases(3, ALL), await store.labelReleases(4, ALL)];
      expect([of3, of4]).toEqual([
        { total: 1, rows: [{ catno: 'CAT 10', release: releases[0]?.facts.summary }] },
        { total: 1, rows: [{ catno: 'none', release: releases[0]?.facts.summary }] },
      ]);
    });

    it('come in slices', async () => {
      const found = await store.labelReleases(33, { offset: 480, limit: 3 });
      expect([found?.total, found?.rows.map(({ release }) => release.id)]).toEqual([
        MANY,
        [1480, 1481, 1482],
      ]);
    });

    it('are none for a label without any', async () => {
      expect(await store.labelReleases(2, ALL)).toEqual({ total: 0, rows: [] });
    });
  });

  describe('the versions of a master', () => {
    it('come in the order of release, those without a date last', async () => {
      expect((await store.masterVersions(5))?.map(({ id }) => id)).toEqual([13, 10, 11]);
    });

    it('are none for a master without any', async () => {
      expect(await store.masterVersions(4)).toEqual([]);
    });
  });

  describe('releases by what is printed on them', () => {
    it.each([
      ['barcode', '074646362822', [10, 11], 'with a zero in front, and a record without its check digit'],
      ['barcode', '7464 6362 82', [10, 11], 'without the check digit'],
      ['barcode', '7464636283', [], 'another code'],
      ['barcode', '12', [], 'no code at all'],
      ['catno', 'abc001', [11], 'once, though the record has it twice'],
      ['catno', 'Abc - 001', [11], 'with other signs'],
      ['catno', 'none', [], 'no catalogue number'],
      ['matrix', 'xlp1a', [10], 'a matrix'],
      ['matrix', 'CAT 10', [], 'a catalogue number is no matrix'],
    ] as const)('%s %p finds %p: %s', async (identifier, value, ids, _why) => {
      const found = await store.releasesBy(identifier, identifierKey(identifier, value), ALL);
      expect({ total: found?.total, ids: found?.rows.toSorted((a, b) => a - b) }).toEqual({
        total: ids.length,
        ids,
      });
    });

    it('come in slices', async () => {
      const found = await store.releasesBy('catno', identifierKey('catno', 'many-1'), {
        offset: 690,
        limit: 100,
      });
      expect([found?.total, found?.rows]).toEqual([
        MANY,
        [1690, 1691, 1692, 1693, 1694, 1695, 1696, 1697, 1698, 1699],
      ]);
    });
  });

  describe('names', () => {
    it.each([
      ['artists', 'bjork', [7, 70]],
      ['artists', 'Björk (2)', [7, 70]],
      ['artists', 'ＢＪØＲＫ', [7, 70]],
      ['artists', 'chk chk-chk', [8]],
      ['artists', '!!!', [8]],
      ['artists', '???', []],
      ['artists', 'Bjor', []],
      ['artists', ' ', []],
      ['labels', 'some label', [3]],
      ['labels', 'bjork', []],
    ] as const)('of %s: %p is %p', async (kind, name, ids) => {
      expect(await store.named(kind, nameKey(name))).toEqual(ids);
    });
  });
}
