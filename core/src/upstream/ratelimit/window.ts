/** The moving window of calls, as a plain value that a store can keep. Pure: time comes in, a new state goes out. */

import type { Observation } from '../../discogs/rateLimitHeaders.ts';
import {
  type ExternalUsage,
  externalCallsNow,
  forgottenAt,
  NO_EXTERNAL_USAGE,
  observeExternalUsage,
} from './externalUsage.ts';
import type { BudgetPolicy } from './policy.ts';

/** One call in flight. Times are milliseconds on the store's clock. */
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

/** No call before `until`; then a single probe decides, whatever the external usage estimate says. */
export interface Cooldown {
  readonly until: number;
  readonly lengthMs: number;
  /** The call that was sent to find out; undefined before that. */
  readonly probe: string | undefined;
}

/** The state of one source address, shared by all instances. */
export interface WindowState {
  readonly limit: number;
  readonly inFlight: readonly Slot[];
  /** Oldest first. */
  readonly ended: readonly EndedCalls[];
  readonly endedCalls: number;
  readonly external: ExternalUsage;
  readonly cooldown: Cooldown | undefined;
  readonly lastSentAt: number;
  /** Largest number of own calls while the shared store is down; absent otherwise. */
  readonly share?: number;
}

const BUCKET_MS = 250;
/** A cooldown is doubled up to a whole window. */
const LONGEST_DOUBLED_MS = 60_000;
/** A probe unanswered for this much longer than the longest attempt counts as stalled. */
const PROBE_GRACE_MS = 2000;
/** Discogs' windows are minutes; a header that asks for years must not block the gateway until a restart. */
const LONGEST_COOLDOWN_MS = 3_600_000;
/** A header beyond this is nonsense, not a limit. */
const LARGEST_LIMIT = 10_000_000;

export const emptyWindow = (policy: BudgetPolicy): WindowState => ({
  limit: policy.limit,
  inFlight: [],
  ended: [],
  endedCalls: 0,
  external: NO_EXTERNAL_USAGE,
  cooldown: undefined,
  lastSentAt: 0,
});

/** When a call that is in flight must have ended and left the window. */
const lapsesAt = (slot: Slot, policy: BudgetPolicy): number =>
  slot.sentAt + policy.longestAttemptMs + policy.windowMs;

/** Removes what no longer counts. */
export function prune(state: WindowState, policy: BudgetPolicy, now: number): WindowState {
  let gone = 0;
  for (const { at } of state.ended) {
    if (at + policy.windowMs > now) break;
    gone += 1;
  }
  const lapsed = state.inFlight.some((slot) => lapsesAt(slot, policy) <= now);
  const externalCalls = state.external.calls > 0 && forgottenAt(state.external) <= now;
  const cooldown = withoutStalledProbe(state, policy, now);
  if (gone === 0 && !lapsed && !externalCalls && cooldown === state.cooldown) return state;
  const goneCalls = state.ended.slice(0, gone).reduce((sum, { calls }) => sum + calls, 0);
  return {
    ...state,
    inFlight: lapsed ? state.inFlight.filter((slot) => lapsesAt(slot, policy) > now) : state.inFlight,
    ended: state.ended.slice(gone),
    endedCalls: state.endedCalls - goneCalls,
    external: externalCalls ? NO_EXTERNAL_USAGE : state.external,
    cooldown,
  };
}

/** Clears a stalled probe, so that the next call may probe. Its slot counts as long as any other. */
function withoutStalledProbe(
  { cooldown, inFlight }: WindowState,
  { longestAttemptMs }: BudgetPolicy,
  now: number,
): Cooldown | undefined {
  if (cooldown?.probe === undefined) return cooldown;
  const probe = inFlight.find(({ id }) => id === cooldown.probe);
  const isAlive = probe !== undefined && probe.sentAt + longestAttemptMs + PROBE_GRACE_MS > now;
  return isAlive ? cooldown : { ...cooldown, probe: undefined };
}

/**
 * The state for decisions and predictions. During a cooldown the external usage is ignored: it comes from the 429, and the
 * answer to the probe will update it.
 */
export const assumed = (state: WindowState): WindowState =>
  state.cooldown ? { ...state, external: NO_EXTERNAL_USAGE } : state;

/** Our own calls that count now. */
export const ownCalls = (state: WindowState): number => state.inFlight.length + state.endedCalls;

/** Calls that count now, external ones included. */
export const usedCalls = (state: WindowState, policy: BudgetPolicy, now: number): number =>
  ownCalls(state) + externalCallsNow(state.external, policy, state.limit, now);

/** Calls that can be sent now; below 0 if external calls or a lowered limit have taken more. */
export const freeCalls = (state: WindowState, externalCalls: number): number =>
  Math.min(state.limit - externalCalls, state.share ?? Number.POSITIVE_INFINITY) - ownCalls(state);

/** When a full window has room again. A call in flight cannot leave it earlier than one window from now. */
export function nextFreeAt(
  { ended, external }: WindowState,
  { windowMs }: BudgetPolicy,
  now: number,
): number {
  const [oldest] = ended;
  return Math.min(
    (oldest?.at ?? now) + windowMs,
    external.calls > 0 && external.until > now ? external.until : Number.POSITIVE_INFINITY,
  );
}

