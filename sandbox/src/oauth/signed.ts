/**
 * The OAuth parameters of a request and the text that its signature must cover.
 * Written apart from the signer in `core`, by other means, so that each checks the other.
 * @see https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1
 */

type Pair = readonly [name: string, value: string];

export interface SignedRequest {
  /** The value of a protocol parameter; null when it is absent. */
  get(name: string): string | null;
  /** True when a protocol parameter came twice, or escapes are broken. */
  readonly malformed: boolean;
  readonly baseString: string;
}

export interface Received {
  readonly method: string;
  /** As it arrived, with query. */
  readonly target: string;
  readonly host: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Buffer;
}

const SCHEME = /^oauth\s/i;
const HEADER_PAIR = /([^\s,="]+)="([^"]*)"/g;
const PROTOCOL = /^oauth_/;
const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i;

/** RFC 3986 leaves fewer characters alone than `encodeURIComponent`. */
export const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** True when the credentials are OAuth's, good or bad. */
export const claimsOAuth = (authorization: string | undefined): boolean => SCHEME.test(authorization ?? '');

/** Undefined when an escape is broken. */
function headerPairs(authorization: string | undefined): Pair[] | undefined {
  if (!claimsOAuth(authorization)) return [];
  try {
    return [...(authorization ?? '').matchAll(HEADER_PAIR)]
      .map(([, name = '', value = '']): Pair => [decodeURIComponent(name), decodeURIComponent(value)])
      .filter(([name]) => name !== 'realm');
  } catch {
    return undefined;
  }
}

const sortedQuery = (pairs: readonly Pair[]): string =>
  pairs
    .map(([name, value]) => ({ name: escaped(name), value: escaped(value) }))
    .toSorted(
      (a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)) || (a.value < b.value ? -1 : 1),
    )
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');

export function readSigned({
  method,
  target,
  host,
  authorization,
  contentType,
  body,
}: Received): SignedRequest {
  const [path = '', query = ''] = target.split('?', 2);
  const fromHeader = headerPairs(authorization);
  const form = FORM.test(contentType ?? '') ? [...new URLSearchParams(body.toString('utf8'))] : [];
  const pairs = [...(fromHeader ?? []), ...new URLSearchParams(query), ...form];
  const protocol = pairs.filter(([name]) => PROTOCOL.test(name));
  const values = new Map(protocol);
  const covered = pairs.filter(([name]) => name !== 'oauth_signature');
  const uri = `http://${host.toLowerCase().replace(/:80$/, '')}${path}`;
  return {
    get: (name) => values.get(name) ?? null,
    malformed: fromHeader === undefined || values.size < protocol.length,
    baseString: [method, uri, sortedQuery(covered)].map(escaped).join('&'),
  };
}
