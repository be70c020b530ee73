/** Every call of the broker to Discogs asks here first: sign-in and search share one line, one interval, one pause. */

import type { FetchedAnswer, FetchFailure } from '../../discogs/fetcher.ts';
import { observe } from '../../discogs/rateLimitHeaders.ts';
import { retryAfterMs } from '../../discogs/retry.ts';
import { describeError } from '../../lib/describeError.ts';
import type { Log } from '../../lib/log.ts';
import { within } from '../../lib/timeout.ts';
import { createGate } from '../../upstream/ratelimit/limiter.ts';
import type { Gate, Refused } from '../../upstream/ratelimit/limiterTypes.ts';
import type { BudgetPolicy } from '../../upstream/ratelimit/policy.ts';
import type { Lane } from '../../upstream/ratelimit/schedule.ts';
import { RESERVE_MS } from '../../upstream/send.ts';
import { UNKNOWN_WAIT_SECONDS } from '../failure.ts';
import type { Admission, AdmissionLane, Admit, NotAdmitted } from './acquire.ts';
import { rateLimitLine } from './rateLimitLine.ts';
import type { BrokerWindow } from './stores.ts';
import { LONGEST_COOL_DOWN_MS } from './windowOfLine.ts';

/** Seams. */
export interface AdmissionDependencies {
  readonly policy: BudgetPolicy;
  readonly now: () => number;
  readonly newId: () => string;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly log: Log;
}

/** Who asks, and which call for; two that want the same call need one slot. */
export interface Asker {
  readonly lane: AdmissionLane;
  readonly session: string;
  readonly call?: string;
  /** Asked with a slot in hand: false when another instance is just asking for the same. */
  readonly claim?: () => Promise<boolean>;
}

/** `elsewhere`: another instance has the slot for the same call. */
export type Entered =
  | Extract<Admission, { readonly granted: true }>
  | { readonly granted: false; readonly failure: NotAdmitted | { readonly kind: 'elsewhere' } };

/** Least time for Discogs to answer; a slot that comes later than expected may cut into the reserve down to this. */
const LEAST_MS = 3000;
/** A slot that is further away than a plan looks. */
const FAR_SECONDS = 60;
/** What a database in trouble is given. */
const TROUBLE_SECONDS = 5;

/**
 * Every call leaves this long after the time that the store has for it: a slow answer of the store would otherwise bring
 * it closer to the next one.
 */
const LEAD_MS = 200;
/** As much closer may two calls come: timers are never quite on time, and each postponement costs the others. */
const LATE_MS = 20;
const MAX_POSTPONEMENTS = 2;
const LONGEST_AHEAD_MS = 2000;

const LANES: Readonly<Record<AdmissionLane, Lane>> = { sign_in: 'sign_in', search: 'caller' };

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

function refusal({ slotInMs, because }: Refused): NotAdmitted | { readonly kind: 'elsewhere' } {
  if (because === 'taken') return { kind: 'elsewhere' };
  const wait = slotInMs === undefined ? FAR_SECONDS : seconds(slotInMs);
  return { kind: because === 'paused' ? 'rate_limited' : 'busy', retryAfterSeconds: wait };
}

/** When Discogs may be asked again after a 429; undefined after anything else. */
function coolDownOf(result: FetchedAnswer | FetchFailure | undefined, now: number): number | undefined {
  if (result?.status !== 429) return undefined;
  const askedMs = retryAfterMs(result.header?.('retry-after'), now) ?? UNKNOWN_WAIT_SECONDS * 1000;
  return now + Math.min(askedMs, LONGEST_COOL_DOWN_MS);
}

/** The line of a broker's own, or the gate of a process that shares its window with whoever else calls from there. */
export type Way = BrokerWindow | Gate;

/**
 * At a gate that others use, too, all searches are one key. Sign-ins are another one: they find the calls that keys leave
 * to each other also while apps search a lot.
 */
const KEYS: Readonly<Record<AdmissionLane, string>> = { sign_in: 'broker:sign-in', search: 'broker:search' };

async function throughGate(
  gate: Gate,
  { now, setTimer }: AdmissionDependencies,
  { lane, session, claim }: Asker,
  deadline: number,
): Promise<Entered> {
  let leave = (): void => {};
  const turn = { lane: LANES[lane], key: KEYS[lane], conversation: session };
  const leftMs = deadline - now();
  const waiting = gate.enter({
    ...turn,
    // The name of a new user is worth five seconds altogether; a reserve of five would leave none to wait.
    latestAt: gate.now() + leftMs - (lane === 'sign_in' ? LEAST_MS : RESERVE_MS),
    refusesInPause: true,
    entered: (own) => {
      leave = own;
    },
  });
  // Too late is too late: what the gate grants afterwards goes back.
  const result = await within(setTimer, Math.max(0, leftMs), waiting).finally(() => leave());
  if (!result.granted) return { granted: false, failure: refusal(result) };
  if (claim && !(await claim())) {
    result.giveBack();
    return { granted: false, failure: { kind: 'elsewhere' } };
  }
  return {
    granted: true,
    settle(outcome) {
      if (!outcome) {
        result.giveBack();
        return undefined;
      }
      result.settle(observe(outcome, now()));
      return outcome.status === 429 ? gate.allowance(turn, true).resetSeconds : undefined;
    },
  };
}

