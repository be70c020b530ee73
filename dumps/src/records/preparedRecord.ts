/** A record of a dump, ready for any store: the API's JSON and the facts that lists, look-ups and search are made from. */
import type {
  ArtistReleaseRow,
  MasterSummary,
  RecordKind,
  ReleaseSummary,
} from '@discogs-agent/core/catalogue';

/** What stores can keep; 0 stands for none. */
export const isRecordId = (id: number): boolean => id > 0 && id < 2 ** 32;

interface Facts<Kind extends RecordKind, Of> {
  readonly kind: Kind;
  readonly id: number;
  readonly facts: Of;
}

/**
 * An artist's part in a release. `trackinfo` has the titles of tracks; a credit of the whole release that the dump limits to
 * some tracks has their positions as the dump writes them: `A1, B2 to B4`.
 */
export interface Credit extends Pick<ArtistReleaseRow, 'role' | 'trackinfo'> {
  readonly artistId: number;
}

export interface ReleaseFacts {
  readonly summary: ReleaseSummary;
  /** One for each artist and role; an artist of the release itself has `Main`, of an unofficial one `UnofficialRelease`. */
  readonly credits: readonly Credit[];
  /** Labels, companies and series by which a list of releases of that label finds it. */
  readonly labels: readonly { readonly labelId: number; readonly catno: string }[];
  /** As printed. */
  readonly barcodes: readonly string[];
  readonly catnos: readonly string[];
  readonly matrices: readonly string[];
  /** Names and name variations of the release's artists, for search. */
  readonly artistNames: readonly string[];
  readonly labelNames: readonly string[];
  readonly tracks: readonly string[];
  readonly genres: readonly string[];
  readonly styles: readonly string[];
}

export interface MasterFacts {
  readonly summary: MasterSummary;
  readonly artistIds: readonly number[];
  readonly artistNames: readonly string[];
  readonly genres: readonly string[];
  readonly styles: readonly string[];
}

/** Of an artist or a label. */
export interface NameFacts {
  readonly name: string;
  /** Other names by which it is found. */
  readonly variations: readonly string[];
  /** Ids that the record refers to: aliases, members, groups; parent label and sublabels. */
  readonly references: readonly number[];
}

/** A record without its JSON. */
export type PreparedFacts =
  | Facts<'releases', ReleaseFacts>
  | Facts<'masters', MasterFacts>
  | Facts<'artists', NameFacts>
  | Facts<'labels', NameFacts>;

export type PreparedRecord = PreparedFacts & {
  /** As UTF-8, in the shape and order of the API, with addresses of `https://api.discogs.com`. */
  readonly json: Uint8Array;
};
