/** The search behind the route: cache first, then the same search in flight, then the rate limiter, then Discogs. */

import { describeError } from '../../lib/describeError.ts';
import { TooSlow, within } from '../../lib/timeout.ts';
import { createCoalescer, type Work } from '../../upstream/cache/coalesce.ts';
import { type CacheLease, createSharedCache } from '../../upstream/cache/sharedCache.ts';
import type { SharedStore } from '../../upstream/cache/sharedStore.ts';
import { RESERVE_MS } from '../../upstream/send.ts';
import {
  checkSearchBody,
  type SearchParameters,
  type SearchQuery,
  searchCacheKey,
  searchDiscogs,
} from '../search/index.ts';
import type { SearchPort, SearchReply, SearchSession } from '../searchPort.ts';
import { type AskDependencies, askDiscogs } from './askDiscogs.ts';
import { type CachedSearch, searchCodec } from './cachedSearch.ts';
import { type AcquireDependencies, type Entered, enter } from './createAcquire.ts';

/** Dependencies and settings. */
export interface SearchDependencies extends AcquireDependencies, AskDependencies {
  readonly now: () => number;
  /** Called once for every request. Names are keys of the search cache, bytes are payloads as JSON. */
  readonly openAnswers: () => SharedStore;
  /** `SEARCH_CACHE_TTL_SECONDS`. */
  readonly cacheSeconds: number;
}

/** One request on its way. */
interface Seeking {
  readonly session: SearchSession;
  readonly query: SearchQuery;
  readonly key: string;
  readonly lease: CacheLease<CachedSearch>;
  readonly deadline: number;
}

type Permit = Extract<Entered, { readonly kind: 'granted' }>;

interface Outcome {
  readonly result: SearchReply;
  /** The session whose credential was used. */
  readonly by: string;
}

/** A database that is slower than this is in trouble. */
const SLOW_MS = 5000;
const LOOK_AGAIN_MS = 1000;
const FOLLOWER_LOOKS_MS = 2000;
/** From the grant of somebody's permit to its lease. */
const LEASE_ARRIVES_MS = 250;
/** A leader that is silent for this long has been killed with its request; until then it gives a sign three times. */
const SILENCE_MS = 12_000;
/** A second call that fails ends this long before the deadline: what the first one brought can still be told. */
const REPLY_MS = 500;

const hit = ({ payload }: CachedSearch): SearchReply => ({ kind: 'found', payload });

