/** The upstream layer: cache first, then requests in flight, then the rate limiter and Discogs. */
import { deadline as newDeadline } from '../lib/deadline.ts';
import type { Log } from '../lib/log.ts';
import { type CachedAnswer, createAnswerCache } from './cache/answerCache.ts';
import { asFetched } from './cache/cachedAnswer.ts';
import { cacheKey } from './cache/cacheKey.ts';
import { createCoalescer, type Work } from './cache/coalesce.ts';
import { createEpochs } from './cache/epochs.ts';
import { createFreshness } from './cache/freshness.ts';
import { createReadAnswer, type Digest } from './cache/readAnswer.ts';
import type { SharedCache } from './cache/sharedCache.ts';
import { createFetchThrough, TOO_LATE } from './fetchThrough.ts';
import type { Allowance, RateLimiter, Requester, WindowView } from './ratelimit/limiterTypes.ts';
import { createWaiterGroup } from './ratelimit/waiterGroup.ts';
import type { ClientDependencies } from './send.ts';
import type { FetchResult, UpstreamRequest, UpstreamResult } from './upstreamRequest.ts';

/** Rate limiter and cache of one process. */
export interface CachingClient {
  fetch(request: UpstreamRequest): Promise<UpstreamResult>;
  /** The window as this process saw it last. */
  window(): WindowView;
  /** What one caller may expect of the window; `isRefused` for one that has just been refused. */
  allowance(turn: Requester, isRefused: boolean): Allowance;
  /** The window as all instances see it now. */
  currentWindow(): Promise<WindowView>;
  /** For lines about background work. */
  readonly backgroundLog: Log;
  readonly store: RateLimiter['store'];
  /** False while the shared store is slow or away and this instance works without it. */
  storeHealthy(): boolean;
  breaker(): 'closed' | 'open' | 'half_open';
  cache(): { readonly entries: number; readonly bytes: number; readonly hit_ratio: number };
}

/** Dependencies of the caching client. */
export interface CachingClientDependencies extends ClientDependencies {
  readonly limiter: RateLimiter;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** No older answer is ever shown; Discogs' terms say 21,600. */
  readonly longestSeconds: number;
  readonly cacheBytes: number;
  /** Links of these origins are rewritten. */
  readonly origins: readonly string[];
  readonly digest: Digest;
  /**
   * The clock of answers' ages, where `now` may stand still while the machine sleeps: whichever clock says that more time
   * has passed. Absent: `now`.
   */
  readonly ageNow?: (() => number) | undefined;
  /** For background refreshes, which outlive the request that started them. */
  readonly backgroundLog: Log;
  /** Absent: the store is this process' own memory, which is always there. */
  readonly storeHealthy?: () => boolean;
  /** Absent: the cache is this process' own. */
  readonly sharedCache?: SharedCache | undefined;
}

/** A background refresh has as long as a caller's request. */
const REFRESH_MS = 30_000;
/** A refresh that brought nothing to cache is not repeated with every hit. */
const REFRESH_INTERVAL_MS = 60_000;

