/** The gate before Discogs: calls wait here for a slot of the window, in a fair order, or are told so at once. */

import type { Observation } from '../../discogs/rateLimitHeaders.ts';
import { createFairness } from './fairness.ts';
import type { Gate, Pass, Refused, Request, WindowView } from './limiterTypes.ts';
import type { BudgetPolicy } from './policy.ts';
import { HORIZON_MS, slotInMs } from './predict.ts';
import { type Planned, plan, type Waiter } from './schedule.ts';
import { type Entry, napMs, newEntry, waitedMs } from './waiter.ts';
import { giveBack, ownCalls, prune, settle, take, type WindowState } from './window.ts';
import type { StoredWindow, WindowStore } from './windowStore.ts';
import { allowanceOf, type Viewed, windowView } from './windowView.ts';

/** Seams of the gate. */
export interface GateOptions {
  readonly policy: BudgetPolicy;
  readonly store: WindowStore;
  readonly now: () => number;
  readonly newId: () => string;
  /** Calls back once after `ms`; returns what cancels it. */
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** What one look at the window found. */
interface Found {
  readonly at: number;
  readonly stored: StoredWindow;
  /** So many of what ended are in `next`. */
  readonly reported: number;
  readonly present: readonly Entry[];
  readonly planned: readonly Planned<Waiter>[];
  readonly due: readonly Entry[];
  /** The window with the calls of those who are due. */
  readonly next: WindowState;
}

/** A round that takes longer belongs to a request that its host has killed. */
const ROUND_MS = 5000;
const MAX_CONFLICTS = 20;
/** Below it no share of a window is used up: the smallest is two thirds. */
const PLENTY_SHARE = 1 / 3;

/** Goes on with `value`, at once where it is there. */
const after = <T>(
  value: T | Promise<T>,
  next: (value: T) => Promise<void> | undefined,
): Promise<void> | undefined => (value instanceof Promise ? value.then(next) : next(value));

/** Makes the gate of one process. */
export function createGate(options: GateOptions): Gate {
  const { policy, store, now, newId, setTimer, waitUntil } = options;
  const waiting = new Map<string, Entry>();
  const fairness = createFairness(policy);
  let ended: { id: string; at: number; outcome: Observation | 'no_answer' | 'not_sent' }[] = [];
  let latest: StoredWindow | undefined;
  /** The last state that was read or written, for who only wants to look. */
  let shown: WindowState | undefined;
  let roundUntil = 0;
  let again = false;

  /** What a round could not do is done by the next one. */
  function behind(work: Promise<void> | undefined): void {
    if (work) waitUntil(work.catch(() => {}));
  }

  function report(id: string, outcome: Observation | 'no_answer' | 'not_sent'): void {
    const at = now();
    ended.push({ id, at, outcome });
    behind(round(at));
  }

  const pass = (entry: Entry): Pass => ({
    granted: true,
    waitedMs: waitedMs(entry, now),
    settle: (observation) => report(entry.id, observation ?? 'no_answer'),
    giveBack: () => report(entry.id, 'not_sent'),
  });

  function decide(entry: Entry, result: Pass | Refused): void {
    if (entry.result) {
      // It left while the round that grants this was under way.
      if (result.granted) result.giveBack();
      return;
    }
    waiting.delete(entry.id);
    entry.result = result;
    entry.decided?.(result);
    entry.wake();
  }

  /** With a pass of somebody else: what it waited is its own all the same. */
  function leave(entry: Entry, instead: Pass | undefined): void {
    const refused: Refused = { granted: false, slotInMs: undefined };
    decide(entry, instead ? { ...instead, waitedMs: waitedMs(entry, now) } : refused);
  }

  function withEnded(state: WindowState, at: number): WindowState {
    const settled = ended.reduce((sofar, { id, at: endedAt, outcome }) => {
      if (outcome === 'not_sent') return giveBack(sofar, id);
      return settle(sofar, policy, id, endedAt, outcome === 'no_answer' ? undefined : outcome);
    }, state);
    return prune(settled, policy, at);
  }

  /** Own waiters who can go now, one for each call. */
  function whoGoes(planned: readonly Planned<Waiter>[], at: number): Entry[] {
    const due: Entry[] = [];
    for (const { waiter, at: slotAt } of planned) {
      const entry = waiting.get(waiter.id);
      if (!entry) continue;
      const { call } = entry;
      const goesAlready = call !== undefined && due.some((other) => other.call === call);
      if (slotAt <= at && !goesAlready) due.push(entry);
    }
    return due;
  }

  /** Who can go by `stored`; undefined when that is too old to make anybody wait. */
  function findDue(stored: StoredWindow): Found | undefined {
    const at = now();
    const reported = ended.length;
    const state = withEnded(stored.state, at);
    const present = [...waiting.values()];
    if (present.length === 0) return { at, stored, reported, present, planned: [], due: [], next: state };
    const planned = plan(state, present, fairness.memory, policy, at, at + HORIZON_MS);
    const due = whoGoes(planned, at);
    if (latest && due.length < present.length && !store.isCurrent(latest.version)) return undefined;
    const next = due.reduce(
      (sofar, { id, key, conversation }) => take(sofar, { id, key, conversation, sentAt: at }),
      state,
    );
    return { at, stored, reported, present, planned, due, next };
  }

  /** Those of `present` who have no place in the plan are told when to come back. */
  function refuse({ at, present, planned, due, next }: Found): void {
    const staying = new Set<Waiter>(planned.map(({ waiter }) => waiter));
    const refused = present.filter((entry) => !staying.has(entry) && !entry.result);
    if (refused.length === 0) return;
    for (const entry of due) staying.delete(entry);
    for (const entry of refused) {
      decide(entry, {
        granted: false,
        slotInMs: slotInMs(entry, [...staying], next, fairness.memory, policy, at),
      });
    }
  }

  /** Lets in who may go and refuses who cannot be served in time, once that is `written`. True: look again. */
  function settleLook(found: Found, written: StoredWindow): boolean {
    const { at, stored, reported, due } = found;
    latest = written;
    shown = written.state;
    if (written !== stored) ended = ended.slice(reported);
    for (const entry of due) {
      fairness.served(entry, at);
      decide(entry, pass(entry));
    }
    if (waiting.size === 0) return false;
    // A store that is just being opened may have room for the others.
    if (written !== stored && !store.isCurrent(written.version)) return true;
    refuse(found);
    // Whoever has a place in the plan keeps it, although slots may come a little later than expected.
    for (const entry of found.present) entry.latestAt = entry.hardLatestAt;
    return false;
  }

  /** One look at the window: report what ended, let in who may go, refuse who cannot be served in time. */
  function look(left = MAX_CONFLICTS): Promise<void> | undefined {
    if (left === 0) return undefined;
    return after(latest ?? store.read(), (stored) => {
      const found = findDue(stored);
      if (!found) {
        latest = undefined;
        return look(left - 1);
      }
      const { next: state } = found;
      if (state === stored.state) return void settleLook(found, stored);
      return after(store.write(state, stored.version), (version) => {
        latest = undefined;
        const isOver = version !== undefined && !settleLook(found, { state, version });
        return isOver ? undefined : look(left - 1);
      });
    });
  }

  /** With this much room the order of those who come at once decides nothing. */
  function hasPlenty(): boolean {
    if (!latest) return false;
    const { state } = latest;
    return ownCalls(state) + state.foreign.calls < state.limit * PLENTY_SHARE;
  }

  /** One round at a time: whoever comes during one is seen to by the next. Undefined where no promise is needed. */
  function round(at = now()): Promise<void> | undefined {
    if (roundUntil > at) {
      again = true;
      return undefined;
    }
    roundUntil = at + ROUND_MS;
    // Where somebody waits or room gets short, all who come at this moment are planned for together.
    again = waiting.size > 1 || (waiting.size > 0 && !hasPlenty());
    let work: Promise<void> | undefined;
    try {
      work = again ? undefined : look();
    } catch (error) {
      work = Promise.reject(error);
    }
    if (!work && !again) roundUntil = 0;
    return work || again ? rounds(work) : undefined;
  }

  async function rounds(first: Promise<void> | undefined): Promise<void> {
    try {
      await first;
      while (again) {
        again = false;
        roundUntil = now() + ROUND_MS;
        await look();
      }
    } finally {
      roundUntil = 0;
    }
  }

  /** A round goes on for others; whoever has its slot does not wait for that. */
  const decisionOr = (entry: Entry, work: Promise<void> | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      entry.wake = resolve;
      if (work) work.then(resolve, reject);
      else resolve();
      behind(work);
    });

