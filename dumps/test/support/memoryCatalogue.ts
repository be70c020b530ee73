/** A catalogue of invented records in memory, of which packs are made and with which they are compared. */
import type {
  ArtistReleaseRow,
  CatalogueStore,
  Identifier,
  LabelReleaseRow,
  MasterSummary,
  RecordKind,
  ReleaseSummary,
  Rows,
  Slice,
} from '@discogs-agent/core/catalogue';
import type { PackSource } from '../../src/pack/packSource.ts';

/** Everything that a store can be asked. */
export interface MemoryCatalogue extends PackSource {
  readonly records: Readonly<Record<RecordKind, Map<number, string>>>;
  readonly artists: Map<number, ArtistReleaseRow[]>;
  readonly labels: Map<number, LabelReleaseRow[]>;
  readonly masters: Map<number, ReleaseSummary[]>;
  readonly identifiers: Readonly<Record<Identifier, Map<string, number[]>>>;
  readonly folded: Readonly<Record<'artists' | 'labels', Map<string, number[]>>>;
}

const WORDS = ['Blue', 'Night', 'Ænima', '東京', 'Røver', 'Loop', '12"', 'Straße', 'Echo', 'Ω'];

/** Mulberry32: the same seed, the same catalogue. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const slice = <Row>(rows: readonly Row[] = [], { offset, limit }: Slice): Rows<Row> => ({
  total: rows.length,
  rows: rows.slice(offset, offset + limit),
});

function add<Key, Row>(map: Map<Key, Row[]>, key: Key, row: Row): void {
  const rows = map.get(key);
  if (rows) rows.push(row);
  else map.set(key, [row]);
}

const ascending = (keys: Iterable<string>): string[] =>
  [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

/** `count` releases by about half as many artists; artist 1 is on every one of them. */
export function memoryCatalogue(count: number, seed = 1, date = '2026-10-01'): MemoryCatalogue {
  const random = randomOf(seed);
  const words = (): string => `${WORDS[random(WORDS.length)]} ${WORDS[random(WORDS.length)]} ${random(1000)}`;
  const records: MemoryCatalogue['records'] = {
    artists: new Map(),
    labels: new Map(),
    masters: new Map(),
    releases: new Map(),
  };
  const artists: MemoryCatalogue['artists'] = new Map();
  const labels: MemoryCatalogue['labels'] = new Map();
  const masters: MemoryCatalogue['masters'] = new Map();
  const identifiers: MemoryCatalogue['identifiers'] = {
    barcode: new Map(),
    catno: new Map(),
    matrix: new Map(),
  };
  const folded: MemoryCatalogue['folded'] = { artists: new Map(), labels: new Map() };
  const record = (kind: RecordKind, id: number): void => {
    const notes = 'x'.repeat(random(200) === 0 ? 200_000 : random(800));
    records[kind].set(id, JSON.stringify({ id, name: words(), notes }));
  };
  let id = 0;
  for (let i = 0; i < count; i += 1) {
    id += 1 + random(3);
    record('releases', id);
    const masterId = 1 + random(Math.ceil(count / 3));
    const release: ReleaseSummary = {
      id,
      title: words(),
      artist: words(),
      year: 1960 + random(60),
      released: '1999-03-00',
      country: 'Faroe Islands',
      format: 'LP, Album',
      majorFormats: ['Vinyl', 'CD'].slice(random(2)),
      label: words(),
      catno: words(),
      masterId,
    };
    const master: MasterSummary = {
      id: masterId,
      title: words(),
      artist: words(),
      year: 1960,
      mainRelease: id,
    };
    add(artists, 1, { role: 'Main', trackinfo: '', kind: 'release', release });
    add(artists, 2 + random(count), { role: 'Producer', trackinfo: 'B2', kind: 'master', master });
    add(labels, 1 + random(Math.ceil(count / 4)), { catno: words(), release });
    add(masters, masterId, release);
    add(identifiers.barcode, String(10_000_000 + random(count * 2)), id);
    add(identifiers.catno, `${'ABC'.slice(random(3))}${random(50)}`, id);
    add(identifiers.matrix, `Å${random(1_000_000)}`, id);
  }
  for (const artist of [...artists.keys()].sort((a, b) => a - b)) {
    record('artists', artist);
    add(folded.artists, words().toLowerCase(), artist);
  }
  for (const label of [...labels.keys()].sort((a, b) => a - b)) {
    record('labels', label);
    add(folded.labels, words().toLowerCase(), label);
  }
  for (const master of [...masters.keys()].sort((a, b) => a - b)) record('masters', master);

  const store: CatalogueStore = {
    info: async () => ({
      date,
      counts: {
        artists: records.artists.size,
        labels: records.labels.size,
        masters: records.masters.size,
        releases: records.releases.size,
      },
    }),
    async record(kind, wanted) {
      const json = records[kind].get(wanted);
      return json === undefined ? undefined : new TextEncoder().encode(json);
    },
    artistReleases: async (wanted, _sort, part) => slice(artists.get(wanted), part),
    labelReleases: async (wanted, part) => slice(labels.get(wanted), part),
    masterVersions: async (wanted) => {
      const rows = masters.get(wanted) ?? [];
      return rows.length > 10_000 ? undefined : rows;
    },
    releasesBy: async (identifier, key, part) => slice(identifiers[identifier].get(key), part),
    named: async (kind, name) => folded[kind].get(name) ?? [],
    search: async () => undefined,
    close: async () => {},
  };
  return {
    records,
    artists,
    labels,
    masters,
    identifiers,
    folded,
    store,
    ids: (kind) => records[kind].keys(),
    keys: (identifier) => ascending(identifiers[identifier].keys()),
    names: (kind) => ascending(folded[kind].keys()),
  };
}
