/** What the hourly round removes of the tables behind budget and cache. */
import type { Prunable } from '@discogs-agent/core/broker';
import { countedD1, type D1 } from './database.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** By table: a statement with one parameter, and that parameter from the time in seconds. */
const RULES: readonly (readonly [name: string, sql: string, before: (now: number) => number])[] = [
  ['discogs_search_cache', 'DELETE FROM discogs_search_cache WHERE expires_at <= ?1', (now) => now],
  [
    'rate_limit_state',
    'DELETE FROM rate_limit_state WHERE last_request_at_ms < ?1',
    (now) => now * 1000 - DAY_MS,
  ],
  [
    'broker_line',
    'DELETE FROM broker_line WHERE COALESCE(served_at_ms, latest_at_ms) < ?1',
    (now) => now * 1000 - HOUR_MS,
  ],
  // Whoever has read a version has used it long before.
  ['broker_leases', 'DELETE FROM broker_leases WHERE leased_until_ms < ?1', (now) => now * 1000 - HOUR_MS],
];

/** For `Broker.prune`; `open` as for the stores. */
export const d1Prunables = (open: () => D1): Prunable[] =>
  RULES.map(([name, sql, before]) => ({
    name,
    prune: (now) => countedD1(open, 1).change(sql, before(now)),
  }));
