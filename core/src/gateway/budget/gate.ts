/** The gate before Discogs: calls wait here for a slot of the window, in a fair order, or are told so at once. */
import { createFairness } from './fairness.ts';
import type { Gate, Pass, Refused } from './gateTypes.ts';
import {
  acceptableUntil,
  isTaken,
  type LineSeen,
  lineMemory,
  lineNapMs,
  planLine,
  type Suspect,
} from './line.ts';
import { type Planned, plan, type Waiter } from './plan.ts';
import type { BudgetPolicy } from './policy.ts';
import { HORIZON_MS, slotInMs } from './predict.ts';
import type { StoredWindow, WindowStore } from './store.ts';
import { type WindowView, windowView } from './view.ts';
import { giveBack, type Observation, prune, settle, take, type WindowState } from './window.ts';

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

interface Entry extends Waiter {
  latestAt: number;
  readonly hardLatestAt: number;
  readonly promisedBy: number | undefined;
  readonly refusesInPause: boolean;
  /** When the last look expected its slot. */
  expectedAt: number;
  /** It is in the line. */
  stands: boolean;
  result: Pass | Refused | undefined;
  /** False for a call that went straight through, whose wait is exactly nothing. */
  waited: boolean;
  readonly decided: ((result: Pass | Refused) => void) | undefined;
  wake: () => void;
}

/** A waiter looks again at least this often: in some hosts nobody else can wake it. */
const LONGEST_NAP_MS = 1000;
/** A round that takes longer belongs to a request that its host has killed. */
const ROUND_MS = 5000;
const MAX_CONFLICTS = 20;

