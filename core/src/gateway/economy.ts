/** Step 4 of the pipeline: the most answers out of every call. Cache first, then calls under way, then the gate. */
import type { Operation } from '../catalog/operation.ts';
import { type ClientDependencies, type NotSent, type Sent, sendToDiscogs } from '../discogs/client.ts';
import type { FetchedAnswer, FetchFailure } from '../discogs/fetcher.ts';
import { interpret } from '../discogs/interpret.ts';
import type { CheckedInput, DiscogsRequest } from '../discogs/request.ts';
import type { Gate, WindowView } from './budget/gate.ts';
import { type AnswerCache, createAnswerCache, type KeptAnswer } from './cache/answerCache.ts';
import { cacheKey } from './cache/cacheKey.ts';
import { createCoalescer } from './cache/coalesce.ts';
import { type Freshness, freshness } from './cache/freshness.ts';
import { asFetched, isKeepable, keep } from './cache/keptAnswers.ts';
import { type Deadline, deadline as newDeadline } from './deadline.ts';
import type { Log } from './log.ts';

/** How an answer came about; the words of the header `X-Cache`. */
export type CacheOutcome = 'hit' | 'stale' | 'coalesced' | 'miss';

/** What is wanted, and by whom. */
export interface Want {
  readonly operation: Operation;
  readonly input: CheckedInput;
  readonly request: DiscogsRequest;
  readonly key: string;
  readonly conversation: string;
  /** A digest of the Discogs credential; empty for anonymous calls. */
  readonly credential: string;
  /** The caller insists on a fresh answer, inside the budget. */
  readonly noCache: boolean;
  readonly deadline: Deadline;
  readonly log: Log;
}

/** What was got. */
export interface Obtained {
  readonly result: FetchedAnswer | FetchFailure | NotSent;
  readonly attempts: number;
  readonly waitedMs: number;
  readonly cache: CacheOutcome;
  /** Seconds since Discogs sent it; 0 for an answer that has just come. */
  readonly ageSeconds: number;
}

/** The budget and the memory of one process. */
export interface Economy {
  obtain(want: Want): Promise<Obtained>;
  window(): WindowView;
  readonly store: Gate['store'];
  /** False while the shared store is slow or away and this instance goes on by itself. */
  storeHealthy(): boolean;
  breaker(): 'closed' | 'open' | 'half_open';
  cache(): { readonly entries: number; readonly bytes: number; readonly hit_ratio: number };
}

/** Seams of the economy. */
export interface EconomyDependencies extends ClientDependencies {
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** Nothing older is ever shown; Discogs' terms say 21,600. */
  readonly longestSeconds: number;
  readonly cacheBytes: number;
  /** For refreshes, which go on when the call that began them has ended. */
  readonly backgroundLog: Log;
  /** Absent: the store is this process' own memory, which is always there. */
  readonly storeHealthy?: () => boolean;
}

/** A refresh behind an answer has as long as a caller's own call. */
const REFRESH_MS = 30_000;
const REFRESH_PAUSE_MS = 60_000;

/** True where an older answer is better than this one: no answer, no slot, a limit, or a fault of Discogs. */
function isWorseThanStale(result: Sent['result']): boolean {
  const { code } = interpret(result);
  return code !== 'ok' && code !== 'not_found' && code !== 'unexpected_status';
}

