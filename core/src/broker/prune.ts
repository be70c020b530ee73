/** Hourly: what nobody can use any more goes. */
import type { Context } from './context.ts';
import { describeError } from './describeError.ts';

/** Something with rows that get old. */
export interface Prunable {
  /** For the report: the table. */
  readonly name: string;
  /** Removes what is over at `now`, in Unix seconds; resolves to the number of rows. */
  prune(now: number): Promise<number>;
}

/** What a round has done. One table's trouble keeps no other from being pruned. */
export interface PruneReport {
  /** Rows removed, by table. */
  readonly removed: Readonly<Record<string, number>>;
  /** Tables whose store failed. */
  readonly failed: readonly string[];
}

/** Prunes the sign-in's tables and `others`, one after the other. */
export async function prune(
  { stores, seconds, log }: Context,
  others: readonly Prunable[],
): Promise<PruneReport> {
  const tables: Prunable[] = [
    { name: 'device_sessions', prune: (now) => stores.sessions.prune(now) },
    { name: 'oauth_request_tokens', prune: (now) => stores.requestTokens.prune(now) },
    { name: 'broker_throttle', prune: (now) => stores.throttle.prune(now) },
    ...others,
  ];
  const removed: Record<string, number> = {};
  const failed: string[] = [];
  const now = seconds();
  for (const table of tables) {
    try {
      removed[table.name] = await table.prune(now);
    } catch (error) {
      failed.push(table.name);
      log.error(`Prune of ${table.name} failed: ${describeError(error)}`);
    }
  }
  return { removed, failed };
}
