/** The rate limiter as the broker uses it: of this process, or in a Durable Object that all isolates share. */

import type { Observation } from '../../discogs/rateLimitHeaders.ts';
import type { AcquirePriority, NotAcquired, Settled } from '../../signIn/acquire.ts';
import type { LeaveQueue, Permit, RateLimiter } from '../../upstream/ratelimit/limiterTypes.ts';
import type { Priority } from '../../upstream/ratelimit/schedule.ts';
import { createWaiterGroup, type WaiterGroup } from '../../upstream/ratelimit/waiterGroup.ts';
import { ATTEMPT_MS } from '../../upstream/send.ts';

/** Who asks for a permit. Plain data: it may go to another machine. */
export interface PermitRequest {
  readonly priority: AcquirePriority;
  readonly session: string;
  /** Requests with the same name here want the same call; one permit is enough for all. */
  readonly call?: string | undefined;
  /** A slot that is expected later than this from now is refused at once. Durations, since clocks differ. */
  readonly waitMs: number;
  /** Slots may come later than expected: whoever waits keeps its place for this long. */
  readonly longestMs: number;
}

/** `elsewhere`: somebody else has the permit for the same call. */
export type PermitResult =
  | { readonly kind: 'granted' }
  | { readonly kind: 'refused'; readonly failure: NotAcquired | { readonly kind: 'elsewhere' } };

/** A place in the queue, then a permit. */
export interface PermitTicket {
  result(): Promise<PermitResult>;
  /** The call has ended; `undefined`: without an answer. After a 429, the seconds until this caller can go again. */
  complete(observation: Observation | undefined): Promise<Settled>;
  /** Leaves the queue, or gives back a permit that was not used. */
  cancel(): Promise<void>;
}

/** Grants permits one by one: by priority, then in turns between sessions. */
export interface BrokerLimiter {
  acquire(request: PermitRequest): PermitTicket;
  /** A follower: somebody who waits until the call is sent, without sending it. Nobody gets a worse position by asking second. */
  join(call: string, session: string): Promise<void>;
}

/** The session that holds the permit for a call. */
interface Holder {
  readonly session: string;
  /** Its call counts as ended then, reported or not. */
  readonly until: number;
}

const ELSEWHERE: PermitResult = { kind: 'refused', failure: { kind: 'elsewhere' } };
/** The longest call, and the time to report its end. */
const LONGEST_HOLD_MS = ATTEMPT_MS + 2000;

const PRIORITIES: Readonly<Record<AcquirePriority, Priority>> = { sign_in: 'sign_in', search: 'caller' };

/**
 * At a limiter that others use, too, all searches are one key. Sign-ins are another one: they find the calls that keys
 * leave to each other also while apps search a lot.
 */
const KEYS: Readonly<Record<AcquirePriority, string>> = {
  sign_in: 'broker:sign-in',
  search: 'broker:search',
};

const turnOf = (priority: AcquirePriority, session: string) => ({
  priority: PRIORITIES[priority],
  key: KEYS[priority],
  conversation: session,
});

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/** The broker's limiter over the one of a process. */
export function createBrokerLimiter(limiter: RateLimiter): BrokerLimiter {
  const groups = new Map<string, WaiterGroup>();
  const holders = new Map<string, Holder>();

  function isHeldByOther(call: string, session: string): boolean {
    const holder = holders.get(call);
    return holder !== undefined && holder.session !== session && holder.until > limiter.now();
  }

  async function enter(call: string | undefined, request: Parameters<RateLimiter['acquire']>[0]) {
    if (call === undefined) return limiter.acquire(request);
    const group = groups.get(call) ?? createWaiterGroup(limiter, call);
    groups.set(call, group);
    try {
      return await group.acquire(request);
    } finally {
      if (group.isEmpty() && groups.get(call) === group) groups.delete(call);
    }
  }

  function acquire({ priority, session, call, waitMs, longestMs }: PermitRequest): PermitTicket {
    const turn = turnOf(priority, session);
    let leave: LeaveQueue = () => {};
    let permit: Permit | undefined;

    function releaseCall(): void {
      if (call !== undefined && holders.get(call)?.session === session) holders.delete(call);
    }

    async function result(): Promise<PermitResult> {
      // The broker's callers are told of a cooldown at once. Who waits already may wait for its end.
      if (limiter.cooldownMs() > 0) {
        const retryAfterSeconds = limiter.allowance(turn, true).resetSeconds;
        return { kind: 'refused', failure: { kind: 'rate_limited', retryAfterSeconds } };
      }
      if (call !== undefined && isHeldByOther(call, session)) return ELSEWHERE;
      const onQueued = (own: LeaveQueue): void => {
        leave = own;
      };
      const at = limiter.now();
      const times = { promisedBy: at + waitMs, latestAt: at + longestMs };
      const decision = await enter(call, { ...turn, ...times, onQueued });
      if (decision.kind === 'granted') {
        permit = decision;
        if (call !== undefined) holders.set(call, { session, until: limiter.now() + LONGEST_HOLD_MS });
        return { kind: 'granted' };
      }
      // Refused without a time: another waiter of the group got the permit. After a cancel nobody reads this.
      if (decision.slotInMs === undefined) return ELSEWHERE;
      const kind = limiter.cooldownMs() > 0 ? 'rate_limited' : 'busy';
      return { kind: 'refused', failure: { kind, retryAfterSeconds: seconds(decision.slotInMs) } };
    }

    const decided = result();
    return {
      result: () => decided,
      async complete(observation) {
        releaseCall();
        permit?.complete(observation);
        return observation?.limited ? limiter.allowance(turn, true).resetSeconds : undefined;
      },
      async cancel() {
        releaseCall();
        leave();
        permit?.cancel();
      },
    };
  }

  return {
    acquire,
    async join(call, session) {
      groups.get(call)?.join(turnOf('search', session));
    },
  };
}
