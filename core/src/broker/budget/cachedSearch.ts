/** A search's payload as it is kept: the JSON of the original's table, so that its rows stay readable both ways. */
import type { SharedCodec } from '../../upstream/cache/answerCodec.ts';
import { readStoredPayload, type SearchPayload, searchTtlSeconds, storedPayload } from '../search/index.ts';

/** A payload, and when Discogs answered (ms since 1970). */
export interface CachedSearch {
  readonly payload: SearchPayload;
  readonly storedAt: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The codec; `cacheSeconds` is `SEARCH_CACHE_TTL_SECONDS`. A damaged row is a miss. */
export const searchCodec = (cacheSeconds: number): SharedCodec<CachedSearch> => ({
  encode: async ({ payload }) => encoder.encode(storedPayload(payload)),
  async decode(bytes, sincePutMs, now) {
    const payload = readStoredPayload(decoder.decode(bytes), sincePutMs);
    return payload && { payload, storedAt: now - sincePutMs };
  },
  keepMs: ({ payload }) => searchTtlSeconds(payload, cacheSeconds) * 1000,
});
