/** Bounds the lines that callers can cause, so that a flood cannot fill the log. */

const MAX_LINES_PER_SECOND = 10;

/** Ten lines a second. */
export interface LineLimit {
  /** Whether one more line may be written now. */
  take(): boolean;
  /** How many were left out in an earlier second; 0 from then on. */
  leftOut(): number;
}

export function createLineLimit(now: () => number): LineLimit {
  let second = 0;
  let lines = 0;
  let suppressed = 0;
  return {
    take() {
      const current = Math.floor(now() / 1000);
      if (current !== second) {
        second = current;
        lines = 0;
      }
      lines += 1;
      if (lines <= MAX_LINES_PER_SECOND) return true;
      suppressed += 1;
      return false;
    },
    leftOut() {
      if (suppressed === 0 || Math.floor(now() / 1000) === second) return 0;
      const count = suppressed;
      suppressed = 0;
      return count;
    },
  };
}
