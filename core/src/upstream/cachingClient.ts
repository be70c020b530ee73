/** Step 4 of the pipeline: the most answers out of every call. Cache first, then calls under way, then the gate. */
import type { Operation } from '../catalog/operation.ts';
import { deadline as newDeadline } from '../lib/deadline.ts';
import type { Log } from '../lib/log.ts';
import { createAnswerCache, type KeptAnswer } from './cache/answerCache.ts';
import type { StoredAnswer } from './cache/answerCodec.ts';
import { asFetched } from './cache/cachedAnswer.ts';
import { cacheKey } from './cache/cacheKey.ts';
import { createCoalescer, type Work } from './cache/coalesce.ts';
import { createEpochs } from './cache/epochs.ts';
import { type Freshness, freshness } from './cache/freshness.ts';
import { createReadAnswer, type Digest, type ReadyMeaning } from './cache/readAnswer.ts';
import type { SharedTier } from './cache/sharedCache.ts';
import { createFetching, TOO_LATE } from './fetchThrough.ts';
import type { Allowance, Gate, WindowView } from './ratelimit/limiterTypes.ts';
import { createParty, type Turn } from './ratelimit/waiterGroup.ts';
import type { ClientDependencies, Sent } from './send.ts';
import type { Got, Want } from './upstreamRequest.ts';

/** How an answer came about; the words of the header `X-Cache`. */
export type CacheOutcome = 'hit' | 'stale' | 'coalesced' | 'miss';

/** What was got. */
export interface Obtained {
  readonly result: Sent['result'];
  /** Of the result. */
  readonly meaning: ReadyMeaning;
  readonly attempts: number;
  readonly waitedMs: number;
  readonly cache: CacheOutcome;
  /** Seconds since Discogs sent it; 0 for an answer that has just come. */
  readonly ageSeconds: number;
}

/** The budget and the memory of one process. */
export interface Economy {
  obtain(want: Want): Promise<Obtained>;
  /** As this process saw it last. */
  window(): WindowView;
  /** What one caller may expect of it; `isRefused` for one that has just been refused. */
  allowance(turn: Turn, isRefused: boolean): Allowance;
  /** As all instances see it now. */
  currentWindow(): Promise<WindowView>;
  /** For lines about work in the background. */
  readonly backgroundLog: Log;
  readonly store: Gate['store'];
  /** False while the shared store is slow or away and this instance goes on by itself. */
  storeHealthy(): boolean;
  breaker(): 'closed' | 'open' | 'half_open';
  cache(): { readonly entries: number; readonly bytes: number; readonly hit_ratio: number };
}

/** Seams of the economy. */
export interface EconomyDependencies extends ClientDependencies {
  readonly gate: Gate;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** Nothing older is ever shown; Discogs' terms say 21,600. */
  readonly longestSeconds: number;
  readonly cacheBytes: number;
  /** Those whose links are rewritten. */
  readonly origins: readonly string[];
  readonly digest: Digest;
  /**
   * The clock of answers' ages, where `now` may stand still while the machine sleeps: whichever clock says that more time
   * has passed. Absent: `now`.
   */
  readonly ageNow?: (() => number) | undefined;
  /** For refreshes, which go on when the call that began them has ended. */
  readonly backgroundLog: Log;
  /** Absent: the store is this process' own memory, which is always there. */
  readonly storeHealthy?: () => boolean;
  /** Absent: what this process keeps is seen by nobody else. */
  readonly sharedTier?: SharedTier | undefined;
}

/** A refresh behind an answer has as long as a caller's own call. */
const REFRESH_MS = 30_000;
const REFRESH_PAUSE_MS = 60_000;

