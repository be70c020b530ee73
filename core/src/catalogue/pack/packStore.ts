/** The catalogue in a pack: look-ups by id, list, identifier and name. It has no free text. */
import type { CatalogueStore, Rows, Slice } from '../catalogueStore.ts';
import { isStoredSort, sortArtistRows } from './artistOrder.ts';
import { chunkReader, ID_ROWS } from './chunks.ts';
import { idKey, textKey } from './keys.ts';
import type { TableName } from './manifest.ts';
import { createPackOpener, type PackOptions } from './openPack.ts';
import { ARTIST_ROWS, LABEL_ROWS, RELEASE_ROWS } from './rowFormats.ts';

/** Beyond these a list is asked of Discogs. */
export const MAX_VERSIONS = 10_000;
/** Rows that are sorted here when a caller wants another order than the stored one. */
const MAX_SORTED_ROWS = 1000;

const IDENTIFIER_TABLES = { barcode: 'barcodes', catno: 'catnos', matrix: 'matrices' } as const;
const NAME_TABLES = { artists: 'artist-names', labels: 'label-names' } as const;

const readArtistRows = chunkReader(ARTIST_ROWS);
const readLabelRows = chunkReader(LABEL_ROWS);
const readReleaseRows = chunkReader(RELEASE_ROWS);
const readIds = chunkReader(ID_ROWS);

const isId = (id: number): boolean => Number.isInteger(id) && id > 0 && id < 2 ** 32;

/** Reads nothing before the first look-up. */
export function openPackStore(options: PackOptions): CatalogueStore {
  const withPack = createPackOpener(options);

  /** A page of the list of a record. */
  const list = async <Row>(
    read: ReturnType<typeof chunkReader<Row>>,
    table: TableName,
    id: number,
    slice: Slice,
  ): Promise<Rows<Row>> => {
    if (!isId(id)) return { total: 0, rows: [] };
    return withPack((pack) => read(pack.table(table), idKey(id), slice));
  };

  return {
    info: () => withPack(async ({ manifest: { date, counts } }) => ({ date, counts })),
    async record(kind, id) {
      return isId(id) ? withPack((pack) => pack.table(kind).get(idKey(id))) : undefined;
    },
    async artistReleases(artistId, sort, slice) {
      if (isStoredSort(sort)) return list(readArtistRows, 'artist-releases', artistId, slice);
      const all = { offset: 0, limit: MAX_SORTED_ROWS };
      const { total, rows } = await list(readArtistRows, 'artist-releases', artistId, all);
      if (total > rows.length) return undefined;
      return { total, rows: sortArtistRows(rows, sort).slice(slice.offset, slice.offset + slice.limit) };
    },
    labelReleases: (labelId, slice) => list(readLabelRows, 'label-releases', labelId, slice),
    async masterVersions(masterId) {
      const all = { offset: 0, limit: MAX_VERSIONS };
      const { total, rows } = await list(readReleaseRows, 'master-versions', masterId, all);
      return total > MAX_VERSIONS ? undefined : rows;
    },
    releasesBy: (identifier, key, slice) =>
      withPack((pack) => readIds(pack.table(IDENTIFIER_TABLES[identifier]), textKey(key), slice)),
    async named(kind, foldedName) {
      const all = { offset: 0, limit: MAX_VERSIONS };
      const { rows } = await withPack((pack) =>
        readIds(pack.table(NAME_TABLES[kind]), textKey(foldedName), all),
      );
      return rows;
    },
    search: async () => undefined,
    close: () => options.source.close(),
  };
}