  const nap = (entry: Entry, ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = setTimer(resolve, ms);
      entry.wake = () => {
        cancel();
        resolve();
      };
    });

  function arrive(request: Request): Entry {
    const { key, conversation, entered } = request;
    const at = now();
    const entry = newEntry(request, newId(), fairness.arrived(key, conversation, at), at);
    waiting.set(entry.id, entry);
    entered?.((instead) => leave(entry, instead));
    return entry;
  }

  /** For one whose time is over: when it could have a slot, by what was seen last. */
  function expectedInMs(entry: Entry): number | undefined {
    const { state, waiters, memory, now: at } = viewed();
    const others = waiters.filter((other) => other !== entry);
    return state && slotInMs(entry, others, state, memory, policy, at);
  }

  async function wait(entry: Entry, first: Promise<void> | undefined): Promise<Pass | Refused> {
    try {
      for (let work = first; ; work = round()) {
        await decisionOr(entry, work);
        if (entry.result) return entry.result;
        entry.waited = true;
        await nap(entry, napMs(entry, latest?.state, policy, now()));
        if (entry.result) return entry.result;
        if (now() > entry.latestAt) decide(entry, { granted: false, slotInMs: expectedInMs(entry) });
      }
    } finally {
      // Whoever has left, for whatever reason, takes no slot any more.
      waiting.delete(entry.id);
    }
  }

  /** With what this process knows and has not written yet. */
  function viewed(): Viewed {
    const at = now();
    const state = shown && withEnded(shown, at);
    return { state, waiters: [...waiting.values()], memory: fairness.memory, policy, now: at };
  }

  const view = (): WindowView => windowView(viewed());

  return {
    now,
    get store() {
      return store.kind;
    },
    enter(request) {
      const entry = arrive(request);
      const work = round(entry.enteredAt);
      if (!entry.result) return wait(entry, work);
      // Decided at once. The round may go on for others.
      behind(work);
      return Promise.resolve(entry.result);
    },
    view,
    cooldownMs: () => Math.max(0, (shown?.pause?.until ?? 0) - now()),
    allowance({ lane, key, conversation }, isRefused) {
      const name = fairness.nameOf(key, conversation);
      return allowanceOf({ lane, key, conversation: name }, viewed(), isRefused);
    },
    async currentView() {
      if (latest && !store.isCurrent(latest.version)) latest = undefined;
      await round()?.catch(() => {});
      return view();
    },
  };
}
