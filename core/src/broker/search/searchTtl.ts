/** How long an answer is kept. Pure. */
import { LONGEST_UNSURE_SECONDS, type SearchPayload } from './payload.ts';

/** Seconds for which a payload may be shown again; `configuredSeconds` is `SEARCH_CACHE_TTL_SECONDS`. */
export const searchTtlSeconds = ({ match_quality }: SearchPayload, configuredSeconds: number): number =>
  match_quality === 'exact' ? configuredSeconds : Math.min(configuredSeconds, LONGEST_UNSURE_SECONDS);
