/** The request that Discogs gets: controlled headers, encoded path, listed query parameters. */
import type { Operation } from '../catalog/operation.ts';

/** Checked path and query values, decoded. */
export interface CheckedInput {
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly body: Uint8Array | undefined;
  readonly contentType: string | undefined;
  /** The media type of Discogs that the caller prefers to JSON; see `textFormat`. */
  readonly accept?: string | undefined;
}

/** What goes to Discogs. `pathAndQuery` starts with a slash and is percent-encoded. */
export interface DiscogsRequest {
  readonly method: string;
  readonly pathAndQuery: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  /** The `Authorization` of one attempt, for users whose requests are signed: a nonce counts once. */
  readonly sign?: (() => Promise<string>) | undefined;
  /** Why it is sent, for observers. Never sent itself; absent where nobody observes. */
  readonly origin?: { readonly operation: Operation; readonly traceId: string };
}

/** The path of an operation with each value percent-encoded as one segment. */
export function discogsPath(operation: Operation, values: Readonly<Record<string, string>>): string {
  let path = operation.path;
  for (const name of Object.keys(operation.pathParameters)) {
    // An encoded value has no braces and no dollar sign, which would mean something here.
    path = path.replace(`{${name}}`, encodeURIComponent(values[name] ?? ''));
  }
  return path;
}

/**
 * Builds the request. Nothing of the caller's headers is passed on but the Content-Type of a body and Discogs' own
 * media types in Accept.
 * @see https://www.discogs.com/developers#page:authentication,header:authentication-discogs-auth-flow
 */
export function discogsRequest(
  operation: Operation,
  input: CheckedInput,
  userAgent: string,
  token: string | undefined,
): DiscogsRequest {
  const query = input.query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const path = discogsPath(operation, input.path);
  return {
    method: operation.method,
    pathAndQuery: query === '' ? path : `${path}?${query}`,
    headers: {
      'user-agent': userAgent,
      accept: operation.reply.mediaType ?? input.accept ?? 'application/json',
      ...(token === undefined ? {} : { authorization: `Discogs token=${token}` }),
      ...(input.body === undefined ? {} : { 'content-type': input.contentType ?? 'application/json' }),
    },
    body: input.body,
  };
}
