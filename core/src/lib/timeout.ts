/** Limits on how long somebody waits for work that may never end. */

/** Calls back once after `ms`; returns what cancels it. */
export type SetTimer = (run: () => void, ms: number) => () => void;

/** The work took too long; it may still be going on. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/** Settles like `work`, or rejects with `TooSlow` after `ms`. What comes of late work is nobody's unhandled rejection. */
export function within<T>(setTimer: SetTimer, ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = setTimer(() => reject(new TooSlow()), ms);
    work.then(resolve, reject).finally(cancel);
  });
}

/** The same with `late` instead of a rejection. */
export const withinOr = <T, L>(setTimer: SetTimer, ms: number, work: Promise<T>, late: L): Promise<T | L> =>
  within(setTimer, ms, work).catch((error: unknown) => {
    if (error instanceof TooSlow) return late;
    throw error;
  });