/** Makes the gate of one process. */
export function createGate(options: GateOptions): Gate {
  const { policy, store, now, newId, setTimer, waitUntil } = options;
  const waiting = new Map<string, Entry>();
  const fairness = createFairness(policy);
  /** Of another instance. */
  let suspect: Suspect | undefined;
  let ended: { id: string; at: number; outcome: Observation | 'no_answer' | 'not_sent' }[] = [];
  let latest: StoredWindow | undefined;
  /** The last state that was read or written, for who only wants to look. */
  let shown: WindowState | undefined;
  let roundUntil = 0;
  let again = false;

  function report(id: string, outcome: Observation | 'no_answer' | 'not_sent'): void {
    ended.push({ id, at: now(), outcome });
    // What this round could not report is reported by the next one.
    waitUntil(round().catch(() => {}));
  }

  const waitedMs = (entry: Entry): number => (entry.waited ? Math.max(0, now() - entry.enteredAt) : 0);

  const pass = (entry: Entry, takenAt: number): Pass => ({
    granted: true,
    takenAt,
    waitedMs: waitedMs(entry),
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
    decide(entry, instead ? { ...instead, waitedMs: waitedMs(entry) } : refused);
  }

  function withEnded(state: WindowState, at: number): WindowState {
    const settled = ended.reduce((sofar, { id, at: endedAt, outcome }) => {
      if (outcome === 'not_sent') return giveBack(sofar, id);
      return settle(sofar, policy, id, endedAt, outcome === 'no_answer' ? undefined : outcome);
    }, state);
    return prune(settled, policy, at);
  }

  /** Those whom the line says something about, before anything is planned. */
  function heed(line: LineSeen, at: number): void {
    const standing = new Set(line.waiters.map(({ id }) => id));
    for (const entry of waiting.values()) {
      if (isTaken(entry, line)) decide(entry, { granted: false, slotInMs: 0, because: 'taken' });
      // Somebody took it for dead; it stands again, where it stood.
      else if (!standing.has(entry.id)) entry.stands = false;
      const { promisedBy, enteredAt, hardLatestAt } = entry;
      if (promisedBy !== undefined)
        entry.latestAt = acceptableUntil(promisedBy, at - enteredAt, hardLatestAt);
    }
  }

  /** Everybody's plan, for a gate that sees a line. */
  function planAll(state: WindowState, line: LineSeen, at: number): readonly Planned<Waiter>[] {
    const all = planLine(state, line, waiting, suspect, policy, at, at + HORIZON_MS);
    suspect = all.suspect;
    if (all.dead !== undefined && store.line) waitUntil(store.line.leave(all.dead).catch(() => {}));
    return all.planned;
  }

  /** Own waiters who can go now, one for each call. */
  function whoGoes(planned: readonly Planned<Waiter>[], at: number): Entry[] {
    const calls = new Set<string>();
    const due: Entry[] = [];
    for (const { waiter, at: slotAt } of planned) {
      const entry = waiting.get(waiter.id);
      if (!entry) continue;
      entry.expectedAt = slotAt;
      if (slotAt > at || (entry.call !== undefined && calls.has(entry.call))) continue;
      if (entry.call !== undefined) calls.add(entry.call);
      due.push(entry);
    }
    return due;
  }

  /** One look at the window: report what ended, let in who may go, refuse who cannot be served in time. */
  async function look(): Promise<void> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      // Who stands in a line is true for a moment only.
      if (store.line) latest = undefined;
      const reading = latest ?? store.read();
      const stored = reading instanceof Promise ? await reading : reading;
      const at = now();
      const reported = ended.length;
      const state = withEnded(stored.state, at);
      const { line } = stored;
      if (line) heed(line, at);
      if (state.pause && state.pause.until > at) {
        const slotInMs = state.pause.until - at;
        for (const entry of waiting.values()) {
          if (entry.refusesInPause) decide(entry, { granted: false, slotInMs, because: 'paused' });
        }
      }
      const present = [...waiting.values()];
      const planned = line
        ? planAll(state, line, at)
        : plan(state, present, fairness.memory, policy, at, at + HORIZON_MS);
      const due = whoGoes(planned, at);
      if (latest && due.length < present.length && !store.isCurrent(latest.version)) {
        // Nobody waits, or is refused, because of what was true some time ago.
        latest = undefined;
        continue;
      }
      const next = due.reduce(
        (sofar, { id, key, conversation }) => take(sofar, { id, key, conversation, sentAt: at }),
        state,
      );
      if (next !== stored.state) {
        const writing = store.write(next, stored.version, due);
        const version = writing instanceof Promise ? await writing : writing;
        if (version === undefined) {
          latest = undefined;
          continue;
        }
        latest = { state: next, version };
        shown = next;
        ended = ended.slice(reported);
      } else {
        latest = stored;
        shown = stored.state;
      }
      for (const entry of due) {
        fairness.served(entry, at);
        decide(entry, pass(entry, at));
      }
      // A store that is just being opened may have room for the others.
      if (waiting.size === 0) return;
      if (next !== stored.state && !store.isCurrent(latest.version)) continue;
      const served = new Set<Waiter>(planned.map(({ waiter }) => waiter));
      const refused = present.filter((entry) => !served.has(entry) && !entry.result);
      if (refused.length === 0) return;
      const memory = line ? lineMemory(line) : fairness.memory;
      for (const entry of due) served.delete(entry);
      for (const entry of refused) {
        decide(entry, { granted: false, slotInMs: slotInMs(entry, [...served], next, memory, policy, at) });
      }
      return;
    }
  }

  async function round(): Promise<void> {
    if (roundUntil > now()) {
      again = true;
      return;
    }
    do {
      again = false;
      roundUntil = now() + ROUND_MS;
      try {
        // A store in memory answers at once. Whoever else comes at this moment is planned for together with these.
        if (waiting.size > 1) await undefined;
        await look();
      } finally {
        roundUntil = 0;
      }
    } while (again);
  }

  /** A round goes on for others; whoever has its slot does not wait for that. */
  const decisionOr = (entry: Entry, work: Promise<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      entry.wake = resolve;
      work.then(resolve, reject);
    });

  const nap = (entry: Entry, ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = setTimer(resolve, ms);
      entry.wake = () => {
        cancel();
        resolve();
      };
    });

  function napMs(entry: Entry): number {
    const at = now();
    if (store.line) {
      const napMs = lineNapMs(entry.expectedAt - at, at - entry.enteredAt);
      return Math.max(1, Math.min(napMs, entry.hardLatestAt - at));
    }
    const state = latest?.state;
    const oldest = state?.ended[0];
    const changes = [
      entry.latestAt,
      at + LONGEST_NAP_MS,
      ...(oldest ? [oldest.at + policy.windowMs] : []),
      ...(state ? [state.lastSentAt + policy.spacingMs] : []),
      ...(state?.pause ? [state.pause.until] : []),
    ].filter((change) => change > at);
    return Math.max(1, Math.min(...changes) - at);
  }

  const view = (): WindowView => windowView(shown, waiting.size, policy, now());

  return {
    get store() {
      return store.kind;
    },
    async enter({
      lane,
      key,
      conversation,
      latestAt,
      promisedBy,
      call,
      refusesInPause = false,
      entered,
      decided,
    }) {
      const entry: Entry = {
        id: newId(),
        lane,
        key,
        conversation: fairness.arrived(key, conversation, now()),
        enteredAt: now(),
        latestAt,
        hardLatestAt: latestAt,
        promisedBy,
        refusesInPause,
        call,
        expectedAt: latestAt,
        stands: false,
        result: undefined,
        waited: false,
        decided,
        wake: () => {},
      };
      waiting.set(entry.id, entry);
      entered?.((instead) => leave(entry, instead));
      try {
        for (;;) {
          const work = round();
          waitUntil(work.catch(() => {}));
          if (!entry.result) await decisionOr(entry, work);
          if (entry.result) return entry.result;
          entry.waited = true;
          if (store.line && !entry.stands) {
            entry.stands = true;
            await store.line.stand({ ...entry, latestAt: entry.hardLatestAt });
          }
          await nap(entry, napMs(entry));
          if (entry.result) return entry.result;
          if (now() > latestAt) decide(entry, { granted: false, slotInMs: undefined });
        }
      } finally {
        // Whoever has left, for whatever reason, takes no slot any more.
        waiting.delete(entry.id);
        if (store.line && entry.stands && !entry.result?.granted) {
          waitUntil(store.line.leave(entry.id).catch(() => {}));
        }
      }
    },
    view,
    async currentView() {
      if (latest && !store.isCurrent(latest.version)) latest = undefined;
      await round().catch(() => {});
      return view();
    },
  };
}
