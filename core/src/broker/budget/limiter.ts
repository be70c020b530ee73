/** The rate limiter as the broker uses it: of this process, or in a Durable Object that all isolates share. */

import type { Observation } from '../../discogs/rateLimitHeaders.ts';
import type { LeaveQueue, Permit, RateLimiter } from '../../upstream/ratelimit/limiterTypes.ts';
import type { Lane } from '../../upstream/ratelimit/schedule.ts';
import { createWaiterGroup, type WaiterGroup } from '../../upstream/ratelimit/waiterGroup.ts';
import { ATTEMPT_MS } from '../../upstream/send.ts';
import type { AdmissionLane, NotAdmitted, Settled } from './acquire.ts';

/** Who asks for a permit. Plain data: it may go to another machine. */
export interface PermitRequest {
  readonly lane: AdmissionLane;
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
  | { readonly granted: true }
  | { readonly granted: false; readonly failure: NotAdmitted | { readonly kind: 'elsewhere' } };

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

/** Who holds the permit for a call. */
interface Holder {
  readonly session: string;
  /** By then its call has ended, whether or not it says so. */
  readonly until: number;
}

const ELSEWHERE: PermitResult = { granted: false, failure: { kind: 'elsewhere' } };
/** One call, and what is left to say about it. */
const LONGEST_HOLD_MS = ATTEMPT_MS + 2000;

const LANES: Readonly<Record<AdmissionLane, Lane>> = { sign_in: 'sign_in', search: 'caller' };

/**
 * At a limiter that others use, too, all searches are one key. Sign-ins are another one: they find the calls that keys
 * leave to each other also while apps search a lot.
 */
const KEYS: Readonly<Record<AdmissionLane, string>> = { sign_in: 'broker:sign-in', search: 'broker:search' };

const turnOf = (lane: AdmissionLane, session: string) => ({
  lane: LANES[lane],
  key: KEYS[lane],
  conversation: session,
});

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/** The broker's limiter over the one of a process. */
export function createBrokerLimiter(gate: RateLimiter): BrokerLimiter {
  const parties = new Map<string, WaiterGroup>();
  const holders = new Map<string, Holder>();

  function isHeldByOther(call: string, session: string): boolean {
    const holder = holders.get(call);
    return holder !== undefined && holder.session !== session && holder.until > gate.now();
  }

  async function enter(call: string | undefined, request: Parameters<RateLimiter['acquire']>[0]) {
    if (call === undefined) return gate.acquire(request);
    const party = parties.get(call) ?? createWaiterGroup(gate, call);
    parties.set(call, party);
    try {
      return await party.acquire(request);
    } finally {
      if (party.isEmpty()) parties.delete(call);
    }
  }

  function acquire({ lane, session, call, waitMs, longestMs }: PermitRequest): PermitTicket {
    const turn = turnOf(lane, session);
    let leave: LeaveQueue = () => {};
    let pass: Permit | undefined;

    function letGo(): void {
      if (call !== undefined && holders.get(call)?.session === session) holders.delete(call);
    }

    async function result(): Promise<PermitResult> {
      // The broker's callers are told of a cooldown at once. Who waits already may wait for its end.
      if (gate.cooldownMs() > 0) {
        const retryAfterSeconds = gate.allowance(turn, true).resetSeconds;
        return { granted: false, failure: { kind: 'rate_limited', retryAfterSeconds } };
      }
      if (call !== undefined && isHeldByOther(call, session)) return ELSEWHERE;
      const onQueued = (own: LeaveQueue): void => {
        leave = own;
      };
      const at = gate.now();
      const times = { promisedBy: at + waitMs, latestAt: at + longestMs };
      const decision = await enter(call, { ...turn, ...times, onQueued });
      if (decision.granted) {
        pass = decision;
        if (call !== undefined) holders.set(call, { session, until: gate.now() + LONGEST_HOLD_MS });
        return { granted: true };
      }
      // Whoever has left hears nothing, so this one made room for another.
      if (decision.slotInMs === undefined) return ELSEWHERE;
      const kind = gate.cooldownMs() > 0 ? 'rate_limited' : 'busy';
      return { granted: false, failure: { kind, retryAfterSeconds: seconds(decision.slotInMs) } };
    }

    const decided = result();
    return {
      result: () => decided,
      async complete(observation) {
        letGo();
        pass?.complete(observation);
        return observation?.limited ? gate.allowance(turn, true).resetSeconds : undefined;
      },
      async cancel() {
        letGo();
        leave();
        pass?.cancel();
      },
    };
  }

  return {
    acquire,
    async join(call, session) {
      parties.get(call)?.join(turnOf('search', session));
    },
  };
}
