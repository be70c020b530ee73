/**
 * Discogs' moving window. It counts per source address, so here one window serves everybody.
 * @see https://www.discogs.com/developers#page:home,header:home-rate-limiting
 */

const WINDOW_MS = 60_000;
/** Forget spent entries in blocks: a benchmark puts hundreds of thousands into one window. */
const COMPACT_AT = 10_000;

export interface RateWindow {
  /** Counts a request and tells how many came in the 60 s before it. */
  arrive(): number;
  clear(): void;
}

export function createRateWindow(now: () => number): RateWindow {
  let arrivals: number[] = [];
  let oldest = 0;
  return {
    arrive() {
      const at = now();
      while (oldest < arrivals.length && (arrivals[oldest] ?? at) <= at - WINDOW_MS) oldest++;
      if (oldest > COMPACT_AT) {
        arrivals = arrivals.slice(oldest);
        oldest = 0;
      }
      arrivals.push(at);
      return arrivals.length - 1 - oldest;
    },
    clear() {
      arrivals = [];
      oldest = 0;
    },
  };
}

/** The three headers; they describe the window as it was before the current request. */
export const rateHeaders = (limit: number, used: number): Record<string, string> => ({
  'X-Discogs-Ratelimit': String(limit),
  'X-Discogs-Ratelimit-Used': String(used),
  'X-Discogs-Ratelimit-Remaining': String(Math.max(0, limit - used)),
});
