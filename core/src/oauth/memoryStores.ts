/** The authorization server's records in one process: for tests, and for what may forget everything when it stops. */
import type { OAuthRecord, OAuthStores, RecordStore } from './stores.ts';

// No operation awaits anything: each runs to its end before another begins, which makes it atomic.
function memoryRecords(): RecordStore {
  const records = new Map<string, OAuthRecord>();
  return {
    insert: async (record) => {
      if (records.has(record.id)) throw new Error('such a record exists');
      records.set(record.id, record);
    },
    get: async (id) => records.get(id) ?? null,
    change: async (id, decide) => {
      const record = records.get(id);
      const next = record && decide(record);
      if (!next) return false;
      records.set(id, next);
      return true;
    },
    take: async (id) => {
      const record = records.get(id) ?? null;
      records.delete(id);
      return record;
    },
    ownedBy: async (owner, limit) =>
      [...records.values()].filter((record) => record.owner === owner).slice(0, limit),
    prune: async (before) => {
      const size = records.size;
      for (const { id, expiresAt } of records.values()) if (expiresAt <= before) records.delete(id);
      return size - records.size;
    },
  };
}

/** Stores that forget when the process ends. */
export const memoryOAuthStores = (): OAuthStores => ({
  requests: memoryRecords(),
  grants: memoryRecords(),
  clients: memoryRecords(),
});