/** Calls of one conversation that count now. */
export function heldBy(state: WindowState, conversation: string): number {
  let held = 0;
  for (const slot of state.inFlight) if (slot.conversation === conversation) held += 1;
  for (const ended of state.ended) if (ended.conversation === conversation) held += ended.calls;
  return held;
}

/** Adds a call in flight. At the end of a cooldown that call is its probe. */
export function addCall(state: WindowState, slot: Slot): WindowState {
  const cooldown = state.cooldown && { ...state.cooldown, probe: state.cooldown.probe ?? slot.id };
  return { ...state, inFlight: [...state.inFlight, slot], cooldown, lastSentAt: slot.sentAt };
}

/** Removes a call that was granted and not sent. */
export function cancelCall(state: WindowState, id: string): WindowState {
  const cooldown = state.cooldown?.probe === id ? { ...state.cooldown, probe: undefined } : state.cooldown;
  return { ...state, inFlight: state.inFlight.filter((slot) => slot.id !== id), cooldown };
}

/** Calls of all conversations of one key that count now; their names begin with it. */
export function heldByKey(state: WindowState, key: string): number {
  let held = 0;
  for (const slot of state.inFlight) if (slot.key === key) held += 1;
  for (const { conversation, calls } of state.ended) if (conversation.startsWith(`${key}/`)) held += calls;
  return held;
}

/** A report that is written late may follow later calls of other instances. */
const inOrder = (ended: readonly EndedCalls[]): readonly EndedCalls[] =>
  (ended.at(-2)?.at ?? 0) <= (ended.at(-1)?.at ?? 0) ? ended : ended.toSorted((a, b) => a.at - b.at);

/** The state in which call `slot` has ended at `now`. */
export function endCall(state: WindowState, slot: Slot, now: number): WindowState {
  const at = Math.ceil(now / BUCKET_MS) * BUCKET_MS;
  const { conversation } = slot;
  const same = state.ended.findLastIndex((ended) => ended.at === at && ended.conversation === conversation);
  const ended =
    same === -1
      ? inOrder([...state.ended, { at, conversation, calls: 1 }])
      : state.ended.with(same, { at, conversation, calls: (state.ended[same]?.calls ?? 0) + 1 });
  return {
    ...state,
    inFlight: state.inFlight.filter((other) => other.id !== slot.id),
    ended,
    endedCalls: state.endedCalls + 1,
  };
}

function cooldownAfter(
  { cooldown }: WindowState,
  slot: Slot,
  { unstatedCooldownMs }: BudgetPolicy,
  now: number,
  { limited, retryAfterMs = 0 }: Observation,
): Cooldown | undefined {
  if (!limited) return cooldown?.probe === slot.id ? undefined : cooldown;
  const statedMs = Math.min(retryAfterMs, LONGEST_COOLDOWN_MS);
  // Calls that were in flight when the cooldown began can only extend it.
  if (cooldown && cooldown.probe !== slot.id && slot.sentAt < cooldown.until) {
    return cooldown.until > now ? { ...cooldown, until: Math.max(cooldown.until, now + statedMs) } : cooldown;
  }
  const doubledMs = Math.min((cooldown?.lengthMs ?? 0) * 2, LONGEST_DOUBLED_MS);
  const lengthMs = Math.max(statedMs || unstatedCooldownMs, doubledMs);
  return { until: now + lengthMs, lengthMs, probe: undefined };
}

function externalUsageAfter(
  state: WindowState,
  slot: Slot,
  policy: BudgetPolicy,
  now: number,
  { limited, used }: Observation,
): ExternalUsage {
  const isGoodProbe = state.cooldown?.probe === slot.id && !limited;
  if (used === undefined) return isGoodProbe ? NO_EXTERNAL_USAGE : state.external;
  const windowStart = slot.sentAt - policy.windowMs;
  let late = state.endedCalls;
  for (const { at, calls } of state.ended) {
    if (at > windowStart) break;
    late -= calls;
  }
  // Concurrent calls may or may not have arrived first; counting them as ours never invents external usage.
  const ours = late + state.inFlight.length - 1;
  const calls = Math.min(Math.max(0, used - ours), state.limit);
  // The answer to a probe replaces what the 429 said, however recent that is.
  return observeExternalUsage(isGoodProbe ? NO_EXTERNAL_USAGE : state.external, calls, policy, now);
}

/** The state after the call of slot `id` ended, with or without an answer. */
export function completeCall(
  state: WindowState,
  policy: BudgetPolicy,
  id: string,
  now: number,
  observation: Observation | undefined,
): WindowState {
  const slot = state.inFlight.find((candidate) => candidate.id === id);
  if (!slot) return state;
  const after = endCall(state, slot, now);
  if (!observation) {
    // An unanswered probe decides nothing: the next call may probe.
    const cooldown = state.cooldown?.probe === id ? { ...state.cooldown, probe: undefined } : state.cooldown;
    return { ...after, cooldown };
  }
  const { limit } = observation;
  const plausible = limit !== undefined && limit >= 1 && limit <= LARGEST_LIMIT;
  return {
    ...after,
    limit: plausible ? limit : state.limit,
    external: externalUsageAfter(state, slot, policy, now, observation),
    cooldown: cooldownAfter(state, slot, policy, now, observation),
  };
}