/** Makes the economy of one process. */
export function createEconomy(dependencies: EconomyDependencies): Economy {
  const { now, setTimer, waitUntil, longestSeconds, cacheBytes, gate, breaker, backgroundLog } = dependencies;
  const { ageNow = now } = dependencies;
  const answers = createAnswerCache(cacheBytes);
  const coalescer = createCoalescer<Got, Turn>({ now, setTimer, waitUntil });
  /** Writes leave what was kept before out of reach. */
  const epochs = createEpochs();
  /** A refresh that brings nothing to keep is not tried again with every hit. */
  const refreshNotBefore = new WeakMap<KeptAnswer, number>();
  let begun = 0;
  let hits = 0;
  let asked = 0;

  const ageOf = (kept: StoredAnswer): number => Math.max(0, (ageNow() - kept.storedAt) / 1000);

  const rate = (operation: Operation, kept: StoredAnswer | undefined): Freshness =>
    kept ? freshness(operation, kept.status, ageOf(kept), longestSeconds) : 'gone';

  const readAnswer = createReadAnswer(dependencies.origins, dependencies.digest);
  const fetching = createFetching({ ...dependencies, ageNow, answers, rate, readAnswer });

  /** The work of whoever asks first; others bring their own places at the gate. */
  function begin(want: Want, name: string, lane: Turn['lane']): Work<Got, Turn> {
    begun += 1;
    const party = createParty(gate, `call ${begun}`);
    return { promise: fetching.read(want, name, lane, party), join: party.join };
  }

  function fromMemory(kept: KeptAnswer, cache: 'hit' | 'stale'): Obtained {
    const { meaning } = kept;
    return { result: asFetched(kept), meaning, attempts: 0, waitedMs: 0, cache, ageSeconds: ageOf(kept) };
  }

  function refreshBehind(want: Want, name: string, kept: KeptAnswer): void {
    if (coalescer.isUnderWay(name) || now() < (refreshNotBefore.get(kept) ?? 0)) return;
    refreshNotBefore.set(kept, now() + REFRESH_PAUSE_MS);
    const startedAt = now();
    const behind = { ...want, noCache: false, log: backgroundLog, deadline: newDeadline(REFRESH_MS, now) };
    const { key, conversation } = want;
    const work = coalescer
      .run(name, () => begin(behind, name, 'refresh'), {
        who: { lane: 'refresh', key, conversation },
        leftMs: behind.deadline.leftMs,
        failed: () => false,
      })
      .then(({ value, leader }) => {
        if (!leader || value === 'too_late') return;
        want.onRefreshed?.({ ...value, elapsedMs: now() - startedAt, window: gate.view() });
      });
    waitUntil(work.catch(() => {}));
  }

  async function write(want: Want): Promise<Obtained> {
    try {
      const sent = await fetching.write(want);
      const meaning = await readAnswer(sent.result, want.operation.method);
      return { ...sent, meaning, cache: 'miss', ageSeconds: 0 };
    } finally {
      // Also after a failure: Discogs may have done it all the same.
      epochs.raise(want.credential);
    }
  }

  function fromOthers(want: Want, name: string, kept: KeptAnswer): Obtained {
    hits += 1;
    if (rate(want.operation, kept) === 'ageing') refreshBehind(want, name, kept);
    return fromMemory(kept, 'hit');
  }

  function read(want: Want): Promise<Obtained> {
    const { operation, input, key, credential, noCache } = want;
    const name = cacheKey(operation, input, { key, credential, epoch: epochs.of(credential) });
    const known = operation.keepSeconds > 0 ? answers.get(name) : undefined;
    const rating = rate(operation, known);
    asked += 1;
    if (known && !noCache && (rating === 'fresh' || rating === 'ageing')) {
      hits += 1;
      if (rating === 'ageing') refreshBehind(want, name, known);
      return Promise.resolve(fromMemory(known, 'hit'));
    }
    return askOutside(want, name);
  }

  async function askOutside(want: Want, name: string): Promise<Obtained> {
    const { operation, key, conversation, noCache, deadline } = want;
    const { value, leader } = await coalescer.run(name, () => begin(want, name, 'caller'), {
      who: { lane: 'caller', key, conversation },
      leftMs: deadline.leftMs,
      // What another instance had kept is no answer for somebody who insists on a fresh one.
      failed: ({ isGood, kept }) => !isGood || (noCache && kept !== undefined),
    });
    if (value !== 'too_late' && value.kept) return fromOthers(want, name, value.kept);
    const isGood = value !== 'too_late' && value.isGood;
    const older = isGood || operation.keepSeconds === 0 ? undefined : answers.get(name);
    // Calls that left are told by the one who led them, whatever is shown in the end.
    const attempts = leader && value !== 'too_late' ? value.attempts : 0;
    if (older && rate(operation, older) !== 'gone') return { ...fromMemory(older, 'stale'), attempts };
    const cache = leader ? 'miss' : 'coalesced';
    const { result, meaning, waitedMs } = value === 'too_late' ? TOO_LATE : value;
    return { result, meaning, attempts, waitedMs, cache, ageSeconds: 0 };
  }

  return {
    obtain: (want) => (want.operation.effect === 'read' ? read(want) : write(want)),
    window: gate.view,
    allowance: gate.allowance,
    currentWindow: gate.currentView,
    backgroundLog,
    get store() {
      return gate.store;
    },
    storeHealthy: dependencies.storeHealthy ?? (() => true),
    breaker: breaker.state,
    cache: () => ({ ...answers.stats(), hit_ratio: asked === 0 ? 0 : hits / asked }),
  };
}
