/** The name of an answer in the cache: everything that decides what Discogs would say. */
import type { Operation } from '../../catalog/operation.ts';
import type { CheckedInput } from '../../discogs/request.ts';
import { MARKUP } from '../../discogs/textFormat.ts';

/** Whose answer it is. */
export interface Scope {
  /** Label of the caller's key. */
  readonly key: string;
  /** A digest of the Discogs credential, never the credential; empty for anonymous calls. */
  readonly credential: string;
  /** Rises with each write of this owner, which leaves everything kept before out of reach. */
  readonly epoch: number;
}

/**
 * Database answers are shared by all callers with the same credential: Discogs leaves images out for anonymous ones, and
 * tells others which rows of a list are in their own collection, which a write of theirs changes. Personal answers are named by key and credential, and
 * cannot be reached with any other.
 */
export function cacheKey(
  operation: Operation,
  input: CheckedInput,
  { key, credential, epoch }: Scope,
): string {
  const user = operation.showsOwnership && epoch > 0 ? `${credential} ${epoch}` : credential;
  const shared = credential === '' ? 'anonymous' : `signed-in ${user}`;
  const owner = operation.personal ? `${key} ${credential} ${epoch}` : shared;
  const query = input.query.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const form = input.accept === undefined || input.accept === MARKUP ? [] : [input.accept];
  // Ids as they are sent: what Discogs says to 007 must not be shown to those who ask for 7.
  const path = Object.keys(operation.pathParameters).map((name) => input.path[name] ?? '');
  return JSON.stringify([operation.id, owner, path, query, ...form]);
}
