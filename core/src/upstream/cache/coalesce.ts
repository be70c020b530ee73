/** One call for identical concurrent requests. */

import { type SetTimer, withinOr } from '../../lib/timeout.ts';

/** Work under way, and how somebody else comes to take part in it. */
export interface Work<T, Who> {
  readonly promise: Promise<T>;
  join(who: Who): void;
  /** Until when the work is known to be alive, where it can tell: it may move this on as it goes. */
  readonly aliveUntil?: () => number;
}

/** The moment after which it is ignored: its host may have killed it without a word. */
interface UnderWay<T, Who> extends Work<T, Who> {
  readonly until: () => number;
}

/** What came of it, and whether this caller did the work. */
export interface Coalesced<T> {
  readonly value: T | 'too_late';
  readonly leader: boolean;
}

/** Dependencies. */
export interface CoalesceOptions {
  readonly now: () => number;
  readonly setTimer: SetTimer;
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** Of the caller who asks. */
export interface Asking<T, Who> {
  readonly who: Who;
  readonly leftMs: () => number;
  readonly failed: (value: T) => boolean;
  /**
   * What a follower does every so often while it waits: the work may have been killed without a word, or its promise may
   * never reach another request. Absent: it waits for the promise alone.
   */
  readonly lookAgain?: { readonly everyMs: number; readonly look: () => Promise<T | undefined> };
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
    const { promise, join, aliveUntil } = work();
    const until = now() + LONGEST_WORK_MS;
    const entry = { promise, join, until: aliveUntil ?? (() => until) };
    underWay.set(key, entry);
    const forget = (): void => {
      if (underWay.get(key) === entry) underWay.delete(key);
    };
    // The work goes on when its caller has left: others wait for it, and its answer is kept.
    waitUntil(promise.then(forget, forget));
    return promise;
  }

  /** Those who are worth following under this name. */
  function alive(name: string): UnderWay<T, Who> | undefined {
    const known = underWay.get(name);
    return known && known.until() > now() ? known : undefined;
  }

  const wait = (promise: Promise<T>, ms: number): Promise<T | 'too_late'> =>
    withinOr(setTimer, ms, promise, 'too_late' as const);

  async function follow(
    { promise, until }: UnderWay<T, Who>,
    { leftMs, lookAgain }: Asking<T, Who>,
  ): Promise<T | 'too_late' | 'gone'> {
    if (!lookAgain) return wait(promise, leftMs());
    while (leftMs() > 0) {
      const value = await wait(promise, Math.min(lookAgain.everyMs, leftMs()));
      if (value !== 'too_late') return value;
      const seen = await lookAgain.look();
      if (seen !== undefined) return seen;
      if (until() <= now()) return 'gone';
    }
    return 'too_late';
  }

  async function followOrLead(
    key: string,
    work: () => Work<T, Who>,
    asking: Asking<T, Who>,
  ): Promise<Coalesced<T>> {
    // Round 1 follows whoever is there; when that fails, all followers share one more call.
    const rounds = [key, `${key}#2`];
    for (let round = 0; round < rounds.length; ) {
      const name = rounds[round] ?? key;
      const known = alive(name);
      if (!known) return { value: await lead(name, work), leader: true };
      known.join(asking.who);
      const value = await follow(known, asking);
      // Nobody works on it any more: this one does, or follows whoever was faster.
      if (value === 'gone') continue;
      if (value === 'too_late' || !asking.failed(value) || name !== key) return { value, leader: false };
      round += 1;
    }
    return { value: 'too_late', leader: false };
  }

  return {
    isUnderWay: (key) => alive(key) !== undefined,
    // Most have nobody to follow.
    run: (key, work, asking) =>
      alive(key)
        ? followOrLead(key, work, asking)
        : lead(key, work).then((value) => ({ value, leader: true })),
  };
}
