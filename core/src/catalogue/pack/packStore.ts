/** The catalogue in a pack: look-ups by id, list, identifier and name. It has no free text. */
import { ARTIST_PARTS, artistPart, MAX_SORTED_ROWS, sortArtistPart } from '../artistOrder.ts';
import type { ArtistReleaseRow, CatalogueStore, Rows, Slice, Sort } from '../catalogueStore.ts';
import { barcodeKeys } from '../identifierKey.ts';
import { keyHash } from '../keyHash.ts';
import { chunkReader, ID_ROWS } from './chunks.ts';
import { hashKey, idKey, listKey } from './keys.ts';
import type { TableName } from './manifest.ts';
import { createPackOpener, type PackOptions } from './openPack.ts';
import { ARTIST_ROWS, LABEL_ROWS, RELEASE_ROWS } from './rowFormats.ts';

/** Beyond these a list is asked of Discogs. */
export const MAX_VERSIONS = 10_000;
const ALL: Slice = { offset: 0, limit: MAX_VERSIONS };
const NONE = { total: 0, rows: [] };

/** By the namespace of the hash. */
const LOOKUPS = {
  barcode: 'barcodes',
  catno: 'catnos',
  matrix: 'matrices',
  artists: 'artist-names',
  labels: 'label-names',
} as const;

const readArtistRows = chunkReader(ARTIST_ROWS);
const readLabelRows = chunkReader(LABEL_ROWS);
const readReleaseRows = chunkReader(RELEASE_ROWS);
const readIds = chunkReader(ID_ROWS);

const isId = (id: number): boolean => Number.isInteger(id) && id > 0 && id < 2 ** 32;

const partOf = (row: ArtistReleaseRow): number => (row.kind === 'master' ? 0 : artistPart(row.role));

const sortArtistRows = (rows: readonly ArtistReleaseRow[], sort: Sort): readonly ArtistReleaseRow[] =>
  Array.from({ length: ARTIST_PARTS }, (_, part) =>
    sortArtistPart(
      rows.filter((row) => partOf(row) === part),
      sort,
    ),
  ).flat();

/** Reads nothing before the first look-up. */
export function openPackStore(options: PackOptions): CatalogueStore {
  const withPack = createPackOpener(options);

  /** A page of the list of a record. */
  const list = async <Row>(
    read: ReturnType<typeof chunkReader<Row>>,
    table: TableName,
    id: number,
    slice: Slice,
  ): Promise<Rows<Row>> =>
    isId(id) ? withPack((pack) => read(pack.table(table), (chunk) => listKey(id, chunk), slice)) : NONE;

  async function lookUp(namespace: keyof typeof LOOKUPS, key: string, slice: Slice): Promise<Rows<number>> {
    if (key === '') return NONE;
    const hash = keyHash(namespace, key);
    return withPack((pack) =>
      readIds(pack.table(LOOKUPS[namespace]), (chunk) => hashKey(hash, chunk), slice),
    );
  }

  return {
    info: () => withPack(async ({ manifest: { date, counts } }) => ({ date, counts })),
    async record(kind, id) {
      const json = isId(id) ? await withPack((pack) => pack.table(kind).get(idKey(id))) : undefined;
      // A copy: whoever keeps the record would keep its block of sixteen. `slice` of a Node Buffer copies nothing.
      return json && new Uint8Array(json);
    },
    async artistReleases(artistId, sort, slice) {
      if (sort.by === 'year' && sort.order === 'asc') {
        return list(readArtistRows, 'artist-releases', artistId, slice);
      }
      const all = { offset: 0, limit: MAX_SORTED_ROWS };
      const { total, rows } = await list(readArtistRows, 'artist-releases', artistId, all);
      if (total > rows.length) return undefined;
      return { total, rows: sortArtistRows(rows, sort).slice(slice.offset, slice.offset + slice.limit) };
    },
    labelReleases: (labelId, slice) => list(readLabelRows, 'label-releases', labelId, slice),
    async masterVersions(masterId) {
      const { total, rows } = await list(readReleaseRows, 'master-versions', masterId, ALL);
      return total > MAX_VERSIONS ? undefined : rows;
    },
    async releasesBy(identifier, key, slice) {
      if (identifier !== 'barcode' || key === '') return lookUp(identifier, key, slice);
      // A barcode may be kept with or without its check digit: other hashes, other blocks.
      const found = await Promise.all(barcodeKeys(key).map((each) => lookUp('barcode', each, ALL)));
      const ids = [...new Set(found.flatMap(({ rows }) => rows))];
      return { total: ids.length, rows: ids.slice(slice.offset, slice.offset + slice.limit) };
    },
    named: async (kind, foldedName) => (await lookUp(kind, foldedName, ALL)).rows,
    search: async () => undefined,
    close: () => options.source.close(),
  };
}
