/** What a projection is given beside Discogs' answer. */
import type { Members } from '../../lib/looseJson.ts';

/** Chosen by the caller. */
export interface ProjectionOptions {
  /** Members that are left out unless they are asked for. */
  readonly fields: ReadonlySet<string>;
  /** Path values of the operation, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** Discogs' own answer says no currency beside `lowest_price`; it is that of the token's account, else USD. */
  readonly currency: string;
}

/** One record. */
export interface RecordProjection {
  readonly kind: 'record';
  /** Names that `fields` may have. */
  readonly extras: readonly string[];
  /** Those among them that no dump has: they cost a call to Discogs where there is a catalogue. */
  readonly live?: readonly string[];
  project(answer: Members, options: ProjectionOptions): Members;
}

/** One page of a list. */
export interface ListProjection {
  readonly kind: 'list';
  readonly extras: readonly string[];
  readonly live?: readonly string[];
  /** The member of Discogs' answer with the rows. */
  readonly rows: string;
  project(row: Members, options: ProjectionOptions): Members;
  /** What belongs to the whole list. */
  summary?(answer: Members, options: ProjectionOptions): Members;
  /** Combines rows of a page that are one thing. */
  merge?(rows: readonly Members[], query: Readonly<Record<string, string>>): readonly Members[];
}

export type Projection = RecordProjection | ListProjection;
