/** A clock that moves only when told, with timers that fire in order: hours of waiting pass in seconds. */

interface Timer {
  readonly at: number;
  readonly order: number;
  run: (() => void) | undefined;
}

/** The clock, and the timers that hang on it. */
export interface VirtualTime {
  readonly now: () => number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly sleep: (ms: number) => Promise<void>;
  /** Moves `ms` on, firing what falls due and letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Moves on until `work` is done. */
  until<T>(work: Promise<T>): Promise<T>;
}

/** Runs every promise that can go on, however long its chain is. */
const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Timers by time, then by age: a binary heap, since a run may hold thousands. */
function timerHeap() {
  const timers: Timer[] = [];
  const swap = (a: number, b: number): void => {
    const [x, y] = [timers[a], timers[b]];
    if (x && y) [timers[a], timers[b]] = [y, x];
  };
  const comesFirst = (a: number, b: number): boolean => {
    const [x, y] = [timers[a], timers[b]];
    return x !== undefined && y !== undefined && isBefore(x, y);
  };
  return {
    first: (): Timer | undefined => timers[0],
    add(timer: Timer): void {
      timers.push(timer);
      let at = timers.length - 1;
      while (at > 0 && comesFirst(at, (at - 1) >> 1)) {
        swap(at, (at - 1) >> 1);
        at = (at - 1) >> 1;
      }
    },
    removeFirst(): void {
      swap(0, timers.length - 1);
      timers.pop();
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        const child = comesFirst(left + 1, left) ? left + 1 : left;
        if (!comesFirst(child, at)) break;
        swap(child, at);
        at = child;
      }
    },
  };
}

/** Makes a clock that shows `start`. */
export function virtualTime(start = 1_000_000): VirtualTime {
  let time = start;
  let order = 0;
  const heap = timerHeap();

  const setTimer = (run: () => void, ms: number) => {
    order += 1;
    const timer: Timer = { at: time + Math.max(0, ms), order, run };
    heap.add(timer);
    return () => {
      timer.run = undefined;
    };
  };

  /** The next timer that nobody has cancelled. */
  function next(): Timer | undefined {
    for (;;) {
      const timer = heap.first();
      if (!timer || timer.run) return timer;
      heap.removeFirst();
    }
  }

  async function fire(timer: Timer): Promise<void> {
    heap.removeFirst();
    time = Math.max(time, timer.at);
    const { run } = timer;
    timer.run = undefined;
    run?.();
    await settle();
  }

  return {
    now: () => time,
    setTimer,
    sleep: (ms) => new Promise((resolve) => void setTimer(resolve, ms)),
    async advance(ms) {
      const end = time + ms;
      await settle();
      for (let timer = next(); timer && timer.at <= end; timer = next()) await fire(timer);
      time = end;
      await settle();
    },
    async until(work) {
      let done = false;
      const mark = (): void => {
        done = true;
      };
      work.then(mark, mark);
      await settle();
      while (!done) {
        const timer = next();
        if (!timer) throw new Error('nothing is left that could end the work');
        await fire(timer);
      }
      return work;
    },
  };
}
