/** All who wait for the same answer, each with a queue position of its own: the first permit serves all of them. */
import type { Gate, Leave, Pass, Refused, Request, Turn } from './limiterTypes.ts';

export type { Turn } from './limiterTypes.ts';

/** The gate as those see it who would send the call. */
export interface Party extends Pick<Gate, 'enter' | 'view'> {
  /** A follower, who waits beside the leaders as long as any of them does: nobody gets a worse position by asking second. */
  join(turn: Turn): void;
  /** Nobody waits. */
  isEmpty(): boolean;
}

/** A leader's position while it waits. */
interface Seat {
  readonly request: Request;
  readonly leave: Leave;
}

/** Each place is planned for again and again. Conversation ids are the caller's word: more of them buy no more places. */
const MAX_FOLLOWERS_PER_KEY = 3;

const isSame = (a: Turn, b: Turn): boolean =>
  a.lane === b.lane && a.key === b.key && a.conversation === b.conversation;

/**
 * Makes the party of one call, whose name is `call` alone. Of several leaders that wait at the same time the first permit
 * goes to one; the others are refused without a time, as if they had left.
 */
export function createParty(gate: Gate, call: string): Party {
  const followers: Turn[] = [];
  const seats = new Set<Seat>();
  let leaves: Leave[] = [];

  function place({ lane, key, conversation }: Turn): void {
    const [first] = seats;
    if (!first) return;
    const entered = (leave: Leave): void => void leaves.push(leave);
    const decided = (result: Pass | Refused): void => {
      const [leader] = seats;
      if (result.granted) leader?.leave(result);
    };
    const { latestAt } = first.request;
    // The leader's own place tells of a store that fails.
    gate.enter({ lane, key, conversation, latestAt, call, entered, decided }).catch(() => {});
  }

  return {
    view: gate.view,
    isEmpty: () => seats.size === 0,
    enter(request) {
      const { lane, key, conversation, latestAt, promisedBy = latestAt } = request;
      const isFirst = seats.size === 0;
      let seat: Seat | undefined;
      const entered = (leave: Leave): void => {
        seat = { request, leave };
        seats.add(seat);
        request.entered?.(leave);
      };
      const decided = (result?: Pass | Refused): void => {
        if (seat) seats.delete(seat);
        seat = undefined;
        if (result?.granted) for (const other of seats) other.leave();
        if (seats.size > 0) return;
        for (const leave of leaves) leave();
        leaves = [];
      };
      const own = gate.enter({ lane, key, conversation, latestAt, promisedBy, call, entered, decided });
      if (isFirst) for (const follower of followers) place(follower);
      // A place may end without a decision.
      return seat ? own.finally(decided) : own;
    },
    join(turn) {
      const isKnown = [...[...seats].map(({ request }) => request), ...followers].some((other) =>
        isSame(other, turn),
      );
      if (isKnown) return;
      if (followers.filter(({ key }) => key === turn.key).length >= MAX_FOLLOWERS_PER_KEY) return;
      followers.push(turn);
      place(turn);
    },
  };
}
