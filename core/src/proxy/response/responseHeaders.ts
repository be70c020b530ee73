/** Headers of the gateway's own answers. */
import type { Operation } from '../../catalog/operation.ts';
import { rewriteAddress, rewriteLinkHeader } from '../../discogs/links.ts';
import { isPrintable } from '../../discogs/printable.ts';
import { retryAfterSeconds } from '../../discogs/retry.ts';
import { ttlSeconds } from '../../upstream/cache/freshness.ts';
import type { Allowance, WindowView } from '../../upstream/ratelimit/limiterTypes.ts';
import type { UpstreamResult } from '../../upstream/upstreamRequest.ts';

/** A key and the form of texts decide what is answered, so a cache between us and the caller must look at them. */
export const VARY = 'x-api-key, authorization, accept';

/** Paging and waiting time of Discogs' answer, on success and on errors alike. */
export function forwardedHeaders(
  result: UpstreamResult['result'],
  origins: readonly string[],
  baseUrl: string,
  nowMs: number,
): Record<string, string> {
  const header = 'header' in result ? result.header : undefined;
  const link = header?.('link');
  const retryAfter = retryAfterSeconds(header?.('retry-after'), nowMs);
  return {
    ...(link ? { link: rewriteLinkHeader(link, origins, baseUrl) } : {}),
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  };
}

/** What the operation promises beside the body: `Location`, `Last-Modified`, `Content-Disposition`. */
export function replyHeaders(
  { reply }: Operation,
  result: UpstreamResult['result'],
  origins: readonly string[],
  baseUrl: string,
): Record<string, string> {
  const header = 'header' in result ? result.header : undefined;
  const found = (reply.headers ?? []).flatMap((documented) => {
    const name = documented.toLowerCase();
    const value = header?.(name);
    if (value === undefined || !isPrintable(value)) return [];
    return [[name, documented === 'Location' ? rewriteAddress(value, origins, baseUrl) : value]];
  });
  return Object.fromEntries(found);
}

/** The window as it is now for this caller, whatever the answer's own headers said when it was sent. */
export const windowHeaders = (
  { limit, used }: WindowView,
  { remaining, resetSeconds }: Allowance,
): Record<string, string> => ({
  'x-discogs-ratelimit': String(limit),
  'x-discogs-ratelimit-used': String(used),
  'x-discogs-ratelimit-remaining': String(remaining),
  'x-discogs-ratelimit-reset': String(resetSeconds),
});

/** Where the answer to a read came from, and how old it is. */
export function cacheHeaders(
  { effect }: Operation,
  { cache, ageSeconds }: UpstreamResult,
): Record<string, string> {
  if (effect !== 'read') return {};
  const age = cache === 'hit' || cache === 'stale' ? { age: String(Math.floor(ageSeconds)) } : {};
  return { 'x-cache': cache, ...age };
}

/** How long the caller may keep a good answer. A user's own data is never kept anywhere. */
export function cacheControl(operation: Operation, ageSeconds: number, longestSeconds: number): string {
  const { effect, personal, cacheSeconds } = operation;
  if (effect !== 'read' || personal || cacheSeconds === 0) return 'private, no-store';
  const left = Math.floor(ttlSeconds(operation, 200, longestSeconds) - ageSeconds);
  return `private, max-age=${Math.max(0, left)}`;
}
