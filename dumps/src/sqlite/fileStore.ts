/** A catalogue in one file. A look-up takes about a tenth of a millisecond and is synchronous; a search is not. */
import type { DatabaseSync } from 'node:sqlite';
import {
  type ArtistReleaseRow,
  barcodeKeys,
  type CatalogueInfo,
  type CatalogueSearch,
  type Identifier,
  keyHash,
  type LabelReleaseRow,
  type MasterSummary,
  type RecordKind,
  type ReleaseSummary,
  type Rows,
  type SearchHit,
  type Slice,
  type Sort,
} from '@discogs-agent/core/catalogue';
import { artistRows } from './artistList.ts';
import { idsIn } from './buckets.ts';
import { fileSearch } from './fileSearch.ts';
import { NAMESPACES, type Namespace, shiftOf } from './format.ts';
import type { ListEntry } from './listEntries.ts';
import { listReader } from './listReader.ts';
import { readMeta } from './meta.ts';
import { openFile } from './openFile.ts';
import { bytes, number, text } from './readings.ts';
import { decodeRecord } from './recordCodec.ts';
import { decodeCatno, decodeCredit, decodeMaster, decodeRelease } from './summaries.ts';
import { mapKinds } from './writerState.ts';

/** `CatalogueStore` with promises for searches only. It throws what SQLite throws. */
export interface FileStore {
  readonly info: CatalogueInfo;
  record(kind: RecordKind, id: number): Uint8Array | undefined;
  artistReleases(artistId: number, sort: Sort, slice: Slice): Rows<ArtistReleaseRow> | undefined;
  labelReleases(labelId: number, slice: Slice): Rows<LabelReleaseRow>;
  masterVersions(masterId: number): readonly ReleaseSummary[] | undefined;
  releasesBy(identifier: Identifier, key: string, slice: Slice): Rows<number>;
  named(kind: 'artists' | 'labels', key: string): readonly number[];
  search(search: CatalogueSearch, slice: Slice): Promise<Rows<SearchHit> | undefined>;
  readonly db: DatabaseSync;
  /** At once, or after the searches that are under way. */
  close(): void;
}

/** Beyond these a master's versions are asked of Discogs. */
const MAX_VERSIONS = 10_000;
const MAX_ID = 2 ** 32;

const isId = (id: number): boolean => Number.isInteger(id) && id >= 0 && id < MAX_ID;
const sliced = (rows: readonly number[], { offset, limit }: Slice): Rows<number> => ({
  total: rows.length,
  rows: rows.slice(offset, offset + limit),
});

function lookups(db: DatabaseSync): (namespace: Namespace, key: string) => readonly number[] {
  const shifts = new Map(
    NAMESPACES.map((namespace) => [namespace, Number(readMeta(db, shiftOf(namespace)))]),
  );
  const bucket = db.prepare('SELECT entries FROM lookups WHERE namespace = ? AND bucket = ?');
  return (namespace, key) => {
    if (key === '') return [];
    const hash = keyHash(namespace, key);
    const row = bucket.get(namespace, hash.high >>> (shifts.get(namespace) ?? 0));
    return row === undefined ? [] : idsIn(bytes(row, 'entries'), hash);
  };
}

/** Opens it; throws `CatalogueUnavailable` for a file that is no whole catalogue. */
export function openFileStore(path: string): FileStore {
  const { db, info } = openFile(path);
  const records = mapKinds((kind) =>
    db.prepare(
      `SELECT records.size, records.data FROM ${kind}_ids AS ids JOIN ${kind}_records AS records` +
        ' ON records.position = ids.position WHERE ids.id = ?',
    ),
  );
  const rows = mapKinds((kind) => db.prepare(`SELECT id, summary FROM ${kind} WHERE position = ?`));
  const credits = db.prepare('SELECT credits AS texts FROM credits WHERE position = ?');
  const catnos = db.prepare('SELECT catnos AS texts FROM catnos WHERE position = ?');
  const artists = listReader(db, 'artist_releases');
  const labels = listReader(db, 'label_releases');
  const masters = listReader(db, 'master_versions');
  const ids = lookups(db);
  const searchFile = fileSearch(db, idsBy);
  let searches = 0;
  let isClosing = false;

  function one(statement: typeof credits, position: number) {
    const row = statement.get(position);
    if (row === undefined) throw new Error(`position ${position} of a list is not in the file`);
    return row;
  }
  function release(position: number): ReleaseSummary {
    const row = one(rows.releases, position);
    return decodeRelease(number(row, 'id'), text(row, 'summary'));
  }
  function master(position: number): MasterSummary {
    const row = one(rows.masters, position);
    return decodeMaster(number(row, 'id'), text(row, 'summary'));
  }
  function artistRow({ isMaster, position, detail }: ListEntry): ArtistReleaseRow {
    if (isMaster) return { kind: 'master', role: 'Main', trackinfo: '', master: master(position) };
    const credit =
      detail === 0
        ? { role: 'Main', trackinfo: '' }
        : decodeCredit(text(one(credits, position), 'texts'), detail);
    return { kind: 'release', ...credit, release: release(position) };
  }
  function labelRow({ position, detail }: ListEntry): LabelReleaseRow {
    const found = release(position);
    const catno = detail === 0 ? found.catno : decodeCatno(text(one(catnos, position), 'texts'), detail);
    return { catno, release: found };
  }
  function idsBy(identifier: Identifier, key: string): readonly number[] {
    if (identifier !== 'barcode' || key === '') return ids(identifier, key);
    return [...new Set(barcodeKeys(key).flatMap((each) => ids('barcode', each)))];
  }

  return {
    info,
    db,
    record(kind, id) {
      const row = isId(id) ? records[kind].get(id) : undefined;
      return row && decodeRecord(bytes(row, 'data'), number(row, 'size'));
    },
    artistReleases(artistId, sort, slice) {
      if (!isId(artistId)) return { total: 0, rows: [] };
      return artistRows(artists, artistId, sort, slice, artistRow);
    },
    labelReleases(labelId, slice) {
      const [{ total } = { total: 0 }] = isId(labelId) ? labels.parts(labelId) : [];
      return { total, rows: total === 0 ? [] : labels.slice(labelId, 0, slice).map(labelRow) };
    },
    masterVersions(masterId) {
      const [{ total } = { total: 0 }] = isId(masterId) ? masters.parts(masterId) : [];
      if (total > MAX_VERSIONS) return undefined;
      const entries = total === 0 ? [] : masters.slice(masterId, 0, { offset: 0, limit: total });
      return entries.map(({ position }) => release(position));
    },
    releasesBy: (identifier, key, slice) => sliced(idsBy(identifier, key), slice),
    named: (kind, key) => ids(kind, key),
    async search(search, slice) {
      searches += 1;
      try {
        return await searchFile(search, slice);
      } finally {
        searches -= 1;
        if (isClosing && searches === 0) db.close();
      }
    },
    close() {
      isClosing = true;
      if (searches === 0) db.close();
    },
  };
}
