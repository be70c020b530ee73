/** The rate limiter: requests queue for a permit in a fair order; one that cannot be served in time is refused at once. */

import type { Observation } from '../../discogs/rateLimitHeaders.ts';
import { createFairness } from './fairness.ts';
import type { AcquireRequest, Permit, RateLimiter, Refused, WindowView } from './limiterTypes.ts';
import type { BudgetPolicy } from './policy.ts';
import { HORIZON_MS, slotInMs } from './predict.ts';
import { type Planned, plan, type Waiter } from './schedule.ts';
import { newEntry, pollDelayMs, type QueueEntry, waitedMs } from './waiter.ts';
import { addCall, cancelCall, completeCall, ownCalls, prune, type WindowState } from './window.ts';
import type { StoredWindow, WindowStore } from './windowStore.ts';
import { allowanceOf, type Viewed, windowView } from './windowView.ts';

/** Dependencies of the rate limiter. */
export interface RateLimiterOptions {
  readonly policy: BudgetPolicy;
  readonly store: WindowStore;
  readonly now: () => number;
  readonly newId: () => string;
  /** Calls back once after `ms`; returns what cancels it. */
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** One attempt to commit a new window. */
interface Attempt {
  readonly at: number;
  readonly stored: StoredWindow;
  /** How many of the reports in `ended` are included in `next`. */
  readonly reported: number;
  readonly present: readonly QueueEntry[];
  readonly planned: readonly Planned<Waiter>[];
  readonly due: readonly QueueEntry[];
  /** The window including the calls that are due. */
  readonly next: WindowState;
}

/** A dispatch that takes longer was killed by the host together with its request. */
const LONGEST_DISPATCH_MS = 5000;
const MAX_CONFLICTS = 20;
/** With less of the window used, no share can be exhausted: the smallest share is two thirds. */
const AMPLE_SHARE = 1 / 3;

/** Calls `next` with the value, synchronously where it is not a promise. */
const after = <T>(
  value: T | Promise<T>,
  next: (value: T) => Promise<void> | undefined,
): Promise<void> | undefined => (value instanceof Promise ? value.then(next) : next(value));

/** Makes the rate limiter of one process. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { policy, store, now, newId, setTimer, waitUntil } = options;
  const waiting = new Map<string, QueueEntry>();
  const fairness = createFairness(policy);
  let ended: { id: string; at: number; outcome: Observation | 'no_answer' | 'not_sent' }[] = [];
  let latest: StoredWindow | undefined;
  /** The last state that was read or written, for views. */
  let lastSeen: WindowState | undefined;
  let dispatchingUntil = 0;
  let rerun = false;

  /** A failed dispatch is repeated by the next one. */
  function inBackground(work: Promise<void> | undefined): void {
    if (work) waitUntil(work.catch(() => {}));
  }

  function report(id: string, outcome: Observation | 'no_answer' | 'not_sent'): void {
    const at = now();
    ended.push({ id, at, outcome });
    inBackground(dispatch(at));
  }

  const permitOf = (entry: QueueEntry): Permit => ({
    kind: 'granted',
    waitedMs: waitedMs(entry, now),
    complete: (observation) => report(entry.id, observation ?? 'no_answer'),
    cancel: () => report(entry.id, 'not_sent'),
  });

  function decide(entry: QueueEntry, result: Permit | Refused): void {
    if (entry.result) {
      // It left the queue while the permit was being committed.
      if (result.kind === 'granted') result.cancel();
      return;
    }
    waiting.delete(entry.id);
    entry.result = result;
    entry.onDecided?.(result);
    entry.wake();
  }

  /** `instead`: another waiter's permit; the time waited is this one's own. */
  function leave(entry: QueueEntry, instead: Permit | undefined): void {
    const refused: Refused = { kind: 'refused', slotInMs: undefined };
    decide(entry, instead ? { ...instead, waitedMs: waitedMs(entry, now) } : refused);
  }

