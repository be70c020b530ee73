/**
 * What the platform's CORS leaves to us. It answers preflights and sets `Access-Control-Allow-Origin`; it never names the
 * headers that a page may read.
 */

/** Beyond those that every page may read, such as `Cache-Control`. */
const EXPOSED = [
  'X-Discogs-Ratelimit',
  'X-Discogs-Ratelimit-Used',
  'X-Discogs-Ratelimit-Remaining',
  'X-Discogs-Ratelimit-Reset',
  'X-Cache',
  'X-Discogs-Source',
  'X-Catalogue-Date',
  'Age',
  'Retry-After',
  'Link',
  'ETag',
  'Allow',
  'X-Ignored-Parameters',
  'WWW-Authenticate',
  'X-Trace-Id',
  'X-Client-Trace-Id',
  'X-Operation-Hash',
].join(', ');

/** Added to `headers` where pages of `allowed` origins may call; nothing where none may. */
export function corsHeaders(
  headers: Readonly<Record<string, string>>,
  allowed: readonly string[],
  origin: string | undefined,
): Readonly<Record<string, string>> {
  if (allowed.length === 0) return {};
  const vary = [headers['vary'], 'Origin'].filter((value) => value !== undefined).join(', ');
  const isAllowed = origin !== undefined && allowed.includes(origin);
  return { vary, ...(isAllowed ? { 'access-control-expose-headers': EXPOSED } : {}) };
}
