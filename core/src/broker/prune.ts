/** Hourly: rows of the sign-in that nobody can use any more are deleted. */
import { type Prunable, type PruneReport, pruneTables } from '../signIn/prune.ts';
import type { Context } from './context.ts';

export type { Prunable, PruneReport } from '../signIn/prune.ts';

/** Prunes the sign-in's tables and `others`, one after the other. */
export function prune({ stores, seconds, log }: Context, others: readonly Prunable[]): Promise<PruneReport> {
  const { pruneRuns } = stores;
  return pruneTables({ pruneRuns, seconds, log }, [
    { name: 'device_sessions', prune: (before) => stores.sessions.prune(before) },
    { name: 'oauth_request_tokens', prune: (before) => stores.requestTokens.prune(before) },
    { name: 'broker_throttle', prune: (before) => stores.throttle.prune(before) },
    ...others,
  ]);
}