  function withEnded(state: WindowState, at: number): WindowState {
    const settled = ended.reduce((sofar, { id, at: endedAt, outcome }) => {
      if (outcome === 'not_sent') return cancelCall(sofar, id);
      return completeCall(sofar, policy, id, endedAt, outcome === 'no_answer' ? undefined : outcome);
    }, state);
    return prune(settled, policy, at);
  }

  /** The waiters whose slot is due, at most one for each call. */
  function selectDue(planned: readonly Planned<Waiter>[], at: number): QueueEntry[] {
    const due: QueueEntry[] = [];
    for (const { waiter, at: slotAt } of planned) {
      const entry = waiting.get(waiter.id);
      if (!entry) continue;
      const { call } = entry;
      const goesAlready = call !== undefined && due.some((other) => other.call === call);
      if (slotAt <= at && !goesAlready) due.push(entry);
    }
    return due;
  }

  /** Plans the queue against `stored`; undefined if that may be outdated and somebody would have to wait because of it. */
  function attempt(stored: StoredWindow): Attempt | undefined {
    const at = now();
    const reported = ended.length;
    const state = withEnded(stored.state, at);
    const present = [...waiting.values()];
    if (present.length === 0) return { at, stored, reported, present, planned: [], due: [], next: state };
    const planned = plan(state, present, fairness.memory, policy, at, at + HORIZON_MS);
    const due = selectDue(planned, at);
    if (latest && due.length < present.length && !store.isCurrent(latest.version)) return undefined;
    const next = due.reduce(
      (sofar, { id, key, conversation }) => addCall(sofar, { id, key, conversation, sentAt: at }),
      state,
    );
    return { at, stored, reported, present, planned, due, next };
  }

  /** Refuses the waiters without a slot in the plan and tells them when to come back. */
  function refuse({ at, present, planned, due, next }: Attempt): void {
    const staying = new Set<Waiter>(planned.map(({ waiter }) => waiter));
    const refused = present.filter((entry) => !staying.has(entry) && !entry.result);
    if (refused.length === 0) return;
    for (const entry of due) staying.delete(entry);
    for (const entry of refused) {
      decide(entry, {
        kind: 'refused',
        slotInMs: slotInMs(entry, [...staying], next, fairness.memory, policy, at),
      });
    }
  }

  /** Grants and refuses according to the committed attempt. True: commit again for those who are left. */
  function apply(found: Attempt, written: StoredWindow): boolean {
    const { at, stored, reported, due } = found;
    latest = written;
    lastSeen = written.state;
    if (written !== stored) ended = ended.slice(reported);
    for (const entry of due) {
      fairness.served(entry, at);
      decide(entry, permitOf(entry));
    }
    if (waiting.size === 0) return false;
    // A store that is being opened may have room for the others.
    if (written !== stored && !store.isCurrent(written.version)) return true;
    refuse(found);
    // A waiter with a slot in the plan keeps its position when slots come later than expected.
    for (const entry of found.present) entry.latestAt = entry.hardLatestAt;
    return false;
  }

  /** Reads the window, plans, and writes it with optimistic concurrency control; then grants and refuses. */
  function tryCommit(left = MAX_CONFLICTS): Promise<void> | undefined {
    if (left === 0) return undefined;
    return after(latest ?? store.read(), (stored) => {
      const found = attempt(stored);
      if (!found) {
        latest = undefined;
        return tryCommit(left - 1);
      }
      const { next: state } = found;
      if (state === stored.state) return void apply(found, stored);
      return after(store.write(state, stored.version), (version) => {
        latest = undefined;
        const isOver = version !== undefined && !apply(found, { state, version });
        return isOver ? undefined : tryCommit(left - 1);
      });
    });
  }

  /** With this much room the order of simultaneous requests does not matter. */
  function hasAmpleRoom(): boolean {
    if (!latest) return false;
    const { state } = latest;
    return ownCalls(state) + state.external.calls < state.limit * AMPLE_SHARE;
  }

