/** What nobody can use any more is deleted, a day later and only if two runs agree on the time. */
import { describeError } from '../lib/describeError.ts';
import type { Log } from '../lib/log.ts';

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

/** Table `broker_prune_runs (name TEXT PRIMARY KEY, ran_at INTEGER NOT NULL)`, which has one row. */
export interface PruneRunStore {
  /** What the clock said at the last run; null before the first one. */
  last(): Promise<number | null>;
  /** Replaces it. */
  record(now: number): Promise<void>;
}

/** What a run works with. */
export interface PruneContext {
  readonly pruneRuns: PruneRunStore;
  readonly seconds: () => number;
  readonly log: Log;
}

/** How long a row must have been over. More than a clock is usually wrong by. */
const GRACE_SECONDS = 86_400;
/** Runs that are closer together could have asked the same wrong clock. */
const LEAST_BETWEEN_RUNS_SECONDS = 600;
/** In a report: the store of the runs themselves. */
const RUNS = 'broker_prune_runs';

/**
 * Rows that were over before this time may go; undefined where this run must not delete. The clock must have passed the
 * time twice: one that is ahead for less than an hour then deletes nothing that is still in use.
 */
async function timeToPruneBefore({ pruneRuns, seconds }: PruneContext): Promise<number | undefined> {
  const now = seconds();
  const last = await pruneRuns.last();
  if (last !== null && now >= last && now - last < LEAST_BETWEEN_RUNS_SECONDS) return undefined;
  await pruneRuns.record(now);
  return last === null ? undefined : Math.min(now, last) - GRACE_SECONDS;
}

/** Prunes the tables, one after the other. To be called about once an hour. */
export async function pruneTables(context: PruneContext, tables: readonly Prunable[]): Promise<PruneReport> {
  const removed: Record<string, number> = {};
  const failed: string[] = [];

  async function attempt<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      failed.push(name);
      context.log.error(`Prune of ${name} failed: ${describeError(error)}`);
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
