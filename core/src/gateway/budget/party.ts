/** All who wait for the same answer, each with a place of its own at the gate: the first that comes up serves all. */
import type { Gate, Leave, Pass, Refused, Request } from './gate.ts';

/** Whose turn it is. */
export type Turn = Pick<Request, 'lane' | 'key' | 'conversation'>;

/** The gate as the leader of a call uses it. */
export interface Party extends Pick<Gate, 'enter' | 'view'> {
  /** Waits beside the leader, as long as the leader does: nobody inherits a worse place by asking second. */
  join(turn: Turn): void;
}

/** The leader's place while it waits. */
interface Seat {
  readonly request: Request;
  readonly decided: Promise<Pass | Refused>;
  leave: Leave;
}

const isSame = (a: Turn, b: Turn): boolean =>
  a.lane === b.lane && a.key === b.key && a.conversation === b.conversation;

/** Makes the party of one call, which may enter several times, one after the other. */
export function createParty(gate: Gate): Party {
  const guests: Turn[] = [];
  let leader: Turn | undefined;
  let seat: Seat | undefined;

  function place({ lane, key, conversation }: Turn, { request, decided, leave }: Seat): void {
    let leaveToo: Leave = () => {};
    const { latestAt } = request;
    const entered = (own: Leave): void => {
      leaveToo = own;
    };
    gate.enter({ lane, key, conversation, latestAt, entered }).then(
      (result) => {
        if (result.granted) leave(result);
      },
      () => {}, // The leader's own place tells of a store that fails.
    );
    const end = (): void => leaveToo();
    decided.then(end, end);
  }

  return {
    view: gate.view,
    async enter(request) {
      leader = request;
      let leave: Leave = () => {};
      const entered = (own: Leave): void => {
        leave = own;
      };
      const { lane, key, conversation, latestAt } = request;
      const decided = gate.enter({ lane, key, conversation, latestAt, entered });
      seat = { request, decided, leave };
      for (const guest of guests) place(guest, seat);
      try {
        return await decided;
      } finally {
        seat = undefined;
      }
    },
    join(turn) {
      if ((leader && isSame(leader, turn)) || guests.some((guest) => isSame(guest, turn))) return;
      guests.push(turn);
      if (seat) place(turn, seat);
    },
  };
}
