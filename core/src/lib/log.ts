import type { TelemetryEvent } from './telemetryEvent.ts';

/** Where lines go. Hosts pass one for each call, and one for work that outlives its call. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
  /** Where facts go, if anybody wants them. Must return at once and never throw. */
  readonly record?: ((fact: TelemetryEvent) => void) | undefined;
}
