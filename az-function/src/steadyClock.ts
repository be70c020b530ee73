/** The time of this process: it rises evenly, whatever is done to the system's clock, and knows of sleep. */

/** A system that slept, or a clock that is set by hand; corrections of a clock that runs are far below it. */
const LEAP_MS = 60_000;

/**
 * Milliseconds. The monotonic clock of some systems stands still while they sleep, and what was kept before would seem
 * as young as then: so a leap of the system's clock by more than a minute is followed, forward only.
 */
export function createSteadyClock(
  wall: () => number = Date.now,
  monotonic: () => number = () => performance.now(),
): () => number {
  let start = wall() - monotonic();
  return () => {
    const steady = start + monotonic();
    const behind = wall() - steady;
    if (behind <= LEAP_MS) return steady;
    start += behind;
    return steady + behind;
  };
}
