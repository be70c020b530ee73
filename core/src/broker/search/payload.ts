/** The answer of the broker's search, as it is sent and as it is kept. */
import * as z from 'zod/mini';
import type { Match } from './match.ts';
import type { SearchHit } from './searchAnswer.ts';

const WEB_BASE = 'https://www.discogs.com';

const searchResult = z.object({
  title: z.string(),
  year: z.string(),
  label: z.string(),
  genres: z.array(z.string()),
  styles: z.array(z.string()),
  url: z.string(),
  fuzzy_match: z.boolean(),
  cover_image: z.optional(z.string()),
});

const searchPayload = z
  .object({
    result: z.nullable(searchResult),
    match_quality: z.enum(['exact', 'fuzzy', 'none']),
    cache_hit: z.boolean(),
  })
  .check(
    z.refine(({ result, match_quality }) =>
      result === null ? match_quality === 'none' : match_quality === (result.fuzzy_match ? 'fuzzy' : 'exact'),
    ),
  );

/** The record shown. Texts are `''` and lists `[]` where unknown; `cover_image` is absent without a cover. */
export type SearchResult = z.infer<typeof searchResult>;

/** `result` is null exactly with `none`, `fuzzy_match` true exactly with `fuzzy`. */
export type SearchPayload = z.infer<typeof searchPayload>;

/** Search rows carry a path; anything that would lead away from Discogs is left out. */
function pageUrl(uri: string): string {
  if (uri.startsWith(`${WEB_BASE}/`)) return uri;
  return uri.startsWith('/') ? `${WEB_BASE}${uri}` : '';
}

/** Anonymous callers get no image address, records without a picture that of a placeholder. */
const isCover = (address: string): boolean =>
  /^https?:\/\//u.test(address) && !address.endsWith('/spacer.gif');

function toResult(hit: SearchHit, fuzzy: boolean): SearchResult {
  return {
    title: hit.title,
    year: hit.year,
    label: hit.label[0] ?? '',
    genres: hit.genre,
    styles: hit.style,
    url: pageUrl(hit.uri),
    fuzzy_match: fuzzy,
    ...(isCover(hit.cover_image) ? { cover_image: hit.cover_image } : {}),
  };
}

/** The payload for a match that was just made. */
export function toPayload(match: Match): SearchPayload {
  const result = match.quality === 'none' ? null : toResult(match.hit, match.quality === 'fuzzy');
  return { result, match_quality: match.quality, cache_hit: false };
}

/** A kept payload with `cache_hit` true; `undefined` when the row is damaged, which the caller treats as a miss. */
export function readStoredPayload(json: string): SearchPayload | undefined {
  try {
    const stored = searchPayload.safeParse(JSON.parse(json));
    return stored.success ? { ...stored.data, cache_hit: true } : undefined;
  } catch {
    return undefined;
  }
}
