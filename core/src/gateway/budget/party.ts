/** All who wait for the same answer, each with a place of its own at the gate: the first that comes up serves all. */
import type { Gate, Pass, Refused, Request } from './gate.ts';

/** Whose turn it is. */
export type Turn = Pick<Request, 'lane' | 'key' | 'conversation'>;

/** The gate as the leader of a call uses it. */
export interface Party extends Pick<Gate, 'enter' | 'view'> {
  /** Waits beside the leader, as long as the leader does: nobody inherits a worse place by asking second. */
  join(turn: Turn): void;
}

const isSame = (a: Turn, b: Turn): boolean =>
  a.lane === b.lane && a.key === b.key && a.conversation === b.conversation;

/** Makes the party of one call, which may enter several times, one after the other. */
export function createParty(gate: Gate): Party {
  const guests: Turn[] = [];
  let seat: ((turn: Turn) => void) | undefined;

  function enterTogether(request: Request): Promise<Pass | Refused> {
    return new Promise((resolve, reject) => {
      const leaving: (() => void)[] = [];
      let over = false;

      function end(result: Pass | Refused): void {
        over = true;
        seat = undefined;
        for (const leave of leaving) leave();
        resolve(result);
      }

      function place(turn: Turn): Promise<Pass | Refused> {
        return gate.enter({
          ...turn,
          latestAt: request.latestAt,
          entered: (leave) => void leaving.push(leave),
        });
      }

      seat = (turn) => {
        place(turn).then(
          (result) => {
            if (!result.granted) return;
            if (over) result.giveBack();
            else end(result);
          },
          () => {}, // The leader's own place tells of a store that fails.
        );
      };
      place(request).then((result) => {
        if (!over) end(result);
        else if (result.granted) result.giveBack();
      }, reject);
      for (const guest of guests) seat(guest);
    });
  }

  let leader: Turn | undefined;
  return {
    view: gate.view,
    enter(request) {
      leader = request;
      return enterTogether(request);
    },
    join(turn) {
      if ((leader && isSame(leader, turn)) || guests.some((guest) => isSame(guest, turn))) return;
      guests.push(turn);
      seat?.(turn);
    },
  };
}
