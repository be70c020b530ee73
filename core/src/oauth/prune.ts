/** Hourly: records of the authorization server that nobody can use any more are deleted. */
import { type PruneReport, type PruneRunStore, pruneTables } from '../signIn/prune.ts';
import type { Context } from './context.ts';
import type { RecordStore } from './stores.ts';

const LAST_RUN = 'last-prune';
/** A record that is never over: 2100. */
const NEVER = 4_102_444_800;

/** What the clock said at the last run is a record among the authorizations under way. */
function pruneRuns(requests: RecordStore): PruneRunStore {
  return {
    async last() {
      const record = await requests.get(LAST_RUN);
      return record ? Number(record.data) : null;
    },
    async record(now) {
      const next = { id: LAST_RUN, owner: '', expiresAt: NEVER, data: String(now) };
      if (!(await requests.change(LAST_RUN, () => next))) await requests.insert(next);
    },
  };
}

/** Prunes every kind of record, and the counters of attempts. */
export function prune({ stores, throttle, seconds, log }: Context): Promise<PruneReport> {
  const { requests, grants, clients } = stores;
  return pruneTables({ pruneRuns: pruneRuns(requests), seconds, log }, [
    { name: 'oauth_requests', prune: (before) => requests.prune(before) },
    { name: 'oauth_grants', prune: (before) => grants.prune(before) },
    { name: 'oauth_clients', prune: (before) => clients.prune(before) },
    { name: 'broker_throttle', prune: (before) => throttle.prune(before) },
  ]);
}
