/** What the broker's budget and cache keep, for one request: the host counts what each request asks of its database. */

import type { SharedStore } from '../../upstream/cache/sharedStore.ts';
import type { Gate } from '../../upstream/ratelimit/limiterTypes.ts';
import type { WaitingLine } from '../../upstream/ratelimit/queue.ts';
import type { WindowStore } from '../../upstream/ratelimit/windowStore.ts';

/**
 * The newest send time, the line, and the pause that Discogs asked for. `read` tells all three at once; `write` keeps a
 * newer `lastSentAt` and nothing else of the state, and refuses while a pause lasts.
 */
export interface BrokerWindow extends WindowStore {
  readonly line: WaitingLine;
  /** Moves the newest send time from `from` on to `to`; false when it was another one, or a pause lasts. */
  postpone(from: number, to: number): Promise<boolean>;
  /** No call before `until` (ms since 1970). Of several, the longest counts. */
  coolDown(until: number): Promise<void>;
}

/** The stores of one request. */
export interface SearchStores {
  readonly window: BrokerWindow | Gate;
  /** Names are keys of the search cache, bytes are payloads as JSON. */
  readonly answers: SharedStore;
}
