/**
 * Who is calling, judged by the four ways Discogs accepts a token or a key with its secret.
 * @see https://www.discogs.com/developers#page:authentication
 */
import {
  SANDBOX_CONSUMER_KEY,
  SANDBOX_CONSUMER_SECRET,
  SANDBOX_TOKEN,
  SANDBOX_USERNAME,
} from '../accounts.ts';
import { unknownKey, unknownToken } from './errors.ts';
import type { Reply } from './reply.ts';

export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'application' }
  | { readonly kind: 'user'; readonly username: string };

/** `claimed`: a credential was sent, good or bad. The rate tier follows the claim. */
export type Judgement = { readonly claimed: boolean } & (
  | { readonly caller: Caller }
  | { readonly refusal: Reply }
);

const PAIR = /([a-z]+)\s*=\s*"?([^",\s]*)"?/gi;

/** A header without the scheme `Discogs` counts as no credential at all. */
function sentInHeader(authorization: string | undefined): Map<string, string> {
  if (authorization === undefined || !/^discogs\s/i.test(authorization)) return new Map();
  const pairs = [...authorization.slice('discogs'.length).matchAll(PAIR)];
  return new Map(pairs.map(([, name = '', value = '']) => [name.toLowerCase(), value]));
}

export function judgeCaller(authorization: string | undefined, query: URLSearchParams): Judgement {
  const header = sentInHeader(authorization);
  const sent = (name: string): string | null => header.get(name) ?? query.get(name);
  const token = sent('token');
  if (token !== null) {
    if (token !== SANDBOX_TOKEN) return { claimed: true, refusal: unknownToken() };
    return { claimed: true, caller: { kind: 'user', username: SANDBOX_USERNAME } };
  }
  const key = sent('key');
  const secret = sent('secret');
  if (key === null && secret === null) return { claimed: false, caller: { kind: 'anonymous' } };
  if (key !== SANDBOX_CONSUMER_KEY || secret !== SANDBOX_CONSUMER_SECRET) {
    return { claimed: true, refusal: unknownKey() };
  }
  return { claimed: true, caller: { kind: 'application' } };
}
