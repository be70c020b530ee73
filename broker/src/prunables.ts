/** The tables beside the sign-in's that get old: cached searches, the window, the line, leases. */
import type { Prunable } from '@discogs-agent/core/broker';
import type { D1Database } from './platform.ts';
import { changes, onPrimary, type Run } from './signIn/primary.ts';

/** Nothing in the window's tables means anything after a few minutes; the original keeps a day. */
const DAY_MS = 86_400_000;

const prunable = (
  name: string,
  where: string,
  run: Run,
  limit = (now: number) => now * 1000 - DAY_MS,
): Prunable => ({
  name,
  prune: (now) => changes(run(`DELETE FROM ${name} WHERE ${where}`, limit(now))),
});

/** For the hourly prune. A lease that is gone is one that nobody has. */
export function prunables(database: D1Database): Prunable[] {
  const run = onPrimary(database);
  return [
    prunable('discogs_search_cache', 'expires_at <= ?1', run, (now) => now),
    prunable('rate_limit_state', 'last_request_at_ms < ?1', run),
    prunable('broker_line', 'COALESCE(served_at_ms, latest_at_ms) < ?1', run),
    prunable('broker_leases', 'leased_until_ms < ?1', run),
  ];
}
