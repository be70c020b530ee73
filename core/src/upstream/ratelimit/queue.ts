/** The waiters of all instances in one place, so that every instance makes the same plan. */

import type { BudgetPolicy } from './policy.ts';
import { type FairnessMemory, type Planned, plan, type Waiter } from './schedule.ts';
import type { WindowState } from './window.ts';

/** Somebody who had a slot within the last minutes. */
export interface Served {
  readonly key: string;
  readonly conversation: string;
  readonly call?: string | undefined;
  readonly at: number;
}

/** The line as it was read together with the window. */
export interface LineSeen {
  readonly waiters: readonly Waiter[];
  /** Oldest first. */
  readonly served: readonly Served[];
}

/** A line that outlives an instance. Whoever dies in it drops out when its latest time is over. */
export interface WaitingLine {
  stand(waiter: Waiter): Promise<void>;
  /** Removes who has not been served. */
  leave(id: string): Promise<void>;
}

/** Whoever lets a slot pass for this long is taken for dead. Longer than a waiter's nap and a slow store together. */
const OVERDUE_MS = 2000;
const NAP_MS = 1000;
/** A waiter whose slot is this near sleeps until then. */
const NEAR_MS = 1500;
/** Share of the time waited by which an expectation may slip: clocks, timers and stores are late by a little each time. */
const SLIP_SHARE = 1 / 10;

/** What fairness knows when only the line is asked: all instances read the same. */
export function lineMemory({ served }: LineSeen): FairnessMemory {
  const keyServedAt = new Map(served.map(({ key, at }) => [key, at]));
  const conversationServedAt = new Map(served.map(({ conversation, at }) => [conversation, at]));
  return { keyServedAt, conversationServedAt, conversationActiveAt: conversationServedAt };
}

/** Of equals a plan takes the first, which must be the same one in every instance. */
const byArrival = (a: Waiter, b: Waiter): number => a.enteredAt - b.enteredAt || (a.id < b.id ? -1 : 1);

/** True when somebody else got a slot for the same call after this one began to wait. */
export const isTaken = ({ call, enteredAt }: Waiter, { served }: LineSeen): boolean =>
  call !== undefined && served.some((other) => other.call === call && other.at >= enteredAt);

/** A waiter of another instance whose turn it is, and since when somebody has been watching that. */
export interface Suspect {
  readonly id: string;
  readonly since: number;
}

/** A plan over everybody in the line. */
export interface LinePlan {
  readonly planned: readonly Planned<Waiter>[];
  readonly suspect: Suspect | undefined;
  /** It has let its turn pass: it is not in the plan, and should not be in the line. */
  readonly dead: string | undefined;
}

/** Plans for all waiters, own and others. One of another instance that lets its turn pass for too long is left out. */
export function planLine(
  state: WindowState,
  line: LineSeen,
  own: ReadonlyMap<string, Waiter>,
  watched: Suspect | undefined,
  policy: BudgetPolicy,
  now: number,
  horizon: number,
): LinePlan {
  const memory = lineMemory(line);
  const others = line.waiters.filter(({ id }) => !own.has(id));
  const everybody = [...own.values(), ...others].sort(byArrival);
  const planned = plan(state, everybody, memory, policy, now, horizon);
  const [first] = planned;
  if (!first || first.at > now || own.has(first.waiter.id)) {
    return { planned, suspect: undefined, dead: undefined };
  }
  const { id } = first.waiter;
  const suspect = watched?.id === id ? watched : { id, since: now };
  if (now - suspect.since <= OVERDUE_MS) return { planned, suspect, dead: undefined };
  const alive = everybody.filter((waiter) => waiter.id !== id);
  return { planned: plan(state, alive, memory, policy, now, horizon), suspect: undefined, dead: id };
}

/** Until when an expected slot is good enough, for somebody who was told at first that it comes by `promisedBy`. */
export const acceptableUntil = (promisedBy: number, waitedMs: number, latestAt: number): number =>
  Math.min(latestAt, promisedBy + waitedMs * SLIP_SHARE);

/**
 * How long to sleep when the slot is expected in `inMs`: a second at first, while others arrive, then ever longer, and
 * shorter again towards the slot. About a dozen looks for twenty seconds.
 */
export function lineNapMs(inMs: number, waitedMs: number): number {
  if (inMs <= NEAR_MS) return Math.max(1, inMs);
  return Math.max(NAP_MS, Math.min(waitedMs, inMs / 2));
}
