/** The rate limiter as its callers see it. */

import type { Observation } from '../../discogs/rateLimitHeaders.ts';
import type { Priority } from './schedule.ts';
import type { WindowStore } from './windowStore.ts';
import type { Allowance, WindowView } from './windowView.ts';

export type { Allowance, WindowView } from './windowView.ts';

/** A request for a permit. */
export interface AcquireRequest {
  readonly priority: Priority;
  readonly key: string;
  readonly conversation: string;
  /** Latest useful time for a permit, on the limiter's clock `now`. */
  readonly latestAt: number;
  /** Refused on arrival if the slot is expected later than this; `latestAt` by default. */
  readonly promisedBy?: number;
  /** See `Waiter`. */
  readonly call?: string;
  /** Called synchronously, before the first plan, with a function that leaves the queue. */
  readonly onQueued?: (leave: LeaveQueue) => void;
  /** Called synchronously with the decision, before the next permit is granted; a promise would resolve too late. */
  readonly onDecided?: (result: Permit | Refused) => void;
}

/** Who asks for a permit. */
export type Requester = Pick<AcquireRequest, 'priority' | 'key' | 'conversation'>;

/** Leaves the queue: refused, or with a permit that another waiter got. A permit that comes too late is cancelled. */
export type LeaveQueue = (instead?: Permit) => void;

/** Permission for one call. Its holder must complete or cancel it. */
export interface Permit {
  readonly kind: 'granted';
  readonly waitedMs: number;
  /** `undefined`: the call ended without an answer. It counts all the same. */
  complete(observation: Observation | undefined): void;
  /** Nothing was sent: the slot is free again. */
  cancel(): void;
}

/** No slot in time. */
export interface Refused {
  readonly kind: 'refused';
  /** Time until a slot is expected for this requester; undefined if it left the queue itself. */
  readonly slotInMs: number | undefined;
}

/** Grants permits for calls. */
export interface RateLimiter {
  acquire(request: AcquireRequest): Promise<Permit | Refused>;
  view(): WindowView;
  /** Rest of the cooldown after a 429; 0 without one. */
  cooldownMs(): number;
  /** What one requester can expect now; `isRefused`: it has just been refused. */
  allowance(turn: Requester, isRefused: boolean): Allowance;
  /** The clock of all times here. */
  now(): number;
  /** The view after reading the shared window again; the last known one if that fails. */
  currentView(): Promise<WindowView>;
  readonly store: WindowStore['kind'];
}
