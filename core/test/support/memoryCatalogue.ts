/** A catalogue's store in memory, made of records in the API's shape. */
import {
  type ArtistReleaseRow,
  type CatalogueSearch,
  type CatalogueStore,
  createCatalogue,
  type Identifier,
  identifierKey,
  type MasterSummary,
  nameKey,
  RECORD_KINDS,
  type RecordKind,
  type ReleaseSummary,
  type SearchHit,
  type Slice,
} from '../../src/catalogue/index.ts';
import { hasWords } from '../../src/catalogue/searchQuery.ts';
import { type Members, number, objects, positive, text, texts } from '../../src/lib/looseJson.ts';
import { recordedLog } from './fakes.ts';
import { realTimer } from './realTimer.ts';

/** Records by kind. */
export type CatalogueRecords = Readonly<Record<RecordKind, readonly Members[]>>;

/** The month of the tests. */
export const MONTH = '2026-10-01';

const encoder = new TextEncoder();
const namesOf = (rows: unknown): string =>
  objects(rows)
    .map(({ name }) => text(name))
    .join(' / ');
const sliced = <T>(rows: readonly T[], { offset, limit }: Slice) => ({
  total: rows.length,
  rows: rows.slice(offset, offset + limit),
});

function summaryOf(release: Members): ReleaseSummary {
  const formats = objects(release['formats']);
  const [label = {}] = objects(release['labels']);
  return {
    id: number(release['id']) ?? 0,
    title: text(release['title']),
    artist: namesOf(release['artists']),
    year: number(release['year']) ?? 0,
    released: text(release['released']),
    country: text(release['country']),
    format: formats.flatMap(({ descriptions }) => texts(descriptions)).join(', '),
    majorFormats: formats.map(({ name }) => text(name)),
    label: text(label['name']),
    catno: text(label['catno']),
    masterId: positive(release['master_id']) ?? 0,
  };
}

const masterSummaryOf = (master: Members): MasterSummary => ({
  id: number(master['id']) ?? 0,
  title: text(master['title']),
  artist: namesOf(master['artists']),
  year: number(master['year']) ?? 0,
  mainRelease: number(master['main_release']) ?? 0,
});

function printedOn(release: Members, identifier: Identifier): readonly string[] {
  if (identifier === 'catno') return objects(release['labels']).map(({ catno }) => text(catno));
  const type = identifier === 'barcode' ? 'Barcode' : 'Matrix / Runout';
  return objects(release['identifiers']).flatMap((one) => (one['type'] === type ? [text(one['value'])] : []));
}

const matches = (record: Members, { kind: _, ...search }: CatalogueSearch): boolean =>
  Object.values(search).every((wanted) => hasWords(JSON.stringify(record), wanted));

/** Rows of an artist: masters for what it is the main artist of, then single releases, then credits. */
function rowsOfArtist(
  { masters, releases }: CatalogueRecords,
  artistId: number,
): readonly ArtistReleaseRow[] {
  const isBy = (record: Members, member: string): boolean =>
    objects(record[member]).some(({ id }) => id === artistId);
  const role = { role: 'Main', trackinfo: '' };
  return [
    ...masters
      .filter((master) => isBy(master, 'artists'))
      .map((master) => ({ ...role, kind: 'master', master: masterSummaryOf(master) }) as const),
    ...releases
      .filter((release) => isBy(release, 'artists') && positive(release['master_id']) === undefined)
      .map((release) => ({ ...role, kind: 'release', release: summaryOf(release) }) as const),
    ...releases
      .filter((release) => isBy(release, 'extraartists'))
      .map(
        (release) =>
          ({ kind: 'release', role: 'Producer', trackinfo: '', release: summaryOf(release) }) as const,
      ),
  ];
}

const yearOf = (row: ArtistReleaseRow): number =>
  row.kind === 'master' ? row.master.year : row.release.year;

/** Makes it. `overrides` takes the place of single methods. */
export function memoryCatalogue(
  records: Partial<CatalogueRecords>,
  overrides: Partial<CatalogueStore> = {},
): CatalogueStore {
  const all: CatalogueRecords = { artists: [], labels: [], masters: [], releases: [], ...records };
  const count = (kind: RecordKind): number => all[kind].length;
  return {
    info: async () => ({
      date: MONTH,
      counts: {
        artists: count('artists'),
        labels: count('labels'),
        masters: count('masters'),
        releases: count('releases'),
      },
    }),
    record: async (kind, id) => {
      const found = all[kind].find((record) => record['id'] === id);
      return found && encoder.encode(JSON.stringify(found));
    },
    artistReleases: async (artistId, { order }, slice) => {
      const direction = order === 'desc' ? -1 : 1;
      const rows = rowsOfArtist(all, artistId).toSorted((a, b) => direction * (yearOf(a) - yearOf(b)));
      return sliced(rows, slice);
    },
    labelReleases: async (labelId, slice) =>
      sliced(
        all.releases.flatMap((release) =>
          objects(release['labels'])
            .filter(({ id }) => id === labelId)
            .map(({ catno }) => ({ catno: text(catno), release: summaryOf(release) })),
        ),
        slice,
      ),
    masterVersions: async (masterId) =>
      all.releases.filter((release) => release['master_id'] === masterId).map(summaryOf),
    releasesBy: async (identifier, key, slice) =>
      sliced(
        all.releases
          .filter((release) =>
            printedOn(release, identifier).some((value) => identifierKey(identifier, value) === key),
          )
          .map(({ id }) => number(id) ?? 0),
        slice,
      ),
    named: async (kind, name) =>
      all[kind].filter((record) => nameKey(text(record['name'])) === name).map(({ id }) => number(id) ?? 0),
    search: async (search, slice) => {
      const kinds = search.kind === undefined ? RECORD_KINDS : [search.kind];
      const hits = kinds.flatMap((kind) =>
        all[kind]
          .filter((record) => matches(record, search))
          .map((record): SearchHit => ({ kind, id: number(record['id']) ?? 0 })),
      );
      return sliced(hits, slice);
    },
    close: async () => {},
    ...overrides,
  };
}

/** A gateway's catalogue over a store. */
export const catalogueOver = (store: CatalogueStore) =>
  createCatalogue({ open: async () => store, now: Date.now, setTimer: realTimer, log: recordedLog() });
