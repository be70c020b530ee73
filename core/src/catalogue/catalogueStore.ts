/**
 * What a store of Discogs' monthly data dumps can be asked: one interface for the SQLite file and for the pack in Blob
 * storage. Stores return facts; the shapes of the API's answers are made from them here in the core.
 */

/** The four files of a month. */
export const RECORD_KINDS = ['artists', 'labels', 'masters', 'releases'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** The month that is served. */
export interface CatalogueInfo {
  /** The day in the names of the files, for example `2026-10-01`. */
  readonly date: string;
  readonly counts: Readonly<Record<RecordKind, number>>;
}

/** One release as lists show it. Unknown texts are empty, an unknown year is 0. */
export interface ReleaseSummary {
  readonly id: number;
  readonly title: string;
  /** The artists' names with their joins, as Discogs' lists write them. */
  readonly artist: string;
  readonly year: number;
  /** As the dump has it: `1999-03-00`, `1999`. */
  readonly released: string;
  readonly country: string;
  /** Descriptions and text of the formats: `12", 33 ⅓ RPM, Album`. */
  readonly format: string;
  /** Names of the formats: `Vinyl`. */
  readonly majorFormats: readonly string[];
  /** Of the first label. */
  readonly label: string;
  readonly catno: string;
  /** 0 for a release without a master. */
  readonly masterId: number;
}

/** A row of an artist's releases. A master stands for its versions where the artist is its main artist. */
export type ArtistReleaseRow = {
  /** `Main`, `Appearance`, `TrackAppearance`, `UnofficialRelease`, or a credit such as `Producer`. */
  readonly role: string;
  /** Titles of the tracks that the credit is about; empty for the whole release. */
  readonly trackinfo: string;
} & (
  | { readonly kind: 'release'; readonly release: ReleaseSummary }
  | { readonly kind: 'master'; readonly master: MasterSummary }
);

/** One master as lists show it. */
export interface MasterSummary {
  readonly id: number;
  readonly title: string;
  readonly artist: string;
  readonly year: number;
  readonly mainRelease: number;
}

/** A row of a label's releases: the catalogue number is the one on this label. */
export interface LabelReleaseRow {
  readonly catno: string;
  readonly release: ReleaseSummary;
}

/** Which rows, counted from 0. */
export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

/** Rows of a slice, and how many there are in all. */
export interface Rows<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

/** A sort order of Discogs' lists. */
export interface Sort {
  /** One of the keys of the operation's `sort` parameter. */
  readonly by: string;
  readonly order: 'asc' | 'desc';
}

/** A free search. Every given member must match; values are as callers wrote them. */
export interface CatalogueSearch {
  readonly kind?: RecordKind;
  readonly q?: string;
  readonly artist?: string;
  readonly title?: string;
  readonly track?: string;
  readonly label?: string;
  readonly catno?: string;
  readonly barcode?: string;
  readonly genre?: string;
  readonly style?: string;
  readonly country?: string;
  readonly format?: string;
  /** A year, or a range: `1990-1995`. */
  readonly year?: string;
}

/** A record that a search found; the best first. */
export interface SearchHit {
  readonly kind: RecordKind;
  readonly id: number;
}

/** What is printed on a record. */
export type Identifier = 'barcode' | 'catno' | 'matrix';

/**
 * A store, opened for reading. A method answers `undefined` for what this store cannot answer at all: the caller then asks
 * Discogs. It rejects with {@link CatalogueUnavailable} where the store is away or damaged.
 */
export interface CatalogueStore {
  info(): Promise<CatalogueInfo>;
  /** The record as the API's JSON, with addresses of `https://api.discogs.com`, in UTF-8; undefined: not in the dump. */
  record(kind: RecordKind, id: number): Promise<Uint8Array | undefined>;
  artistReleases(artistId: number, sort: Sort, slice: Slice): Promise<Rows<ArtistReleaseRow> | undefined>;
  labelReleases(labelId: number, slice: Slice): Promise<Rows<LabelReleaseRow> | undefined>;
  /** All of them, in the order of release; undefined beyond 10,000. */
  masterVersions(masterId: number): Promise<readonly ReleaseSummary[] | undefined>;
  /** Ids of releases by the key of what is printed on them, made by `identifierKey.ts`. */
  releasesBy(identifier: Identifier, key: string, slice: Slice): Promise<Rows<number> | undefined>;
  /** Ids of artists or labels by the key of a name or name variation, made by `nameKey.ts`. */
  named(kind: 'artists' | 'labels', key: string): Promise<readonly number[] | undefined>;
  /** The total may count no more than 1,000 hits of a kind. */
  search(search: CatalogueSearch, slice: Slice): Promise<Rows<SearchHit> | undefined>;
  close(): Promise<void>;
}

/** The store cannot be read now: absent, damaged, throttled, of another format. */
export class CatalogueUnavailable extends Error {
  /** For the log and the status page: what to do about it. */
  readonly fix: string;
  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CatalogueUnavailable';
    this.fix = fix;
  }
}
