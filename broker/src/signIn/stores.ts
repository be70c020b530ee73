/** The sign-in's state on D1. */
import type { BrokerStores } from '@discogs-agent/core/broker';
import type { D1Database } from '../platform.ts';
import { d1DeviceSessions } from './deviceSessions.ts';
import { onPrimary } from './primary.ts';
import { d1PruneRuns } from './pruneRuns.ts';
import { d1RequestTokens } from './requestTokens.ts';
import { d1Throttle } from './throttle.ts';

/** Stores over a migrated database. */
export function d1Stores(database: D1Database): BrokerStores {
  const run = onPrimary(database);
  return {
    sessions: d1DeviceSessions(run),
    requestTokens: d1RequestTokens(run),
    throttle: d1Throttle(run),
    pruneRuns: d1PruneRuns(run),
  };
}
