/** The search behind the route: cache first, then the same search under way, then the line, then Discogs. */

import { describeError } from '../../lib/describeError.ts';
import { TooSlow, within } from '../../lib/timeout.ts';
import { createCoalescer, type Work } from '../../upstream/cache/coalesce.ts';
import { type CacheLease, createSharedCache } from '../../upstream/cache/sharedCache.ts';
import { RESERVE_MS } from '../../upstream/send.ts';
import {
  checkSearchBody,
  type SearchParameters,
  type SearchQuery,
  searchCacheKey,
  searchDiscogs,
} from '../search/index.ts';
import type { SearchPort, SearchReply, SearchSession } from '../searchPort.ts';
import { type AdmissionDependencies, type Entered, enter } from './admission.ts';
import { type AskDependencies, askDiscogs } from './askDiscogs.ts';
import { type KeptSearch, searchCodec } from './keptSearch.ts';
import type { SearchStores } from './stores.ts';

/** Seams and settings. */
export interface SearchDependencies extends AdmissionDependencies, AskDependencies {
  readonly now: () => number;
  /** Called once for every request. */
  readonly openStores: () => SearchStores;
  /** `SEARCH_CACHE_TTL_SECONDS`. */
  readonly cacheSeconds: number;
}

/** One request on its way. */
interface Seeking {
  readonly session: SearchSession;
  readonly query: SearchQuery;
  readonly key: string;
  readonly stores: SearchStores;
  readonly quest: CacheLease<KeptSearch>;
  readonly deadline: number;
}

type Permit = Extract<Entered, { readonly granted: true }>;

interface Outcome {
  readonly result: SearchReply;
  /** The session whose credential was used. */
  readonly by: string;
}

/** Somebody who wants the same: `stand` takes a place of its own in the line, for the same call. */
interface Guest {
  readonly session: string;
  readonly stand: () => void;
}

/** A database that is slower than this is in trouble. */
const SLOW_MS = 5000;
const LOOK_AGAIN_MS = 1000;
const FOLLOWER_LOOKS_MS = 2000;
/** From the end of somebody's wait in the line to its lease. */
const LEASE_ARRIVES_MS = 250;
/** A second call that fails ends this long before the deadline: what the first one brought can still be told. */
const REPLY_MS = 500;
/** Longer than a leader may be silent: its longest nap in the line, or a call to Discogs. */
const SILENCE_MS = 12_000;

const hit = ({ payload }: KeptSearch): SearchReply => ({ kind: 'found', payload });

/** A line whose every look says that somebody is still there to look. A gate belongs to a process, which does not vanish. */
function watched(window: SearchStores['window'], alive: () => void): SearchStores['window'] {
  if ('enter' in window) return window;
  return {
    ...window,
    read: () => {
      alive();
      return window.read();
    },
  };
}

