/** A limit on how long somebody waits for work that may never end. */

/** The work took too long; it may still be going on. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/** Settles like `work`, or rejects with `TooSlow` after `ms`. What comes of late work is nobody's unhandled rejection. */
export function within<T>(
  setTimer: (run: () => void, ms: number) => () => void,
  ms: number,
  work: Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = setTimer(() => reject(new TooSlow()), ms);
    work.then(resolve, reject).finally(cancel);
  });
}
