/** Headers of the gateway's own answers. */
import type { Operation } from '../catalog/operation.ts';
import type { FetchedAnswer, FetchFailure } from '../discogs/fetcher.ts';
import { rewriteLinkHeader } from './rewriteLinks.ts';

/** Sent back from Discogs where it sends them; the reset header is one that only the gateway may know. */
const FORWARDED = [
  'x-discogs-ratelimit',
  'x-discogs-ratelimit-used',
  'x-discogs-ratelimit-remaining',
  'x-discogs-ratelimit-reset',
  'retry-after',
] as const;

/** A key decides what is answered, so a shared cache between us and the caller must look at it. */
export const VARY = 'x-api-key, authorization';

/** Rate limit, paging and waiting time of Discogs' answer, on success and on errors alike. */
export function forwardedHeaders(
  result: FetchedAnswer | FetchFailure,
  origins: readonly string[],
  baseUrl: string,
): Record<string, string> {
  const headers: Record<string, string> = {};
  const { header } = result;
  if (header === undefined) return headers;
  for (const name of FORWARDED) {
    const value = header(name);
    if (value) headers[name] = value;
  }
  const link = header('link');
  if (link) headers['link'] = rewriteLinkHeader(link, origins, baseUrl);
  return headers;
}

/** How long the caller may keep a good answer. A user's own data is never kept anywhere. */
export function cacheControl({ effect, personal, keepSeconds }: Operation): string {
  return effect === 'read' && !personal && keepSeconds > 0
    ? `private, max-age=${keepSeconds}`
    : 'private, no-store';
}
