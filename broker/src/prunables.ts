/** The tables beside the sign-in's that get old: cached searches and leases. */
import type { Prunable } from '@discogs-agent/core/broker';
import type { D1Database } from './platform.ts';
import { changes, onPrimary, type Run } from './signIn/primary.ts';

/** `unit` is the number of the column's units in a second. */
const prunable = (run: Run, name: string, time: string, unit: 1 | 1000 = 1000): Prunable => ({
  name,
  prune: (before) => changes(run(`DELETE FROM ${name} WHERE ${time} <= ?1`, before * unit)),
});

/** For the hourly prune. A lease that is gone is one that nobody has. */
export function prunables(database: D1Database): Prunable[] {
  const run = onPrimary(database);
  return [
    prunable(run, 'discogs_search_cache', 'expires_at', 1),
    prunable(run, 'broker_leases', 'leased_until_ms'),
  ];
}
