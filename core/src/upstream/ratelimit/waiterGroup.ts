/** All who wait for the same answer, each with a place of its own at the gate: the first that comes up serves all. */
import type { Gate, Leave, Pass, Refused, Request, Turn } from './limiterTypes.ts';

export type { Turn } from './limiterTypes.ts';

/** The gate as the leader of a call uses it. */
export interface Party extends Pick<Gate, 'enter' | 'view'> {
  /** Waits beside the leader, as long as the leader does: nobody inherits a worse place by asking second. */
  join(turn: Turn): void;
}

/** The leader's place while it waits. */
interface Seat {
  readonly request: Request;
  readonly leave: Leave;
  /** Of the guests; nobody stays in the queue when the leader's place is decided. */
  readonly leaves: Leave[];
}

/** Each place is planned for again and again. Conversation ids are the caller's word: more of them buy no more places. */
const MAX_GUESTS_PER_KEY = 3;

const isSame = (a: Turn, b: Turn): boolean =>
  a.lane === b.lane && a.key === b.key && a.conversation === b.conversation;

/** Makes the party of one call, which may enter several times, one after the other. `call` is the name of it alone. */
export function createParty(gate: Gate, call: string): Party {
  const guests: Turn[] = [];
  let leader: Turn | undefined;
  let seat: Seat | undefined;

  function place({ lane, key, conversation }: Turn, { request: { latestAt }, leave, leaves }: Seat): void {
    const entered = (own: Leave): void => void leaves.push(own);
    const decided = (result: Pass | Refused): void => {
      if (result.granted) leave(result);
    };
    // The leader's own place tells of a store that fails.
    gate.enter({ lane, key, conversation, latestAt, call, entered, decided }).catch(() => {});
  }

  return {
    view: gate.view,
    enter(request) {
      leader = request;
      const leaves: Leave[] = [];
      const { lane, key, conversation, latestAt } = request;
      const entered = (leave: Leave): void => {
        seat = { request, leave, leaves };
      };
      const decided = (): void => {
        seat = undefined;
        for (const leave of leaves) leave();
      };
      const own = gate.enter({ lane, key, conversation, latestAt, call, entered, decided });
      for (const guest of guests) if (seat) place(guest, seat);
      // A place may end without a decision.
      return seat ? own.finally(decided) : own;
    },
    join(turn) {
      if ((leader && isSame(leader, turn)) || guests.some((guest) => isSame(guest, turn))) return;
      if (guests.filter(({ key }) => key === turn.key).length >= MAX_GUESTS_PER_KEY) return;
      guests.push(turn);
      if (seat) place(turn, seat);
    },
  };
}
