/** A clock that moves only when told, with timers that fire in order: hours of waiting pass in milliseconds. */

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export interface VirtualTime {
  readonly now: () => number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly sleep: (ms: number) => Promise<void>;
  /** Moves to `untilMs` from now, firing what falls due and letting promises settle in between. */
  advance(untilMs: number): Promise<void>;
}

/** Enough turns for any chain of promises in the code under test. */
const SETTLE_TURNS = 30;

async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLE_TURNS; turn += 1) await Promise.resolve();
}

export function virtualTime(start = 1_000_000): VirtualTime {
  let time = start;
  let order = 0;
  const timers = new Set<Timer>();
  const setTimer = (run: () => void, ms: number) => {
    order += 1;
    const timer = { at: time + Math.max(0, ms), order, run };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const first = (): Timer | undefined =>
    [...timers].reduce<Timer | undefined>(
      (best, timer) =>
        !best || timer.at < best.at || (timer.at === best.at && timer.order < best.order) ? timer : best,
      undefined,
    );
  return {
    now: () => time,
    setTimer,
    sleep: (ms) => new Promise((resolve) => void setTimer(resolve, ms)),
    async advance(ms) {
      const end = time + ms;
      await settle();
      for (let timer = first(); timer && timer.at <= end; timer = first()) {
        time = Math.max(time, timer.at);
        timers.delete(timer);
        timer.run();
        await settle();
      }
      time = end;
      await settle();
    },
  };
}
