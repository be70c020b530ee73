/** What a host passes to its catalogue. */
import type { Log } from '@discogs-agent/core';

/** Dependencies of the host. */
export interface CatalogueHost {
  readonly now: () => number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly log: Log;
}
