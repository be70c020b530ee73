/** The entries of every table, walked from a store in the order of their keys. */
import type { RecordKind, Rows, Slice } from '@discogs-agent/core/catalogue';
import {
  ARTIST_ROWS,
  CHUNK_ROWS,
  type ChunkKey,
  type Entry,
  encodeChunk,
  hashKey,
  ID_ROWS,
  idKey,
  LABEL_ROWS,
  listKey,
  MAX_VERSIONS,
  RELEASE_ROWS,
  type RowFormat,
  type TableName,
} from '@discogs-agent/core/catalogue/pack';
import type { ListName, Namespace } from '../sqlite/index.ts';
import type { PackSource } from './packSource.ts';

/** Rows that are asked of the store at once, which is the memory that a list takes. */
const READ_ROWS = 10 * CHUNK_ROWS;
const BY_YEAR = { by: 'year', order: 'asc' } as const;

type ReadRows<Row> = (slice: Slice) => Rows<Row> | undefined;

/** The chunks of one list; none for an empty one. */
function* chunksOf<Row>(key: ChunkKey, format: RowFormat<Row>, read: ReadRows<Row>): Generator<Entry> {
  let total = 1;
  for (let offset = 0; offset < total; offset += READ_ROWS) {
    const found = read({ offset, limit: READ_ROWS });
    if (!found) return;
    total = found.total;
    // A list that is too long to be given: its length alone says so.
    if (total > 0 && found.rows.length === 0) return yield [key(0), encodeChunk(format, total, [])];
    for (let at = 0; at < found.rows.length; at += CHUNK_ROWS) {
      const rows = found.rows.slice(at, at + CHUNK_ROWS);
      yield [key((offset + at) / CHUNK_ROWS), encodeChunk(format, total, rows)];
    }
  }
}

const slicer =
  <Row>(rows: readonly Row[], total = rows.length): ReadRows<Row> =>
  ({ offset, limit }) => ({ total, rows: rows.slice(offset, offset + limit) });

function* records(source: PackSource, kind: RecordKind): Generator<Entry> {
  for (const id of source.ids(kind)) {
    const json = source.record(kind, id);
    if (!json) throw new Error(`the record of ${kind} ${id} is missing`);
    yield [idKey(id), json];
  }
}

/** `readerOf` gives the reader of the list of an id. */
function* lists<Row>(
  source: PackSource,
  list: ListName,
  format: RowFormat<Row>,
  readerOf: (id: number) => ReadRows<Row>,
): Generator<Entry> {
  for (const id of source.listed(list)) {
    yield* chunksOf((chunk) => listKey(id, chunk), format, readerOf(id));
  }
}

function* lookUps(source: PackSource, namespace: Namespace): Generator<Entry> {
  for (const { ids, ...hash } of source.lookups(namespace)) {
    yield* chunksOf((chunk) => hashKey(hash, chunk), ID_ROWS, slicer(ids));
  }
}

/** Of every table. */
export function packEntries(source: PackSource): Readonly<Record<TableName, () => Generator<Entry>>> {
  return {
    artists: () => records(source, 'artists'),
    labels: () => records(source, 'labels'),
    masters: () => records(source, 'masters'),
    releases: () => records(source, 'releases'),
    'artist-releases': () =>
      lists(
        source,
        'artist_releases',
        ARTIST_ROWS,
        (id) => (slice) => source.artistReleases(id, BY_YEAR, slice),
      ),
    'label-releases': () =>
      lists(source, 'label_releases', LABEL_ROWS, (id) => (slice) => source.labelReleases(id, slice)),
    'master-versions': () =>
      lists(source, 'master_versions', RELEASE_ROWS, (id) => {
        const versions = source.masterVersions(id);
        return versions ? slicer(versions) : slicer([], MAX_VERSIONS + 1);
      }),
    barcodes: () => lookUps(source, 'barcode'),
    catnos: () => lookUps(source, 'catno'),
    matrices: () => lookUps(source, 'matrix'),
    'artist-names': () => lookUps(source, 'artists'),
    'label-names': () => lookUps(source, 'labels'),
  };
}