  /** Runs one dispatch at a time; a request during one causes a rerun. Undefined if everything was done synchronously. */
  function dispatch(at = now()): Promise<void> | undefined {
    if (dispatchingUntil > at) {
      rerun = true;
      return undefined;
    }
    dispatchingUntil = at + LONGEST_DISPATCH_MS;
    // If somebody waits or room is short, simultaneous requests are planned together.
    rerun = waiting.size > 1 || (waiting.size > 0 && !hasAmpleRoom());
    let work: Promise<void> | undefined;
    try {
      work = rerun ? undefined : tryCommit();
    } catch (error) {
      work = Promise.reject(error);
    }
    if (!work && !rerun) dispatchingUntil = 0;
    return work || rerun ? dispatchUntilIdle(work) : undefined;
  }

  async function dispatchUntilIdle(first: Promise<void> | undefined): Promise<void> {
    try {
      await first;
      while (rerun) {
        rerun = false;
        dispatchingUntil = now() + LONGEST_DISPATCH_MS;
        await tryCommit();
      }
    } finally {
      dispatchingUntil = 0;
    }
  }

  /** Resolves with this entry's decision, or when the dispatch ends; it may continue for others. */
  const decisionOrDispatched = (entry: QueueEntry, work: Promise<void> | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      entry.wake = resolve;
      if (work) work.then(resolve, reject);
      else resolve();
      inBackground(work);
    });

  const sleep = (entry: QueueEntry, ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = setTimer(resolve, ms);
      entry.wake = () => {
        cancel();
        resolve();
      };
    });

  function enqueue(request: AcquireRequest): QueueEntry {
    const { key, conversation, onQueued } = request;
    const at = now();
    const entry = newEntry(request, newId(), fairness.arrived(key, conversation, at), at);
    waiting.set(entry.id, entry);
    onQueued?.((instead) => leave(entry, instead));
    return entry;
  }

  /** For a waiter whose time is over: when it could have a slot, by the state that was seen last. */
  function expectedInMs(entry: QueueEntry): number | undefined {
    const { state, waiters, memory, now: at } = viewed();
    const others = waiters.filter((other) => other !== entry);
    return state && slotInMs(entry, others, state, memory, policy, at);
  }

  async function wait(entry: QueueEntry, first: Promise<void> | undefined): Promise<Permit | Refused> {
    try {
      for (let work = first; ; work = dispatch()) {
        await decisionOrDispatched(entry, work);
        if (entry.result) return entry.result;
        entry.waited = true;
        await sleep(entry, pollDelayMs(entry, latest?.state, policy, now()));
        if (entry.result) return entry.result;
        if (now() > entry.latestAt) decide(entry, { kind: 'refused', slotInMs: expectedInMs(entry) });
      }
    } finally {
      // Whatever ended the wait, this entry takes no slot any more.
      waiting.delete(entry.id);
    }
  }

  /** Includes reports that are not written yet. */
  function viewed(): Viewed {
    const at = now();
    const state = lastSeen && withEnded(lastSeen, at);
    return { state, waiters: [...waiting.values()], memory: fairness.memory, policy, now: at };
  }

  const view = (): WindowView => windowView(viewed());

  return {
    now,
    get store() {
      return store.kind;
    },
    acquire(request) {
      const entry = enqueue(request);
      const work = dispatch(entry.enteredAt);
      if (!entry.result) return wait(entry, work);
      // Decided synchronously. The dispatch may continue for others.
      inBackground(work);
      return Promise.resolve(entry.result);
    },
    view,
    cooldownMs() {
      const { state, now: at } = viewed();
      return Math.max(0, (state?.cooldown?.until ?? 0) - at);
    },
    allowance({ priority, key, conversation }, isRefused) {
      const name = fairness.nameOf(key, conversation);
      return allowanceOf({ priority, key, conversation: name }, viewed(), isRefused);
    },
    async currentView() {
      if (latest && !store.isCurrent(latest.version)) latest = undefined;
      await dispatch()?.catch(() => {});
      return view();
    },
  };
}
