/** Sends what is left when the platform ends this process. */
import { app } from '@azure/functions';
import type { Telemetry } from './telemetry.ts';

/** The worker's own hook, and the signal of a container that is stopped without it. Both may come; one waits. */
export function sendAtTheEnd(telemetry: Telemetry): void {
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> => {
    ending ??= telemetry.end();
    return ending;
  };
  app.hook.appTerminate(end);
  process.once('SIGTERM', () => {
    void end().then(() => {
      // A listener takes the signal's usual effect away; where nobody else listens, it is given back.
      if (process.listenerCount('SIGTERM') === 0) process.kill(process.pid, 'SIGTERM');
    });
  });
}