/** Makes the search of one process or isolate. Only data passes between requests; promises are short cuts. */
export function createSearches(dependencies: SearchDependencies): SearchPort {
  const { now, newId, setTimer, waitUntil, log, openStores, cacheSeconds } = dependencies;
  const coalescer = createCoalescer<Outcome, Guest>({ now, setTimer, waitUntil });
  const codec = searchCodec(cacheSeconds);
  const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimer(resolve, ms));

  function questOf({ answers: store }: SearchStores, key: string): CacheLease<KeptSearch> {
    return createSharedCache({
      store,
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
    { session, query, quest, deadline }: Seeking,
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
        const reply = again.granted ? await send(parameters, until, again.settle) : undefined;
        return reply?.kind === 'answered' ? reply : undefined;
      },
    };
    let final: KeptSearch['payload'] | undefined;
    try {
      const outcome = await searchDiscogs(query, ports, deadline);
      if (outcome.kind === 'invalid_answer') return { kind: 'unavailable', reason: 'invalid' };
      if (outcome.kind !== 'payload' && outcome.kind !== 'provisional') return outcome;
      if (outcome.kind === 'payload') final = outcome.payload;
      return { kind: 'found', payload: outcome.payload };
    } finally {
      if (final) quest.publish({ payload: final, storedAt: now() });
      else quest.release();
    }
  }

  /** The leader's work, from the line to the answer. `alive` is told whenever it has shown that it goes on. */
  async function obtain(seeking: Seeking, alive: () => void): Promise<SearchReply> {
    const { session, key, stores, quest, deadline } = seeking;
    const window = watched(stores.window, alive);
    const asker = { lane: 'search', session: session.deviceId, call: key, claim: quest.acquire } as const;
    const acquire = async (until: number): Promise<Entered> => {
      const entered = await enter(dependencies, window, asker, until);
      alive();
      return entered;
    };
    while (leftMs(seeking) > 0) {
      alive();
      if (quest.isHeldElsewhere()) {
        const found = await quest.awaitAnswer(() => leftMs(seeking));
        if (found) return hit(found);
        if (leftMs(seeking) === 0) break;
      }
      const entered = await acquire(deadline);
      if (entered.granted) return await ask(seeking, entered, acquire);
      if (entered.failure.kind !== 'elsewhere') {
        quest.release();
        return entered.failure;
      }
      await pause(Math.min(LEASE_ARRIVES_MS, leftMs(seeking)));
      const found = await quest.read();
      if (found) return hit(found);
    }
    return { kind: 'unavailable', reason: 'failed' };
  }

  function begin(seeking: Seeking): Work<Outcome, Guest> {
    const { session, deadline, stores } = seeking;
    const by = session.deviceId;
    const silenceMs = 'enter' in stores.window ? Number.POSITIVE_INFINITY : SILENCE_MS;
    let aliveUntil = 0;
    const alive = (): void => {
      aliveUntil = Math.min(deadline, now() + silenceMs);
    };
    alive();
    const work = obtain(seeking, alive).catch((error): SearchReply => {
      log.error(`broker_search_failed detail=${describeError(error)}`);
      return { kind: 'unavailable', reason: 'failed' };
    });
    const sessions = new Set([by]);
    return {
      promise: work.then((result) => ({ result, by })),
      aliveUntil: () => aliveUntil,
      join(guest) {
        if (sessions.has(guest.session)) return;
        sessions.add(guest.session);
        guest.stand();
      },
    };
  }

  /** A place in the line beside the leader's: nobody inherits a worse turn by asking second. */
  function guestOf({ session, key, stores, deadline }: Seeking): Guest & { readonly leave: () => void } {
    const line = 'line' in stores.window ? stores.window.line : undefined;
    const waiter = {
      id: newId(),
      lane: 'caller',
      key: session.deviceId,
      conversation: `${session.deviceId}/`,
      enteredAt: now(),
      latestAt: deadline,
      call: key,
    } as const;
    let standing: Promise<void> | undefined;
    const behind = (work: Promise<void>): void => waitUntil(work.catch(() => {}));
    return {
      session: session.deviceId,
      stand() {
        standing = line?.stand(waiter);
        if (standing) behind(standing);
      },
      leave() {
        if (line && standing) behind(standing.then(() => line.leave(waiter.id)));
      },
    };
  }

  async function together(seeking: Seeking): Promise<SearchReply> {
    const { session, key, quest } = seeking;
    const own = session.deviceId;
    const guest = guestOf(seeking);
    const isForeignGrant = ({ result, by }: Outcome): boolean =>
      result.kind === 'unauthorized_grant' && by !== own;
    const { value } = await coalescer.run(key, () => begin(seeking), {
      who: guest,
      leftMs: () => leftMs(seeking),
      failed: isForeignGrant,
      lookAgain: {
        everyMs: FOLLOWER_LOOKS_MS,
        async look() {
          const found = await quest.read();
          return found && { result: hit(found), by: own };
        },
      },
    });
    guest.leave();
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
      const stores = openStores();
      const quest = questOf(stores, key);
      const kept = await quest.read();
      if (kept) return hit(kept);
      const seeking = { session, query, key, stores, quest, deadline };
      try {
        return await within(setTimer, leftMs(seeking), together(seeking));
      } catch (error) {
        if (!(error instanceof TooSlow)) log.error(`broker_search_failed detail=${describeError(error)}`);
        return { kind: 'unavailable', reason: 'failed' };
      }
    },
  };
}
