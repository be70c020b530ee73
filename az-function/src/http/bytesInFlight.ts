/** Bounds the memory of a process that answers take which are still being read. */

/** Answers up to this size are always read: large ones of one caller must not keep others from a record. */
export const ALWAYS_READ_BYTES = 256 * 1024;

/** One answer on its way. */
export interface InFlight {
  /** Says how many bytes the answer takes by now. False: there is no room for it, and it counts no more. */
  takes(bytes: number): boolean;
  /** Set while the answer can still be given up, to make room for an older one. */
  giveUp: (() => void) | undefined;
  /** The answer is handed over, or given up. */
  end(): void;
}

/** All answers of a process that are on their way. */
export interface BytesInFlight {
  begin(): InFlight;
  total(): number;
}

/** Makes one for at most `maxBytes`. Beyond them the newest answers are given up, so that nobody newer ends an older one. */
export function createBytesInFlight(maxBytes: number): BytesInFlight {
  /** Sizes, the oldest answer first. */
  const sizes = new Map<InFlight, number>();
  let total = 0;

  function drop(answer: InFlight): void {
    total -= sizes.get(answer) ?? 0;
    sizes.delete(answer);
  }

  /** The newest of those that may make room for `answer`, which is one of them. */
  const newest = (answer: InFlight): InFlight =>
    [...sizes].findLast(
      ([other, bytes]) => other === answer || (other.giveUp && bytes > ALWAYS_READ_BYTES),
    )?.[0] ?? answer;

  return {
    total: () => total,
    begin() {
      const answer: InFlight = {
        giveUp: undefined,
        takes(bytes) {
          const before = sizes.get(answer);
          if (before === undefined) return false;
          sizes.set(answer, bytes);
          total += bytes - before;
          while (total > maxBytes && bytes > ALWAYS_READ_BYTES) {
            const last = newest(answer);
            drop(last);
            if (last === answer) return false;
            last.giveUp?.();
          }
          return true;
        },
        end: () => drop(answer),
      };
      sizes.set(answer, 0);
      return answer;
    },
  };
}