/** Makes the search of one process or isolate. Only data passes between requests; promises are short cuts. */
export function createSearches(dependencies: SearchDependencies): SearchPort {
  const { now, setTimer, waitUntil, log, openLimiter, openAnswers, cacheSeconds } = dependencies;
  /** Followers are named by their sessions. */
  const coalescer = createCoalescer<Outcome, string>({ now, setTimer, waitUntil });
  const codec = searchCodec(cacheSeconds);
  const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimer(resolve, ms));

  function questOf(key: string): CacheLease<CachedSearch> {
    return createSharedCache({
      store: openAnswers(),
      codec,
      now,
      setTimer,
      waitUntil,
      log,
      isOpen: true,
      slowMs: SLOW_MS,
      pollMs: LOOK_AGAIN_MS,
      clockMarginMs: 0,
    }).lease(key);
  }

  const leftMs = ({ deadline }: Seeking): number => Math.max(0, deadline - now());

  /** Asks Discogs, with a permit and the lease in hand; `acquire` gets another permit and renews the lease. */
  async function ask(
    { session, query, lease, deadline }: Seeking,
    { settle }: Permit,
    acquire: (until: number) => Promise<Entered>,
  ): Promise<SearchReply> {
    const send = (parameters: SearchParameters, until: number, permit: Permit['settle']) =>
      askDiscogs(dependencies, session.access, parameters, until, permit);
    const ports = {
      fetchSearch: (parameters: SearchParameters, until: number) => send(parameters, until, settle),
      async fetchAgain(parameters: SearchParameters, latest: number) {
        const until = latest - REPLY_MS;
        if (until - now() < RESERVE_MS) return undefined;
        const again = await acquire(until);
        const reply = again.kind === 'granted' ? await send(parameters, until, again.settle) : undefined;
        return reply?.kind === 'answered' ? reply : undefined;
      },
    };
    let final: CachedSearch['payload'] | undefined;
    try {
      const outcome = await searchDiscogs(query, ports, deadline);
      if (outcome.kind === 'invalid_answer') return { kind: 'unavailable', reason: 'invalid' };
      if (outcome.kind !== 'payload' && outcome.kind !== 'provisional') return outcome;
      if (outcome.kind === 'payload') final = outcome.payload;
      return { kind: 'found', payload: outcome.payload };
    } finally {
      if (final) lease.publish({ payload: final, storedAt: now() });
      else lease.release();
    }
  }

  /** The leader's work, from the queue to the answer. */
  async function obtain(seeking: Seeking): Promise<SearchReply> {
    const { session, key, lease, deadline } = seeking;
    const asker = { priority: 'search', session: session.deviceId, call: key, claim: lease.acquire } as const;
    const acquire = (until: number): Promise<Entered> => enter(dependencies, asker, until);
    while (leftMs(seeking) > 0) {
      if (lease.isHeldElsewhere()) {
        const found = await lease.awaitAnswer(() => leftMs(seeking));
        if (found) return hit(found);
        if (leftMs(seeking) === 0) break;
      }
      const entered = await acquire(deadline);
      if (entered.kind === 'granted') return await ask(seeking, entered, acquire);
      if (entered.failure.kind !== 'elsewhere') {
        lease.release();
        return entered.failure;
      }
      await pause(Math.min(LEASE_ARRIVES_MS, leftMs(seeking)));
      const found = await lease.read();
      if (found) return hit(found);
    }
    return { kind: 'unavailable', reason: 'failed' };
  }

  function begin(seeking: Seeking): Work<Outcome, string> {
    const { session, key } = seeking;
    const by = session.deviceId;
    let aliveUntil = 0;
    let stop = (): void => {};
    const giveSign = (): void => {
      aliveUntil = now() + SILENCE_MS;
      stop = setTimer(giveSign, SILENCE_MS / 3);
    };
    giveSign();
    const work = obtain(seeking)
      .catch((error): SearchReply => {
        log.error(`broker_search_failed detail=${describeError(error)}`);
        return { kind: 'unavailable', reason: 'failed' };
      })
      .finally(() => stop());
    const sessions = new Set([by]);
    return {
      promise: work.then((result) => ({ result, by })),
      aliveUntil: () => aliveUntil,
      join(follower) {
        if (sessions.has(follower)) return;
        sessions.add(follower);
        // Without a position of its own it still gets the leader's answer.
        waitUntil(
          openLimiter()
            .then((limiter) => limiter.join(key, follower))
            .catch(() => {}),
        );
      },
    };
  }

  async function together(seeking: Seeking): Promise<SearchReply> {
    const { session, key, lease } = seeking;
    const own = session.deviceId;
    const isForeignGrant = ({ result, by }: Outcome): boolean =>
      result.kind === 'unauthorized_grant' && by !== own;
    const { value } = await coalescer.run(key, () => begin(seeking), {
      who: own,
      leftMs: () => leftMs(seeking),
      failed: isForeignGrant,
      lookAgain: {
        everyMs: FOLLOWER_LOOKS_MS,
        async look() {
          const found = await lease.read();
          return found && { result: hit(found), by: own };
        },
      },
    });
    if (value === 'too_late') return { kind: 'unavailable', reason: 'failed' };
    // Two others have lost their grants one after the other; this one's own has not been tried.
    if (isForeignGrant(value)) return { kind: 'busy', retryAfterSeconds: 1 };
    return value.result;
  }

  return {
    async search(session, body, deadline) {
      const checked = checkSearchBody(body);
      if (checked.kind === 'invalid_params') return checked;
      const { query } = checked;
      const key = searchCacheKey(query);
      if (key === undefined) return { kind: 'invalid_params', message: 'search cache key is too long' };
      const lease = questOf(key);
      const kept = await lease.read();
      if (kept) return hit(kept);
      const seeking = { session, query, key, lease, deadline };
      try {
        return await within(setTimer, leftMs(seeking), together(seeking));
      } catch (error) {
        if (!(error instanceof TooSlow)) log.error(`broker_search_failed detail=${describeError(error)}`);
        return { kind: 'unavailable', reason: 'failed' };
      }
    },
  };
}