/** True when the call can go now, and no other within the interval; false when too much time went by for that. */
async function onTime(
  { now, setTimer }: AdmissionDependencies,
  window: BrokerWindow,
  takenAt: number,
): Promise<boolean> {
  let sentAt = takenAt;
  for (let postponed = 0; ; postponed += 1) {
    const leavesAt = sentAt + LEAD_MS;
    const storeWasSlow = now() > leavesAt;
    await new Promise<void>((resolve) => void setTimer(resolve, Math.max(0, leavesAt - now())));
    // Looked at after the wait: in a busy isolate a timer is late, too.
    const lateMs = now() - leavesAt;
    // A host that is always later than this delays all calls alike.
    if (lateMs <= LATE_MS || postponed === MAX_POSTPONEMENTS) return true;
    // The answer to this should be here by then; a store that was in time has half of the lead for it.
    const to = now() + (storeWasSlow ? Math.min(2 * lateMs, LONGEST_AHEAD_MS) : -LEAD_MS / 2);
    if (!(await window.postpone(sentAt, to))) return false;
    sentAt = to;
  }
}

async function admitted(
  dependencies: AdmissionDependencies,
  window: BrokerWindow,
  { lane, session, call, claim }: Asker,
  deadline: number,
): Promise<Entered> {
  const { policy, now, newId, setTimer, waitUntil, log } = dependencies;
  // One gate for each call: on Workers nothing but data may pass from one request to another, and the line is enough.
  const gate = createGate({ policy, store: window, now, newId, setTimer, waitUntil });
  for (;;) {
    const result = await gate.enter({
      lane: LANES[lane],
      key: session,
      conversation: '',
      latestAt: deadline - LEAST_MS,
      promisedBy: deadline - RESERVE_MS,
      refusesInPause: true,
      ...(call === undefined ? {} : { call }),
    });
    if (!result.granted) return { granted: false, failure: refusal(result) };
    if (claim && !(await claim())) return { granted: false, failure: { kind: 'elsewhere' } };
    if (!(await onTime(dependencies, window, result.takenAt))) continue;
    return {
      granted: true,
      // The store remembers the call by its sending; there is nothing else to tell the gate.
      async settle(outcome) {
        const until = coolDownOf(outcome, now());
        if (until === undefined) return undefined;
        await window.coolDown(until).catch((error) => {
          log.error(`broker_cool_down_lost detail=${describeError(error)}`);
        });
        // The cool-down is what Discogs stated, or what is told where it states nothing.
        return undefined;
      },
    };
  }
}

/** Waits for a slot in `window` until shortly before `deadline` (ms since 1970); never later, whatever the store does. */
export async function enter(
  dependencies: AdmissionDependencies,
  window: Way,
  asker: Asker,
  deadline: number,
): Promise<Entered> {
  const { now, setTimer, log } = dependencies;
  try {
    const leftMs = Math.max(0, deadline - now());
    const entered =
      'enter' in window
        ? await throughGate(window, dependencies, asker, deadline)
        : await within(setTimer, leftMs, admitted(dependencies, window, asker, deadline));
    if (!entered.granted) return entered;
    return {
      granted: true,
      settle(outcome) {
        const line = rateLimitLine(asker.lane, outcome, now());
        if (line !== undefined) log.warn(line);
        return entered.settle(outcome);
      },
    };
  } catch (error) {
    // Without the store nobody knows who else is sending: nothing is sent.
    log.warn(`broker_line_away detail=${describeError(error)}`);
    return { granted: false, failure: { kind: 'busy', retryAfterSeconds: TROUBLE_SECONDS } };
  }
}

/** The seam of the sign-in. All sign-ins take their turns as one session: first come, first served. */
export function createAdmit(dependencies: AdmissionDependencies, openWindow: () => Way): Admit {
  return async (lane, deadline) => {
    const entered = await enter(dependencies, openWindow(), { lane, session: lane }, deadline);
    if (entered.granted) return entered;
    const { failure } = entered;
    if (failure.kind === 'elsewhere') throw new TypeError('a call of one user was left to another');
    return { granted: false, failure };
  };
}
