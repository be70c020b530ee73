/** How far a store's clock is ahead of this process', by what the store says with its answers. */

/** Told of each answer; knows by how much the store's clock is ahead. */
export interface ClockOffset {
  /** `servedAt` is on the store's clock, NaN where the answer does not say; the others are on this process'. */
  observe(servedAt: number, sentAt: number, receivedAt: number): void;
  readonly offsetMs: number;
}

/** Answers slower than this say too little about the time. */
const LONGEST_ANSWER_MS = 2000;

/**
 * An offset that moves only when an answer of the store rules it out: clocks that agree within its resolution keep 0, and
 * times in the window do not tremble with each answer. Measured against a clock that never leaps, it changes only when
 * that one stood still, as while a machine sleeps, or when the store's is corrected.
 *
 * `resolutionMs`: what the store's clock counts in, cutting off the rest.
 */
export function createClockOffset(resolutionMs: number): ClockOffset {
  let offsetMs = 0;
  return {
    get offsetMs() {
      return offsetMs;
    },
    observe(servedAt, sentAt, receivedAt) {
      // A clock that was set back in between makes the answer come before its question.
      if (Number.isNaN(servedAt) || receivedAt < sentAt || receivedAt - sentAt > LONGEST_ANSWER_MS) return;
      const least = servedAt - receivedAt;
      const most = servedAt + resolutionMs - sentAt;
      if (offsetMs < least || offsetMs > most) offsetMs = Math.round((least + most) / 2);
    },
  };
}
