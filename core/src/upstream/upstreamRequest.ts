/** One request to the upstream layer, from whichever door. */
import type { Operation } from '../catalog/operation.ts';
import type { CheckedInput, DiscogsRequest } from '../discogs/request.ts';
import type { Deadline } from '../lib/deadline.ts';
import type { Log } from '../lib/log.ts';
import type { KeptAnswer } from './cache/answerCache.ts';
import type { ReadyMeaning } from './cache/readAnswer.ts';
import type { WindowView } from './ratelimit/limiterTypes.ts';
import type { Sent } from './send.ts';

/** What came of a request to Discogs. */
export interface Got extends Sent {
  /** False where an older answer is better than this one. */
  readonly isGood: boolean;
  /** Of the result, for whoever shows it. */
  readonly meaning: ReadyMeaning;
  /** The shared store had it: another instance has asked. */
  readonly kept?: KeptAnswer | undefined;
}

/** A refresh in the background, and the window after it. */
export interface Refreshed extends Got {
  readonly elapsedMs: number;
  readonly window: WindowView;
}

/** What is wanted, and by whom. */
export interface Want {
  readonly operation: Operation;
  readonly input: CheckedInput;
  readonly request: DiscogsRequest;
  readonly key: string;
  readonly conversation: string;
  /** A digest of the Discogs credential; empty for anonymous calls. */
  readonly credential: string;
  /** The caller insists on a fresh answer, inside the budget. */
  readonly noCache: boolean;
  readonly deadline: Deadline;
  readonly log: Log;
  /** Told of a refresh in the background that this request began, when it has ended. */
  readonly onRefreshed?: ((refreshed: Refreshed) => void) | undefined;
}
