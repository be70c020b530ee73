/** The entries of every table, walked from a store in the order of their keys. */
import type { CatalogueStore, RecordKind, Rows, Slice } from '@discogs-agent/core/catalogue';
import {
  ARTIST_ROWS,
  CHUNK_ROWS,
  chunkKey,
  type Entry,
  encodeChunk,
  ID_ROWS,
  idKey,
  LABEL_ROWS,
  MAX_KEY_BYTES,
  MAX_VERSIONS,
  RELEASE_ROWS,
  type RowFormat,
  STORED_SORT,
  type TableName,
  textKey,
} from '@discogs-agent/core/catalogue/pack';
import type { PackSource } from './packSource.ts';

/** Rows that are asked of the store at once, so that the list of Various Artists is no work of hours. */
const READ_ROWS = 50 * CHUNK_ROWS;
/** What `chunkKey` adds. */
const CHUNK_BYTES = 4;

type ReadRows<Row> = (slice: Slice) => Promise<Rows<Row> | undefined>;

/** The chunks of one list; none for an empty one. */
async function* chunksOf<Row>(
  key: Uint8Array,
  format: RowFormat<Row>,
  read: ReadRows<Row>,
): AsyncGenerator<Entry> {
  let total = 1;
  for (let offset = 0; offset < total; offset += READ_ROWS) {
    const found = await read({ offset, limit: READ_ROWS });
    if (!found) return;
    total = found.total;
    // A list that is too long to be given: its length alone says so.
    if (total > 0 && found.rows.length === 0) return yield [chunkKey(key, 0), encodeChunk(format, total, [])];
    for (let at = 0; at < found.rows.length; at += CHUNK_ROWS) {
      const rows = found.rows.slice(at, at + CHUNK_ROWS);
      yield [chunkKey(key, (offset + at) / CHUNK_ROWS), encodeChunk(format, total, rows)];
    }
  }
}

async function* records(source: PackSource, kind: RecordKind): AsyncGenerator<Entry> {
  for (const id of source.ids(kind)) {
    const json = await source.store.record(kind, id);
    if (json) yield [idKey(id), json];
  }
}

async function* lists<Row>(
  ids: Iterable<number>,
  format: RowFormat<Row>,
  read: (id: number, slice: Slice) => ReturnType<ReadRows<Row>>,
): AsyncGenerator<Entry> {
  for (const id of ids) yield* chunksOf(idKey(id), format, (slice) => read(id, slice));
}

/** A list that the store gives at once, or not at all where it is too long. */
const whole = <Row>(rows: readonly Row[] | undefined, { offset, limit }: Slice): Rows<Row> =>
  rows
    ? { total: rows.length, rows: rows.slice(offset, offset + limit) }
    : { total: MAX_VERSIONS + 1, rows: [] };

async function* texts(
  keys: Iterable<string>,
  read: (key: string, slice: Slice) => ReturnType<ReadRows<number>>,
): AsyncGenerator<Entry> {
  for (const key of keys) {
    // Nobody asks for a name of a page's length.
    if (textKey(key).length + CHUNK_BYTES <= MAX_KEY_BYTES)
      yield* chunksOf(textKey(key), ID_ROWS, (slice) => read(key, slice));
  }
}

/** Of every table. */
export function packEntries(source: PackSource): Readonly<Record<TableName, () => AsyncGenerator<Entry>>> {
  const { store } = source;
  const by = (identifier: Parameters<CatalogueStore['releasesBy']>[0]) => () =>
    texts(source.keys(identifier), (key, slice) => store.releasesBy(identifier, key, slice));
  const named = (kind: 'artists' | 'labels') => () =>
    texts(source.names(kind), async (name, slice) => whole(await store.named(kind, name), slice));
  return {
    artists: () => records(source, 'artists'),
    labels: () => records(source, 'labels'),
    masters: () => records(source, 'masters'),
    releases: () => records(source, 'releases'),
    'artist-releases': () =>
      lists(source.ids('artists'), ARTIST_ROWS, (id, slice) => store.artistReleases(id, STORED_SORT, slice)),
    'label-releases': () =>
      lists(source.ids('labels'), LABEL_ROWS, (id, slice) => store.labelReleases(id, slice)),
    'master-versions': () =>
      lists(source.ids('masters'), RELEASE_ROWS, async (id, slice) =>
        whole(await store.masterVersions(id), slice),
      ),
    barcodes: by('barcode'),
    catnos: by('catno'),
    matrices: by('matrix'),
    'artist-names': named('artists'),
    'label-names': named('labels'),
  };
}
