/** How far this instance's clock is behind the store's, from the `Date` header of its answers. */

/** Told of each answer; says by how much the service's clock is ahead. */
export interface ClockOffset {
  /** `sentAt` and `receivedAt` are on this instance's clock. */
  observe(date: string | undefined, sentAt: number, receivedAt: number): void;
  readonly offsetMs: number;
}

/** The header counts whole seconds, and cuts off the rest. */
const RESOLUTION_MS = 1000;
/** Answers slower than this say too little about the time. */
const LONGEST_ANSWER_MS = 2000;

/**
 * An offset that moves only when an answer rules it out: clocks that agree within the second of the header keep 0, and
 * times in the window do not tremble with each answer.
 */
export function createClockOffset(): ClockOffset {
  let offsetMs = 0;
  return {
    get offsetMs() {
      return offsetMs;
    },
    observe(date, sentAt, receivedAt) {
      const served = Date.parse(date ?? '');
      // A clock that was set back in between makes the answer come before its question.
      if (Number.isNaN(served) || receivedAt < sentAt || receivedAt - sentAt > LONGEST_ANSWER_MS) return;
      const least = served - receivedAt;
      const most = served + RESOLUTION_MS - sentAt;
      if (offsetMs < least || offsetMs > most) offsetMs = Math.round((least + most) / 2);
    },
  };
}