/** Makes the economy of one process. */
export function createEconomy(dependencies: EconomyDependencies): Economy {
  const { now, setTimer, waitUntil, longestSeconds, cacheBytes, gate, breaker, backgroundLog } = dependencies;
  const answers: AnswerCache = createAnswerCache(cacheBytes);
  const coalescer = createCoalescer({ now, setTimer, waitUntil });
  /** Writes of each Discogs user, which leave what was kept before out of reach. */
  const epochs = new Map<string, number>();
  /** A refresh that brings nothing to keep is not tried again with every hit. */
  const refreshNotBefore = new WeakMap<KeptAnswer, number>();
  let hits = 0;
  let asked = 0;

  const ageOf = (kept: KeptAnswer): number => Math.max(0, (now() - kept.storedAt) / 1000);

  const rate = (operation: Operation, kept: KeptAnswer | undefined): Freshness =>
    kept ? freshness(operation, kept.status, ageOf(kept), longestSeconds) : 'gone';

  function fromCache(kept: KeptAnswer, cache: 'hit' | 'stale'): Obtained {
    return { result: asFetched(kept), attempts: 0, waitedMs: 0, cache, ageSeconds: ageOf(kept) };
  }

  async function call(want: Want, cacheName: string | undefined, lane: 'caller' | 'refresh'): Promise<Sent> {
    const { request, key, conversation, deadline, log } = want;
    const sent = await sendToDiscogs(dependencies, request, { lane, key, conversation }, deadline, log);
    if (cacheName !== undefined && sent.result.kind === 'answer' && isKeepable(sent.result)) {
      if (!isWorseThanStale(sent.result)) answers.put(cacheName, keep(sent.result, now()));
    }
    return sent;
  }

  function refreshBehind(want: Want, cacheName: string, kept: KeptAnswer): void {
    if (coalescer.isUnderWay(cacheName) || now() < (refreshNotBefore.get(kept) ?? 0)) return;
    refreshNotBefore.set(kept, now() + REFRESH_PAUSE_MS);
    const behind = { ...want, log: backgroundLog, deadline: newDeadline(REFRESH_MS, now) };
    const work = coalescer.run(cacheName, () => call(behind, cacheName, 'refresh'), {
      leftMs: behind.deadline.leftMs,
      failed: () => false,
    });
    waitUntil(work.catch(() => {}));
  }

  async function write(want: Want): Promise<Obtained> {
    try {
      return { ...(await call(want, undefined, 'caller')), cache: 'miss', ageSeconds: 0 };
    } finally {
      // Also after a failure: Discogs may have done it all the same.
      epochs.set(want.credential, (epochs.get(want.credential) ?? 0) + 1);
    }
  }

  async function read(want: Want): Promise<Obtained> {
    const { operation, input, key, credential, noCache, deadline } = want;
    const name = cacheKey(operation, input, { key, credential, epoch: epochs.get(credential) ?? 0 });
    const keepable = operation.keepSeconds > 0;
    const kept = keepable ? answers.get(name) : undefined;
    const rating = rate(operation, kept);
    asked += 1;
    if (kept && !noCache && (rating === 'fresh' || rating === 'ageing')) {
      hits += 1;
      if (rating === 'ageing') refreshBehind(want, name, kept);
      return fromCache(kept, 'hit');
    }
    const { value, leader } = await coalescer.run(
      name,
      () => call(want, keepable ? name : undefined, 'caller'),
      {
        leftMs: deadline.leftMs,
        failed: (sent) => isWorseThanStale(sent.result),
      },
    );
    if (value !== 'too_late' && !isWorseThanStale(value.result)) {
      return leader
        ? { ...value, cache: 'miss', ageSeconds: 0 }
        : { ...value, attempts: 0, cache: 'coalesced', ageSeconds: 0 };
    }
    if (kept && rate(operation, kept) !== 'gone') return fromCache(kept, 'stale');
    if (value !== 'too_late') return { ...value, cache: leader ? 'miss' : 'coalesced', ageSeconds: 0 };
    const detail = 'the call that this one waited for took too long';
    const result = { kind: 'failure', cause: 'timeout', name: 'TimeoutException', detail } as const;
    return { result, attempts: 0, waitedMs: 0, cache: 'coalesced', ageSeconds: 0 };
  }

  return {
    obtain: (want) => (want.operation.effect === 'read' ? read(want) : write(want)),
    window: gate.view,
    get store() {
      return gate.store;
    },
    storeHealthy: dependencies.storeHealthy ?? (() => true),
    breaker: breaker.state,
    cache: () => ({ ...answers.stats(), hit_ratio: asked === 0 ? 0 : hits / asked }),
  };
}
