/** The moving window of calls, as a plain value that a store can keep. Pure: time comes in, a new state goes out. */

import type { Observation } from '../../discogs/rateLimitHeaders.ts';
import { forgottenAt, NO_STRANGERS, type Strangers, seeStrangers, strangersNow } from './externalUsage.ts';
import type { BudgetPolicy } from './policy.ts';

/** One call under way. Times are milliseconds on the store's clock. */
export interface Slot {
  readonly id: string;
  /** Label of the caller's key. */
  readonly key: string;
  readonly conversation: string;
  readonly sentAt: number;
}

/**
 * Calls of one conversation that ended within the same quarter of a second. Counting them together keeps the state
 * small whatever the limit is; rounding up costs at most that quarter.
 */
export interface EndedCalls {
  readonly at: number;
  readonly conversation: string;
  readonly calls: number;
}

/** Everybody waits until `until`; then one probe decides, whatever the estimate of strangers says. */
export interface Pause {
  readonly until: number;
  readonly lengthMs: number;
  /** The slot that was let through to find out; undefined while nobody has been. */
  readonly probe: string | undefined;
}

/** Everything that instances share about the budget of one source address. */
export interface WindowState {
  readonly limit: number;
  readonly underWay: readonly Slot[];
  /** Oldest first. */
  readonly ended: readonly EndedCalls[];
  readonly endedCalls: number;
  readonly foreign: Strangers;
  readonly pause: Pause | undefined;
  readonly lastSentAt: number;
  /** While an instance cannot see the others: the most calls of its own in a window. Absent: the limit alone counts. */
  readonly share?: number;
}

const BUCKET_MS = 250;
/** A pause is doubled up to a whole window. */
const LONGEST_DOUBLED_MS = 60_000;
/** A probe without an answer after this, beside the longest attempt, has died with its holder. */
const PROBE_GRACE_MS = 2000;
/** Discogs' windows are minutes. A header that asks for years must not close the gateway until it is restarted. */
const LONGEST_PAUSE_MS = 3_600_000;
/** A header beyond this is nonsense, not a limit. */
const LARGEST_LIMIT = 10_000_000;

export const emptyWindow = (policy: BudgetPolicy): WindowState => ({
  limit: policy.limit,
  underWay: [],
  ended: [],
  endedCalls: 0,
  foreign: NO_STRANGERS,
  pause: undefined,
  lastSentAt: 0,
});

/** When a call that is under way must have ended and left the window. */
const lapsesAt = (slot: Slot, policy: BudgetPolicy): number =>
  slot.sentAt + policy.longestAttemptMs + policy.windowMs;

/** The state without what no longer counts. */
export function prune(state: WindowState, policy: BudgetPolicy, now: number): WindowState {
  let gone = 0;
  for (const { at } of state.ended) {
    if (at + policy.windowMs > now) break;
    gone += 1;
  }
  const lapsed = state.underWay.some((slot) => lapsesAt(slot, policy) <= now);
  const strangers = state.foreign.calls > 0 && forgottenAt(state.foreign) <= now;
  const pause = withoutDeadProbe(state, policy, now);
  if (gone === 0 && !lapsed && !strangers && pause === state.pause) return state;
  const goneCalls = state.ended.slice(0, gone).reduce((sum, { calls }) => sum + calls, 0);
  return {
    ...state,
    underWay: lapsed ? state.underWay.filter((slot) => lapsesAt(slot, policy) > now) : state.underWay,
    ended: state.ended.slice(gone),
    endedCalls: state.endedCalls - goneCalls,
    foreign: strangers ? NO_STRANGERS : state.foreign,
    pause,
  };
}

/** Whoever held the probe has died with it: the next call may try. Its slot counts for as long as any other. */
function withoutDeadProbe(
  { pause, underWay }: WindowState,
  { longestAttemptMs }: BudgetPolicy,
  now: number,
): Pause | undefined {
  if (pause?.probe === undefined) return pause;
  const probe = underWay.find(({ id }) => id === pause.probe);
  const isAlive = probe !== undefined && probe.sentAt + longestAttemptMs + PROBE_GRACE_MS > now;
  return isAlive ? pause : { ...pause, probe: undefined };
}

/**
 * The state to decide and to predict by. While a pause lasts, the estimate of strangers counts for nothing: it is what
 * the 429 said, and the answer to the probe says how many there are.
 */
export const assumed = (state: WindowState): WindowState =>
  state.pause ? { ...state, foreign: NO_STRANGERS } : state;

/** Our own calls that count now. */
export const ownCalls = (state: WindowState): number => state.underWay.length + state.endedCalls;

/** Calls that count now, ours and those of strangers. */
export const usedCalls = (state: WindowState, policy: BudgetPolicy, now: number): number =>
  ownCalls(state) + strangersNow(state.foreign, policy, state.limit, now);

/** Calls that could go now beside those of `strangers`; below 0 where they, or a lower limit, have taken more. */
export const freeCalls = (state: WindowState, strangers: number): number =>
  Math.min(state.limit - strangers, state.share ?? Number.POSITIVE_INFINITY) - ownCalls(state);

