/** How long an answer is kept. Pure. */
import type { SearchPayload } from './payload.ts';

/** A record that is missing today may be entered tomorrow, and a guess should not outlive a listening session. */
export const LONGEST_UNSURE_SECONDS = 900;

/** Seconds for which a payload may be shown again; `configuredSeconds` is `SEARCH_CACHE_TTL_SECONDS`. */
export const searchKeepSeconds = ({ match_quality }: SearchPayload, configuredSeconds: number): number =>
  match_quality === 'exact' ? configuredSeconds : Math.min(configuredSeconds, LONGEST_UNSURE_SECONDS);