/** Makes the caching client of one process. */
export function createCachingClient(dependencies: CachingClientDependencies): CachingClient {
  const { now, setTimer, waitUntil, longestSeconds, cacheBytes, limiter, breaker, backgroundLog } =
    dependencies;
  const { ageNow = now } = dependencies;
  const answers = createAnswerCache(cacheBytes);
  const coalescer = createCoalescer<FetchResult, Requester>({ now, setTimer, waitUntil });
  /** A write moves its user to new cache keys. */
  const epochs = createEpochs(dependencies.random);
  const refreshNotBefore = new WeakMap<CachedAnswer, number>();
  const freshness = createFreshness(ageNow, longestSeconds);
  const readAnswer = createReadAnswer(dependencies.origins, dependencies.digest);
  const fetchThrough = createFetchThrough({ ...dependencies, ageNow, answers, freshness, readAnswer });
  let started = 0;
  let hits = 0;
  let reads = 0;

  /** The request of the leader; followers add their own queue positions. */
  function lead(
    request: UpstreamRequest,
    name: string,
    priority: Requester['priority'],
  ): Work<FetchResult, Requester> {
    started += 1;
    const waiters = createWaiterGroup(limiter, `call ${started}`);
    return { promise: fetchThrough.read(request, name, priority, waiters), join: waiters.join };
  }

  function fromCache(cached: CachedAnswer, cache: 'hit' | 'stale', attempts = 0): UpstreamResult {
    const { outcome } = cached;
    const ageSeconds = freshness.ageSeconds(cached);
    return { result: asFetched(cached), outcome, attempts, waitedMs: 0, cache, ageSeconds };
  }

  function refreshInBackground(request: UpstreamRequest, name: string, cached: CachedAnswer): void {
    if (coalescer.isUnderWay(name) || now() < (refreshNotBefore.get(cached) ?? 0)) return;
    refreshNotBefore.set(cached, now() + REFRESH_INTERVAL_MS);
    const startedAt = now();
    const deadline = newDeadline(REFRESH_MS, now);
    const background = { ...request, noCache: false, log: backgroundLog, deadline };
    const { key, conversation, onRefreshed } = request;
    const work = coalescer
      .run(name, () => lead(background, name, 'refresh'), {
        who: { priority: 'refresh', key, conversation },
        leftMs: deadline.leftMs,
        failed: () => false,
      })
      .then(({ value, leader }) => {
        if (!leader || value === 'too_late') return;
        onRefreshed?.({ ...value, elapsedMs: now() - startedAt, window: limiter.view() });
      });
    waitUntil(work.catch(() => {}));
  }

  async function write(request: UpstreamRequest): Promise<UpstreamResult> {
    try {
      const sent = await fetchThrough.write(request);
      const outcome = await readAnswer(sent.result, request.operation);
      return { ...sent, outcome, cache: 'miss', ageSeconds: 0 };
    } finally {
      // Also after a failure: Discogs may have carried it out all the same.
      epochs.raise(request.credential);
    }
  }

  /** Serves a cached answer, and refreshes it in the background where that is due. */
  function hit(request: UpstreamRequest, name: string, cached: CachedAnswer): UpstreamResult {
    hits += 1;
    if (freshness.of(request.operation, cached) === 'refresh_due') refreshInBackground(request, name, cached);
    return fromCache(cached, 'hit');
  }

  function read(request: UpstreamRequest): Promise<UpstreamResult> {
    const { operation, input, key, credential, noCache } = request;
    const name = cacheKey(operation, input, { key, credential, epoch: epochs.of(credential) });
    const cached = operation.cacheSeconds > 0 && !noCache ? answers.get(name) : undefined;
    reads += 1;
    return cached && freshness.isServable(operation, cached)
      ? Promise.resolve(hit(request, name, cached))
      : fetchShared(request, name);
  }

  async function fetchShared(request: UpstreamRequest, name: string): Promise<UpstreamResult> {
    const { operation, key, conversation, noCache, deadline } = request;
    const { value, leader } = await coalescer.run(name, () => lead(request, name, 'caller'), {
      who: { priority: 'caller', key, conversation },
      leftMs: deadline.leftMs,
      // An answer cached by another instance does not satisfy a caller that insists on a fresh one.
      failed: ({ isGood, cached }) => !isGood || (noCache && cached !== undefined),
    });
    const fetched = value === 'too_late' ? TOO_LATE : value;
    if (fetched.cached) return hit(request, name, fetched.cached);
    // Attempts are reported by the leader alone, whatever is shown in the end.
    const attempts = leader ? fetched.attempts : 0;
    const older = fetched.isGood || operation.cacheSeconds === 0 ? undefined : answers.get(name);
    if (older && freshness.of(operation, older) !== 'expired') return fromCache(older, 'stale', attempts);
    const { result, outcome, waitedMs } = fetched;
    return { result, outcome, attempts, waitedMs, cache: leader ? 'miss' : 'coalesced', ageSeconds: 0 };
  }

  return {
    fetch: (request) => (request.operation.effect === 'read' ? read(request) : write(request)),
    window: limiter.view,
    allowance: limiter.allowance,
    currentWindow: limiter.currentView,
    backgroundLog,
    get store() {
      return limiter.store;
    },
    storeHealthy: dependencies.storeHealthy ?? (() => true),
    breaker: breaker.state,
    cache: () => ({ ...answers.stats(), hit_ratio: reads === 0 ? 0 : hits / reads }),
  };
}
