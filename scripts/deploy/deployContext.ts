/** Everything outside that a deployment touches, passed in so that tests can stand in for it. */
import type { AzRunner } from './az/azRunner.ts';

export interface DeployContext {
  readonly az: AzRunner;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: {
    /** Milliseconds. */
    now(): number;
    /** Ends early when the run is interrupted. */
    sleep(milliseconds: number): Promise<void>;
  };
  /** Prints a line; what is hidden is masked in it. */
  readonly say: (line: string) => void;
  /** From now on, mask this text wherever it would be printed. */
  readonly hide: (secret: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The repository's folder. */
  readonly root: string;
  /** Builds the app's zip and gives its path. */
  readonly createPackage: () => Promise<string>;
  /** Aborted by Ctrl-C: steps end, the temporary role is still removed. */
  readonly interruption: AbortSignal;
}
