/** One call for identical concurrent requests. */

/** Work under way, and how somebody else comes to take part in it. */
export interface Work<T, Who> {
  readonly promise: Promise<T>;
  join(who: Who): void;
}

/** The moment after which it is ignored: its host may have killed it without a word. */
interface UnderWay<T, Who> extends Work<T, Who> {
  readonly until: number;
}

/** What came of it, and whether this caller did the work. */
export interface Coalesced<T> {
  readonly value: T | 'too_late';
  readonly leader: boolean;
}

/** Seams. */
export interface CoalesceOptions {
  readonly now: () => number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** Of the caller who asks. */
export interface Asking<T, Who> {
  readonly who: Who;
  readonly leftMs: () => number;
  readonly failed: (value: T) => boolean;
}

/** Runs `work` once for all callers with the same `key` that come while it is under way. */
export interface Coalescer<T, Who> {
  run(key: string, work: () => Work<T, Who>, asking: Asking<T, Who>): Promise<Coalesced<T>>;
  isUnderWay(key: string): boolean;
}

/** Longer than any call may take. */
const LONGEST_WORK_MS = 40_000;

/** Makes a coalescer for one process. */
export function createCoalescer<T, Who>({ now, setTimer, waitUntil }: CoalesceOptions): Coalescer<T, Who> {
  const underWay = new Map<string, UnderWay<T, Who>>();

  function lead(key: string, work: () => Work<T, Who>): Promise<T> {
    const { promise, join } = work();
    const entry = { promise, join, until: now() + LONGEST_WORK_MS };
    underWay.set(key, entry);
    const forget = (): void => {
      if (underWay.get(key) === entry) underWay.delete(key);
    };
    // The work goes on when its caller has left: others wait for it, and its answer is kept.
    waitUntil(promise.then(forget, forget));
    return promise;
  }

  function follow(promise: Promise<T>, leftMs: number): Promise<T | 'too_late'> {
    return new Promise((resolve, reject) => {
      const cancel = setTimer(() => resolve('too_late'), leftMs);
      promise.then(resolve, reject).finally(cancel);
    });
  }

  return {
    isUnderWay: (key) => (underWay.get(key)?.until ?? 0) > now(),
    async run(key, work, { who, leftMs, failed }) {
      // Round 1 follows whoever is there; when that fails, all followers share one more call.
      for (const round of [key, `${key}#2`]) {
        const known = underWay.get(round);
        if (!known || known.until <= now()) return { value: await lead(round, work), leader: true };
        known.join(who);
        const value = await follow(known.promise, leftMs());
        if (value === 'too_late' || !failed(value) || round !== key) return { value, leader: false };
      }
      return { value: 'too_late', leader: false };
    },
  };
}
