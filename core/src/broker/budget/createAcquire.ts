/** Every call of the broker to Discogs asks here first: sign-in and search share one queue, one interval, one cooldown. */

import { observe } from '../../discogs/rateLimitHeaders.ts';
import { describeError } from '../../lib/describeError.ts';
import type { Log } from '../../lib/log.ts';
import { within } from '../../lib/timeout.ts';
import type { Acquire, Acquired, AcquirePriority } from '../../signIn/acquire.ts';
import { RESERVE_MS } from '../../upstream/send.ts';
import type { BrokerLimiter, PermitResult, PermitTicket } from './limiter.ts';
import { rateLimitLine } from './rateLimitLine.ts';

/** Dependencies. */
export interface AcquireDependencies {
  /** Called for every call to Discogs: a connection may belong to the request that made it. */
  readonly openLimiter: () => Promise<BrokerLimiter>;
  readonly now: () => number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly log: Log;
}

/** Who asks, and which call for; two that want the same call need one permit. */
export interface Asker {
  readonly priority: AcquirePriority;
  readonly session: string;
  readonly call?: string;
  /** Asked with a permit in hand: false when another instance is just asking for the same. */
  readonly claim?: () => Promise<boolean>;
}

/** What became of the request for a permit. */
export type Entered =
  | Extract<Acquired, { readonly kind: 'granted' }>
  | Extract<PermitResult, { readonly kind: 'refused' }>;

/** Least time for Discogs to answer. A slot that comes later than expected may cut into the reserve down to this. */
const LEAST_MS = 3000;
/** The name of a new user is worth five seconds altogether; the reserve of a search would leave none to wait. */
const RESERVES_MS: Readonly<Record<AcquirePriority, number>> = { sign_in: LEAST_MS, search: RESERVE_MS };
/** What a limiter in trouble is given. */
const TROUBLE_SECONDS = 5;
const ELSEWHERE: Entered = { kind: 'refused', failure: { kind: 'elsewhere' } };

/** Waits for a permit until shortly before `deadline` (ms since 1970); never later, whatever the limiter does. */
export async function enter(
  { openLimiter, now, setTimer, waitUntil, log }: AcquireDependencies,
  { priority, session, call, claim }: Asker,
  deadline: number,
): Promise<Entered> {
  let opened: PermitTicket | undefined;
  const inBackground = (work: Promise<unknown> | undefined): void => {
    const lost = (error: unknown) => log.warn(`broker_permit_lost detail=${describeError(error)}`);
    if (work) waitUntil(work.catch(lost));
  };
  try {
    const limiter = await within(setTimer, Math.max(0, deadline - now()), openLimiter());
    const leftMs = Math.max(0, deadline - now());
    const durations = { waitMs: leftMs - RESERVES_MS[priority], longestMs: leftMs - LEAST_MS };
    const ticket = limiter.acquire({ priority, session, call, ...durations });
    opened = ticket;
    const result = await within(setTimer, leftMs, ticket.result());
    if (result.kind === 'refused') return result;
    if (claim && !(await claim())) {
      inBackground(ticket.cancel());
      return ELSEWHERE;
    }
    return {
      kind: 'granted',
      async settle(outcome) {
        const line = rateLimitLine(priority, outcome, now());
        if (line !== undefined) log.warn(line);
        const completed = outcome ? ticket.complete(observe(outcome, now())) : ticket.cancel();
        inBackground(completed);
        // Only after a 429 the limiter knows something that the caller is told.
        return outcome?.status === 429 ? ((await completed.catch(() => undefined)) ?? undefined) : undefined;
      },
    };
  } catch (error) {
    // Without the limiter nobody knows who else is sending: nothing is sent.
    inBackground(opened?.cancel());
    log.warn(`broker_limiter_away detail=${describeError(error)}`);
    return { kind: 'refused', failure: { kind: 'busy', retryAfterSeconds: TROUBLE_SECONDS } };
  }
}

/** For the sign-in. All sign-ins take their turns as one session: first come, first served. */
export function createAcquire(dependencies: AcquireDependencies): Acquire {
  return async (priority, deadline) => {
    const entered = await enter(dependencies, { priority, session: priority }, deadline);
    if (entered.kind === 'granted') return entered;
    const { failure } = entered;
    if (failure.kind === 'elsewhere') throw new TypeError('a call of one user was left to another');
    return { kind: 'refused', failure };
  };
}
