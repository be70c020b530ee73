/** What the proxy knows of a catalogue: types only, so that a gateway without one loads nothing of it. */
import type { Operation } from '../catalog/operation.ts';
import type { CheckedInput } from '../discogs/request.ts';
import type { StoreAnswer } from './answerFrom.ts';
import type { CatalogueInfo } from './catalogueStore.ts';

/** An answer of a month's dump; or the store cannot be read now. */
export type CatalogueAnswer =
  | (StoreAnswer & { readonly date: string })
  | { readonly kind: 'unavailable'; readonly message: string; readonly fix: string };

/** For the status. */
export type CatalogueStatus =
  | ({ readonly state: 'ready' } & CatalogueInfo)
  | { readonly state: 'unavailable'; readonly message: string; readonly fix: string };

/** Records of Discogs' monthly dumps. Its methods do not reject. */
export interface Catalogue {
  /** Answers within `leftMs`; `unanswerable` for an operation that is not one of `CATALOGUE_OPERATIONS`. */
  answer(operation: Operation, input: CheckedInput, leftMs: number): Promise<CatalogueAnswer>;
  /** The day of the dump that is served now; undefined where that cannot be read. */
  date(leftMs: number): Promise<string | undefined>;
  status(): Promise<CatalogueStatus>;
}
