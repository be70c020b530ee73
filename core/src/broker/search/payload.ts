/** The answer of the broker's search, as it is sent and as it is kept. */
import * as z from 'zod/mini';
import type { Match } from './match.ts';
import type { SearchHit } from './searchAnswer.ts';

const WEB_BASE = 'https://www.discogs.com';

/** A record that is missing today may be entered tomorrow, and a guess should not outlive a listening session. */
export const LONGEST_UNSURE_SECONDS = 900;

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

/**
 * The rule that an answer was matched by: a new number for every change after which old answers must not be called exact
 * any more. The first rule, and the original, wrote none.
 */
const MATCHING_RULE = 2;
/** What another rule has decided is shown for as long as a guess. */
const LONGEST_OF_OTHER_RULES_MS = LONGEST_UNSURE_SECONDS * 1000;
const mark = z.object({ matching_rule: z.literal(MATCHING_RULE) });

/** A payload as it is stored: its JSON, and by which rule it was made. */
export const storedPayload = (payload: SearchPayload): string =>
  JSON.stringify({ ...payload, matching_rule: MATCHING_RULE });

/**
 * A stored payload with `cache_hit` true; `undefined` when the row is damaged, or too old for one of another rule, which
 * the caller treats as a miss.
 */
export function readStoredPayload(json: string, ageMs: number): SearchPayload | undefined {
  try {
    const row: unknown = JSON.parse(json);
    const stored = searchPayload.safeParse(row);
    if (!stored.success) return undefined;
    if (ageMs > LONGEST_OF_OTHER_RULES_MS && !mark.safeParse(row).success) return undefined;
    return { ...stored.data, cache_hit: true };
  } catch {
    return undefined;
  }
}
