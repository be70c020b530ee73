/** Waiters for the same call, each with a queue position of its own: the first permit serves all of them. */
import type { AcquireRequest, LeaveQueue, Permit, RateLimiter, Refused, Requester } from './limiterTypes.ts';

/** The rate limiter as the leaders use it: those who would send the call. */
export interface WaiterGroup extends Pick<RateLimiter, 'acquire' | 'view'> {
  /**
   * Adds a follower, which waits as long as any leader does, so that asking second costs no position. Of one key three
   * followers count; more wait for the leaders alone.
   */
  join(turn: Requester): void;
  /** Nobody waits. */
  isEmpty(): boolean;
}

/** A leader's position while it waits. */
interface Leader {
  readonly request: AcquireRequest;
  readonly leave: LeaveQueue;
}

/** Every position costs planning time, and conversation ids are invented by callers: more of them buy no more positions. */
const MAX_FOLLOWERS_PER_KEY = 3;

const isSame = (a: Requester, b: Requester): boolean =>
  a.priority === b.priority && a.key === b.key && a.conversation === b.conversation;

/**
 * Creates the group for one call; `call` is its unique name. Of several waiting leaders one gets the permit; the others
 * are refused without a time, as if they had left.
 */
export function createWaiterGroup(limiter: RateLimiter, call: string): WaiterGroup {
  const followers: Requester[] = [];
  const leaders = new Set<Leader>();
  let followerLeaves: LeaveQueue[] = [];

  function enqueue({ priority, key, conversation }: Requester): void {
    const [first] = leaders;
    if (!first) return;
    const onQueued = (leave: LeaveQueue): void => void followerLeaves.push(leave);
    const onDecided = (result: Permit | Refused): void => {
      const [leader] = leaders;
      if (result.kind === 'granted') leader?.leave(result);
    };
    const { latestAt } = first.request;
    // A failing store is reported to the leader.
    limiter.acquire({ priority, key, conversation, latestAt, call, onQueued, onDecided }).catch(() => {});
  }

  return {
    view: limiter.view,
    isEmpty: () => leaders.size === 0,
    acquire(request) {
      const { priority, key, conversation, latestAt, promisedBy = latestAt } = request;
      const isFirst = leaders.size === 0;
      let leader: Leader | undefined;
      const onQueued = (leave: LeaveQueue): void => {
        leader = { request, leave };
        leaders.add(leader);
        request.onQueued?.(leave);
      };
      const onDecided = (result?: Permit | Refused): void => {
        if (leader) leaders.delete(leader);
        leader = undefined;
        if (result?.kind === 'granted') for (const other of leaders) other.leave();
        if (leaders.size > 0) return;
        for (const leave of followerLeaves) leave();
        followerLeaves = [];
      };
      const own = limiter.acquire({
        priority,
        key,
        conversation,
        latestAt,
        promisedBy,
        call,
        onQueued,
        onDecided,
      });
      if (isFirst) for (const follower of followers) enqueue(follower);
      // The wait may end without a decision.
      return leader ? own.finally(onDecided) : own;
    },
    join(turn) {
      const isKnown = [...[...leaders].map(({ request }) => request), ...followers].some((other) =>
        isSame(other, turn),
      );
      if (isKnown) return;
      if (followers.filter(({ key }) => key === turn.key).length >= MAX_FOLLOWERS_PER_KEY) return;
      followers.push(turn);
      enqueue(turn);
    },
  };
}