/** When a full window has room again: no call under way can leave it earlier than a whole window from now. */
export function nextFreeAt({ ended, foreign }: WindowState, { windowMs }: BudgetPolicy, now: number): number {
  const [oldest] = ended;
  return Math.min(
    (oldest?.at ?? now) + windowMs,
    foreign.calls > 0 && foreign.until > now ? foreign.until : Number.POSITIVE_INFINITY,
  );
}

/** Calls of one conversation that count now. */
export function heldBy(state: WindowState, conversation: string): number {
  let held = 0;
  for (const slot of state.underWay) if (slot.conversation === conversation) held += 1;
  for (const ended of state.ended) if (ended.conversation === conversation) held += ended.calls;
  return held;
}

/** The state with one more call under way. While a pause ends, that call is its probe. */
export function take(state: WindowState, slot: Slot): WindowState {
  const pause = state.pause && { ...state.pause, probe: state.pause.probe ?? slot.id };
  return { ...state, underWay: [...state.underWay, slot], pause, lastSentAt: slot.sentAt };
}

/** The state without a call that was let through and then not sent. */
export function giveBack(state: WindowState, id: string): WindowState {
  const pause = state.pause?.probe === id ? { ...state.pause, probe: undefined } : state.pause;
  return { ...state, underWay: state.underWay.filter((slot) => slot.id !== id), pause };
}

/** Calls of all conversations of one key that count now; their names begin with it. */
export function heldByKey(state: WindowState, key: string): number {
  let held = 0;
  for (const slot of state.underWay) if (slot.key === key) held += 1;
  for (const { conversation, calls } of state.ended) if (conversation.startsWith(`${key}/`)) held += calls;
  return held;
}

/** What could not be written at once comes behind later calls of other instances. */
const inOrder = (ended: readonly EndedCalls[]): readonly EndedCalls[] =>
  (ended.at(-2)?.at ?? 0) <= (ended.at(-1)?.at ?? 0) ? ended : ended.toSorted((a, b) => a.at - b.at);

/** The state in which call `slot` has ended at `now`. */
export function end(state: WindowState, slot: Slot, now: number): WindowState {
  const at = Math.ceil(now / BUCKET_MS) * BUCKET_MS;
  const { conversation } = slot;
  const same = state.ended.findLastIndex((ended) => ended.at === at && ended.conversation === conversation);
  const ended =
    same === -1
      ? inOrder([...state.ended, { at, conversation, calls: 1 }])
      : state.ended.with(same, { at, conversation, calls: (state.ended[same]?.calls ?? 0) + 1 });
  return {
    ...state,
    underWay: state.underWay.filter((other) => other.id !== slot.id),
    ended,
    endedCalls: state.endedCalls + 1,
  };
}

function pauseAfter(
  { pause }: WindowState,
  slot: Slot,
  { unstatedCooldownMs }: BudgetPolicy,
  now: number,
  { limited, retryAfterMs = 0 }: Observation,
): Pause | undefined {
  if (!limited) return pause?.probe === slot.id ? undefined : pause;
  const statedMs = Math.min(retryAfterMs, LONGEST_PAUSE_MS);
  // Calls that were under way when the pause began say nothing new but, perhaps, a later end.
  if (pause && pause.probe !== slot.id && slot.sentAt < pause.until) {
    return pause.until > now ? { ...pause, until: Math.max(pause.until, now + statedMs) } : pause;
  }
  const doubledMs = Math.min((pause?.lengthMs ?? 0) * 2, LONGEST_DOUBLED_MS);
  const lengthMs = Math.max(statedMs || unstatedCooldownMs, doubledMs);
  return { until: now + lengthMs, lengthMs, probe: undefined };
}

function foreignAfter(
  state: WindowState,
  slot: Slot,
  policy: BudgetPolicy,
  now: number,
  { limited, used }: Observation,
): Strangers {
  const isGoodProbe = state.pause?.probe === slot.id && !limited;
  if (used === undefined) return isGoodProbe ? NO_STRANGERS : state.foreign;
  const windowStart = slot.sentAt - policy.windowMs;
  let late = state.endedCalls;
  for (const { at, calls } of state.ended) {
    if (at > windowStart) break;
    late -= calls;
  }
  // Calls sent beside this one may or may not have arrived first; counting them as ours never invents strangers.
  const ours = late + state.underWay.length - 1;
  const calls = Math.min(Math.max(0, used - ours), state.limit);
  // What the 429 said is over: the answer to a probe decides, also when it comes soon after.
  return seeStrangers(isGoodProbe ? NO_STRANGERS : state.foreign, calls, policy, now);
}

/** The state after the call of slot `id` ended, with or without an answer. */
export function settle(
  state: WindowState,
  policy: BudgetPolicy,
  id: string,
  now: number,
  observation: Observation | undefined,
): WindowState {
  const slot = state.underWay.find((candidate) => candidate.id === id);
  if (!slot) return state;
  const after = end(state, slot, now);
  if (!observation) {
    // A probe without an answer found nothing out: the next call may try.
    const pause = state.pause?.probe === id ? { ...state.pause, probe: undefined } : state.pause;
    return { ...after, pause };
  }
  const { limit } = observation;
  const plausible = limit !== undefined && limit >= 1 && limit <= LARGEST_LIMIT;
  return {
    ...after,
    limit: plausible ? limit : state.limit,
    foreign: foreignAfter(state, slot, policy, now, observation),
    pause: pauseAfter(state, slot, policy, now, observation),
  };
}
