/** One answer from outside this process: from the shared cache, else from Discogs, and cached for the next request. */
import { isWorseThanStale } from '../discogs/responseOutcome.ts';
import type { AnswerCache } from './cache/answerCache.ts';
import type { StoredAnswer } from './cache/answerCodec.ts';
import { asFetched, toCached, toStored } from './cache/cachedAnswer.ts';
import type { FreshnessRater } from './cache/freshness.ts';
import type { ReadAnswer } from './cache/readAnswer.ts';
import type { CacheLease, SharedCache } from './cache/sharedCache.ts';
import type { Requester } from './ratelimit/limiterTypes.ts';
import type { WaiterGroup } from './ratelimit/waiterGroup.ts';
import { type ClientDependencies, type Sent, sendToDiscogs } from './send.ts';
import type { FetchResult, UpstreamRequest } from './upstreamRequest.ts';

/** Fetches answers that this process has not cached. */
export interface FetchThrough {
  /** `waiters` acquires the permit; `name` is the cache key. */
  read(
    request: UpstreamRequest,
    name: string,
    priority: Requester['priority'],
    waiters: WaiterGroup,
  ): Promise<FetchResult>;
  write(request: UpstreamRequest): Promise<Sent>;
}

/** Dependencies. */
export interface FetchThroughDependencies extends ClientDependencies {
  /** The clock of `storedAt`. */
  readonly ageNow: () => number;
  readonly answers: AnswerCache;
  readonly freshness: FreshnessRater;
  readonly sharedCache?: SharedCache | undefined;
  readonly readAnswer: ReadAnswer;
}

/**
 * After waiting for another instance, a request with less than this left is not sent: its time-out would look like a
 * fault of Discogs.
 */
const LEAST_MS = 1000;

const WAITED_TOO_LONG = 'the call that this one waited for took too long';

/** For a request that waited for another one, in this process or elsewhere, until its deadline. */
export const TOO_LATE: FetchResult = {
  result: { kind: 'failure', cause: 'timeout', name: 'TimeoutException', detail: WAITED_TOO_LONG },
  outcome: { code: 'timeout', detail: WAITED_TOO_LONG },
  isGood: false,
  attempts: 0,
  waitedMs: 0,
};

/** Without a lease to acquire, nothing can be in flight elsewhere. */
function requireSent({ result, attempts, waitedMs }: Awaited<ReturnType<typeof sendToDiscogs>>): Sent {
  if (result.kind === 'in_flight_elsewhere') throw new TypeError('a request without a lease was not sent');
  return { result, attempts, waitedMs };
}

/** Makes it for one process. */
export function createFetchThrough(dependencies: FetchThroughDependencies): FetchThrough {
  const { limiter, ageNow, answers, freshness, sharedCache, readAnswer } = dependencies;

  async function toResult(sent: Sent, { operation }: UpstreamRequest): Promise<FetchResult> {
    const outcome = await readAnswer(sent.result, operation);
    return { ...sent, isGood: !isWorseThanStale(outcome), outcome };
  }

  /** What another instance has cached, unless it is too old for its purpose. It is cached here in any case. */
  async function acceptShared(
    stored: StoredAnswer | undefined,
    { operation }: UpstreamRequest,
    name: string,
    priority: Requester['priority'],
  ): Promise<FetchResult | undefined> {
    if (!stored || freshness.of(operation, stored) === 'expired') return undefined;
    const result = asFetched(stored);
    // Read again, although another instance has read it: this finds the links, and trusts no store.
    const cached = toCached(stored, await readAnswer(result, operation));
    if (!cached) return undefined;
    if (cached.storedAt > (answers.get(name)?.storedAt ?? 0)) answers.put(name, cached);
    const isGood =
      priority === 'caller'
        ? freshness.isServable(operation, stored)
        : freshness.of(operation, stored) === 'fresh';
    return isGood ? { result, attempts: 0, waitedMs: 0, isGood, outcome: cached.outcome, cached } : undefined;
  }

  function cache({ result, outcome }: FetchResult, name: string, lease: CacheLease | undefined): void {
    const cached = result.kind === 'answer' ? toCached(toStored(result, ageNow()), outcome) : undefined;
    // What does not fit into this memory is not shared, either: reading it back would cost as much as a request.
    if (cached && answers.put(name, cached)) lease?.publish(cached);
    else lease?.release();
  }

  const send = (
    { outgoing, key, conversation, deadline, log }: UpstreamRequest,
    priority: Requester['priority'],
    limiter: ClientDependencies['limiter'],
    acquireLease?: CacheLease['acquire'],
  ) =>
    sendToDiscogs(
      { ...dependencies, limiter: limiter },
      { request: outgoing, turn: { priority, key, conversation }, deadline, log, acquireLease },
    );

  /** For answers that no other instance can have. */
  async function fetchUnshared(
    request: UpstreamRequest,
    name: string,
    priority: Requester['priority'],
    waiters: WaiterGroup,
  ): Promise<FetchResult> {
    if (request.deadline.leftMs() < 1) return TOO_LATE;
    const fetched = await toResult(requireSent(await send(request, priority, waiters)), request);
    if (request.operation.cacheSeconds > 0) cache(fetched, name, undefined);
    return fetched;
  }

  async function fetchShared(
    request: UpstreamRequest,
    name: string,
    priority: Requester['priority'],
    waiters: WaiterGroup,
    lease: CacheLease,
  ): Promise<FetchResult> {
    const { deadline, noCache } = request;
    const acquire = noCache ? undefined : lease.acquire;
    let leastMs = 1;
    const fromHolder = async (): Promise<FetchResult | undefined> => {
      leastMs = LEAST_MS;
      return acceptShared(await lease.awaitAnswer(deadline.leftMs), request, name, priority);
    };
    let found = noCache ? undefined : await acceptShared(await lease.read(), request, name, priority);
    // The holder of the lease has a permit already: there is nothing to queue for.
    if (!found && lease.isHeldElsewhere()) found = await fromHolder();
    while (!found) {
      if (deadline.leftMs() < leastMs) return TOO_LATE;
      const sent = await send(request, priority, waiters, acquire);
      if (sent.result.kind !== 'in_flight_elsewhere') {
        const own = await toResult({ ...sent, result: sent.result }, request);
        cache(own, name, lease);
        // The lease went to another instance meanwhile, which may do better.
        const theirs = !own.isGood && lease.isHeldElsewhere() ? await fromHolder() : undefined;
        return theirs ? { ...theirs, attempts: own.attempts, waitedMs: own.waitedMs } : own;
      }
      found = await fromHolder();
    }
    return found;
  }

  return {
    read(request, name, priority, waiters) {
      const { cacheSeconds, personal } = request.operation;
      // A user's own data never leaves this process.
      const lease = cacheSeconds > 0 && !personal ? sharedCache?.lease(name) : undefined;
      return lease
        ? fetchShared(request, name, priority, waiters, lease)
        : fetchUnshared(request, name, priority, waiters);
    },
    write: async (request) => requireSent(await send(request, 'caller', limiter)),
  };
}
