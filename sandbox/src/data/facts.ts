/**
 * The compact form in which this sandbox writes down what it knows about records.
 *
 * Real, as far as memory goes and not checked against Discogs: artists, titles, years, countries, labels, catalogue numbers, formats, genres, styles, track lists.
 * Composed: every id at or above {@link COMPOSED_ID_MIN}, have/want counts, ratings, prices, weights, dates of
 * editing, image addresses and signatures, profile texts marked as such, and everything about the two users.
 */

/** Ids from here up were invented for the sandbox; ids below are meant to be Discogs' own. */
export const COMPOSED_ID_MIN = 900_000_000;

/** A name, or two names with the join word between them: `['Stan Getz', '/', 'João Gilberto']`. */
export type Byline = string | readonly [first: string, join: string, second: string];

export interface VideoFacts {
  readonly uri: string;
  readonly title: string;
  readonly seconds: number;
}

/** What only some pressings have. `companies` are `'<entity type> <role>: <name>'`. */
export interface VersionExtra {
  readonly id?: number;
  readonly barcode?: string;
  readonly matrix?: string;
  readonly notes?: string;
  readonly companies?: readonly string[];
  readonly videos?: readonly VideoFacts[];
}

/** One pressing. `format` reads `'2xVinyl: LP, Album'`; `released` may be partial (`1987`, `2017-07-00`). */
export type VersionRow = readonly [
  released: string,
  country: string,
  format: string,
  label: string,
  catno: string,
  extra?: VersionExtra,
];

/** One album or single with its pressings; the first is the main release of the master. */
export interface AlbumFacts {
  readonly by: Byline;
  readonly title: string;
  /** Discogs' master id where known; `'none'` for a release that belongs to no master; composed when absent. */
  readonly master?: number | 'none';
  readonly genres: readonly string[];
  readonly styles: readonly string[];
  /** One line per row, see `catalogue/tracklist.ts` for the notation. */
  readonly tracks: string;
  /** Lines `Role: Name` or `Role: Name = Name as printed`. */
  readonly credits?: string;
  readonly versions: readonly VersionRow[];
}

export interface ArtistFacts {
  readonly name: string;
  readonly id?: number;
  readonly realname?: string;
  readonly profile?: string;
  readonly urls?: readonly string[];
  readonly namevariations?: readonly string[];
  readonly aliases?: readonly string[];
  /** A leading `-` marks somebody who has left. */
  readonly members?: readonly string[];
}

export interface LabelFacts {
  readonly name: string;
  readonly id?: number;
  readonly profile?: string;
  readonly contact?: string;
  readonly urls?: readonly string[];
  readonly parent?: string;
}
