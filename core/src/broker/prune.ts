/** Hourly: what nobody can use any more is deleted, a day later and only if two runs agree on the time. */

import { describeError } from '../lib/describeError.ts';
import type { Context } from './context.ts';

/** Something with rows that get old. */
export interface Prunable {
  /** For the report: the table. */
  readonly name: string;
  /** Removes what was over at `before`, in Unix seconds; resolves to the number of rows. */
  prune(before: number): Promise<number>;
}

/** What a run has done. One table's trouble keeps no other from being pruned. */
export interface PruneReport {
  /** Rows removed, by table. */
  readonly removed: Readonly<Record<string, number>>;
  /** Tables whose store failed. */
  readonly failed: readonly string[];
}

/** How long a row must have been over. More than a clock is usually wrong by. */
const GRACE_SECONDS = 86_400;
/** Runs that are closer together could have asked the same wrong clock. */
const LEAST_BETWEEN_RUNS_SECONDS = 600;
const RUNS = 'broker_prune_runs';

/**
 * Rows that were over before this time may go; undefined where this run must not delete. The clock must have passed the
 * time twice: one that is ahead for less than an hour then deletes nothing that is still in use.
 */
async function timeToPruneBefore({ stores, seconds }: Context): Promise<number | undefined> {
  const now = seconds();
  const last = await stores.pruneRuns.last();
  if (last !== null && now >= last && now - last < LEAST_BETWEEN_RUNS_SECONDS) return undefined;
  await stores.pruneRuns.record(now);
  return last === null ? undefined : Math.min(now, last) - GRACE_SECONDS;
}

/** Prunes the sign-in's tables and `others`, one after the other. */
export async function prune(context: Context, others: readonly Prunable[]): Promise<PruneReport> {
  const { stores, log } = context;
  const tables: Prunable[] = [
    { name: 'device_sessions', prune: (before) => stores.sessions.prune(before) },
    { name: 'oauth_request_tokens', prune: (before) => stores.requestTokens.prune(before) },
    { name: 'broker_throttle', prune: (before) => stores.throttle.prune(before) },
    ...others,
  ];
  const removed: Record<string, number> = {};
  const failed: string[] = [];

  async function attempt<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      failed.push(name);
      log.error(`Prune of ${name} failed: ${describeError(error)}`);
      return undefined;
    }
  }

  const before = await attempt(RUNS, () => timeToPruneBefore(context));
  if (before === undefined) return { removed, failed };
  for (const { name, prune: pruneTable } of tables) {
    const count = await attempt(name, () => pruneTable(before));
    if (count !== undefined) removed[name] = count;
  }
  return { removed, failed };
}
