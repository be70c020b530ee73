/** Waits for what takes Azure its time, and says so meanwhile. */
import type { DeployContext } from './deployContext.ts';

export interface Patience {
  /** Begins the lines, as in "Waiting for the role to take effect". */
  readonly what: string;
  readonly minutes: number;
  readonly everySeconds: number;
}

/**
 * Calls `attempt` until it returns something, and returns that. Undefined when the time is up or the run was
 * interrupted. `attempt` is called at least once.
 */
export async function waitFor<T>(
  context: DeployContext,
  { what, minutes, everySeconds }: Patience,
  attempt: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const start = context.clock.now();
  for (;;) {
    const result = await attempt();
    if (result !== undefined) return result;
    const seconds = Math.round((context.clock.now() - start) / 1000);
    if (seconds + everySeconds > minutes * 60 || context.interruption.aborted) return undefined;
    context.say(`  ${what}: ${seconds} s so far, at most ${minutes * 60} s`);
    await context.clock.sleep(everySeconds * 1000);
  }
}
