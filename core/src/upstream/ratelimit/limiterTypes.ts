/** The gate as its callers see it. */

import type { Observation } from '../../discogs/rateLimitHeaders.ts';
import type { Lane } from './schedule.ts';
import type { WindowStore } from './windowStore.ts';
import type { Allowance, WindowView } from './windowView.ts';

export type { Allowance, WindowView } from './windowView.ts';

/** Who wants to go, and until when waiting makes sense. */
export interface Request {
  readonly lane: Lane;
  readonly key: string;
  readonly conversation: string;
  /** On the gate's clock, `now`; later than this the call would have too little time left for Discogs. */
  readonly latestAt: number;
  /** On arrival a slot that is expected later than this is refused. Absent: `latestAt`. */
  readonly promisedBy?: number;
  /** See `Waiter`. */
  readonly call?: string;
  /** Given what leaves the queue again, before the first look at the window. */
  readonly entered?: (leave: Leave) => void;
  /** Told of the decision before anybody else is let in: a promise would be too late to leave with. */
  readonly decided?: (result: Pass | Refused) => void;
}

/** Whose call it is. */
export type Turn = Pick<Request, 'lane' | 'key' | 'conversation'>;

/** Ends the waiting: as refused, or with a pass that somebody else got. A pass that comes too late is given back. */
export type Leave = (instead?: Pass) => void;

/** A slot. Its holder sends one call and says how that ended. */
export interface Pass {
  readonly granted: true;
  readonly waitedMs: number;
  /** `undefined`: the attempt ended without an answer. It counts all the same. */
  settle(observation: Observation | undefined): void;
  /** Nothing was sent after all: the slot is free again. */
  giveBack(): void;
}

/** No slot in time. */
export interface Refused {
  readonly granted: false;
  /** Until a slot is expected for this caller; undefined for one that left by itself. */
  readonly slotInMs: number | undefined;
}

/** Admits calls one by one. */
export interface Gate {
  enter(request: Request): Promise<Pass | Refused>;
  view(): WindowView;
  /** How long Discogs still wants no call at all after a 429, as it was seen last; 0 for no cooldown. */
  cooldownMs(): number;
  /** What one caller may expect of the window, as it is here and now; `isRefused` for one that has just been refused. */
  allowance(turn: Turn, isRefused: boolean): Allowance;
  /** The clock of all times of this gate. */
  now(): number;
  /** The view after a look at the window, where another instance may have changed it; the last one where that fails. */
  currentView(): Promise<WindowView>;
  readonly store: WindowStore['kind'];
}
