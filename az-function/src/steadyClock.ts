/**
 * The clocks of this process. The system's clock may leap, by hand, by a correction, or because the machine slept; two
 * things must hold all the same, and they pull in opposite directions:
 *
 * - **Limits count too much rather than too little.** `now` is monotonic: a leap neither empties the window nor freezes
 *   it. On most systems it stands still while the machine sleeps. Then a call in the window seems younger than it is and
 *   leaves late, which is the safe side; Discogs' own window was over long before.
 * - **Answers count as too old rather than too young.** `ageNow` follows whichever clock says that more time has passed:
 *   the monotonic one, or the system's where that leapt ahead. After a sleep, what was kept before is as old as it is.
 *   After a wrong leap it is forgotten too early, once.
 *
 * Both show milliseconds since 1970 as the system did when the process began, and then go on by themselves.
 */
export interface Clocks {
  now(): number;
  ageNow(): number;
}

/** Corrections of a clock that runs are slower than this. Smaller differences add up until they are seen. */
const LEAP_MS = 1000;

/** Makes them. */
export function createClocks(
  wall: () => number = Date.now,
  monotonic: () => number = () => performance.now(),
): Clocks {
  const start = wall() - monotonic();
  const now = (): number => start + monotonic();
  /** By how much the system's clock was ahead of `now` after its last leap, in either direction. */
  let seenAheadMs = 0;
  let leaptAheadMs = 0;
  return {
    now,
    ageNow() {
      const at = now();
      const leapMs = wall() - at - seenAheadMs;
      if (Math.abs(leapMs) > LEAP_MS) {
        seenAheadMs += leapMs;
        leaptAheadMs += Math.max(0, leapMs);
      }
      return at + leaptAheadMs;
    },
  };
}
