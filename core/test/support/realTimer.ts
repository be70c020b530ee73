/** The host's timers, looked up at each call so that fake ones are used where a test has set them. */
export const realTimer = (run: () => void, ms: number): (() => void) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
