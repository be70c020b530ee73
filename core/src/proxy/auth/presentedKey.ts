/** Where a request may carry the client key: `x-api-key`, a bearer token, or one of Discogs' own forms. */
import type { Call } from '../../lib/call.ts';
import { parseQuery } from '../validation/parseQuery.ts';

/** The key of a request, or why it has none that can be checked. */
export type PresentedKey =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'none'; readonly message: string };

/** Discogs' name for a token in a query. @see https://www.discogs.com/developers#page:authentication */
export const QUERY_KEY = 'token';

const HOW =
  'in the header x-api-key, or as Authorization: Bearer <key> or Authorization: Discogs token=<key>';
const none = (message: string): PresentedKey => ({ kind: 'none', message });

const MISSING = `No client key was sent. Send it ${HOW}.`;
const QUERY_IS_OFF = `This gateway takes no key in the query; its owner can set ALLOW_KEY_IN_QUERY. Send it ${HOW}.`;
const APPLICATION_KEY = `This gateway takes its own client key, not the key and secret of a Discogs application. Send it ${HOW}.`;
const SEVERAL = `The request carries two different client keys. Send one, ${HOW}.`;

/** RFC 6750 for bearer tokens, Discogs' documentation for its own form. */
const AUTHORIZATION = /^(?:Bearer +|Discogs +token=)(\S+)\s*$/i;
/** Everything else that begins with Discogs' scheme, `Discogs key=…, secret=…` for example. */
const OTHER_DISCOGS = /^Discogs +(?! |token=)/i;

/** Most queries have no such name, and are not parsed twice. */
const queryKeys = ({ query }: Call): readonly string[] =>
  query.includes(QUERY_KEY)
    ? (parseQuery(query) ?? []).flatMap(([name, value]) =>
        name === QUERY_KEY && value !== '' ? [value] : [],
      )
    : [];

/**
 * The same request with its key in `x-api-key` alone and none in the query: for entry points that make queries of their
 * own. One without a key, or with two, stays as it is, and is refused later.
 */
export function keyInHeader(call: Call): Call {
  if (queryKeys(call).length === 0) return call;
  const presented = presentedKey(call, true);
  if (presented.kind === 'none') return call;
  const isOther = (pair: string): boolean => parseQuery(pair)?.[0]?.[0] !== QUERY_KEY;
  return {
    ...call,
    query: call.query.split('&').filter(isOther).join('&'),
    header: (name) =>
      name === 'x-api-key' ? presented.key : name === 'authorization' ? undefined : call.header(name),
  };
}

/** Finds the key. A repeated key counts once. */
export function presentedKey(call: Call, allowKeyInQuery: boolean): PresentedKey {
  const authorization = call.header('authorization') ?? '';
  if (OTHER_DISCOGS.test(authorization)) return none(APPLICATION_KEY);
  const inQuery = queryKeys(call);
  const all = [
    call.header('x-api-key')?.trim() ?? '',
    AUTHORIZATION.exec(authorization)?.[1] ?? '',
    ...(allowKeyInQuery ? inQuery : []),
  ];
  const [key, ...others] = new Set(all.filter((candidate) => candidate !== ''));
  if (others.length > 0) return none(SEVERAL);
  if (key !== undefined) return { kind: 'key', key };
  return none(inQuery.length > 0 && !allowKeyInQuery ? QUERY_IS_OFF : MISSING);
}
