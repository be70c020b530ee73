/** The sign-in's state in one process: for tests, and for what may forget everything when it stops. */
import type {
  BrokerStores,
  DeviceSession,
  DeviceSessionStore,
  PruneRunStore,
  RequestTokenStore,
  StoredRequestToken,
  ThrottleCount,
  ThrottleStore,
} from './stores.ts';

/** Removes what `isOver`; the number of entries removed. */
function removeWhere<T>(map: Map<string, T>, isOver: (entry: T) => boolean): number {
  const before = map.size;
  for (const [key, entry] of map) if (isOver(entry)) map.delete(key);
  return before - map.size;
}

// No operation awaits anything: each runs to its end before another begins, which makes it atomic.
function memorySessions(): DeviceSessionStore {
  const rows = new Map<string, DeviceSession>();

  function update(
    deviceId: string,
    where: (row: DeviceSession) => boolean,
    change: Partial<DeviceSession>,
  ): boolean {
    const row = rows.get(deviceId);
    if (!row || !where(row)) return false;
    rows.set(deviceId, { ...row, ...change });
    return true;
  }

  return {
    insert: async (session) => {
      if (rows.has(session.deviceId)) throw new Error('device session exists');
      rows.set(session.deviceId, session);
    },
    get: async (deviceId) => rows.get(deviceId) ?? null,
    getByTokenHash: async (hash, now) =>
      [...rows.values()].find(
        (row) =>
          row.sessionTokenHash === hash && row.status === 'finalized' && (row.sessionExpiresAt ?? 0) > now,
      ) ?? null,
    deny: async (deviceId, pendingToken, now) =>
      update(deviceId, (row) => row.pendingToken === pendingToken && row.status === 'pending', {
        status: 'expired',
        updatedAt: now,
      }),
    authorize: async (deviceId, pendingToken, authorization, now) =>
      update(
        deviceId,
        (row) => row.pendingToken === pendingToken && row.status === 'pending' && row.expiresAt > now,
        { status: 'authorized', ...authorization, authorizedAt: now, updatedAt: now },
      ),
    setIdentity: async (deviceId, identity) => update(deviceId, () => true, { identity }),
    finalize: async (deviceId, pendingToken, finalization, now) =>
      update(
        deviceId,
        (row) => row.pendingToken === pendingToken && row.status === 'authorized' && row.expiresAt > now,
        {
          status: 'finalized',
          sessionTokenHash: finalization.sessionTokenHash,
          sessionExpiresAt: finalization.sessionExpiresAt,
          pendingToken: finalization.newPendingToken,
          finalizedAt: now,
          updatedAt: now,
        },
      ),
    reseal: async (deviceId, from, to) =>
      update(deviceId, (row) => row.sealedSecret === from, { sealedSecret: to }),
    end: async (hash) => removeWhere(rows, (row) => row.sessionTokenHash === hash) > 0,
    prune: async (before) =>
      removeWhere(rows, (row) =>
        row.status === 'finalized' ? (row.sessionExpiresAt ?? 0) <= before : row.expiresAt <= before,
      ),
  };
}

function memoryRequestTokens(): RequestTokenStore {
  const rows = new Map<string, StoredRequestToken>();
  return {
    put: async (token) => void rows.set(token.oauthToken, token),
    claim: async (oauthToken, deviceId, pendingToken, now) => {
      const row = rows.get(oauthToken);
      if (row?.deviceId !== deviceId || row.pendingToken !== pendingToken || row.expiresAt <= now)
        return null;
      rows.delete(oauthToken);
      return row;
    },
    dropDevice: async (deviceId) => void removeWhere(rows, (row) => row.deviceId === deviceId),
    prune: async (before) => removeWhere(rows, (row) => row.expiresAt <= before),
  };
}

function memoryThrottle(): ThrottleStore {
  const counters = new Map<string, ThrottleCount>();
  return {
    hit: async (bucket, now, windowSeconds) => {
      const known = counters.get(bucket);
      // A window that ends later than any can was begun by a clock that was ahead: it would block for that long.
      const isOpen = known && known.resetsAt > now && known.resetsAt <= now + 2 * windowSeconds;
      const count = isOpen ? { ...known, hits: known.hits + 1 } : { hits: 1, resetsAt: now + windowSeconds };
      counters.set(bucket, count);
      return count;
    },
    release: async (bucket, resetsAt) => {
      const known = counters.get(bucket);
      if (known?.resetsAt !== resetsAt || known.hits === 0) return;
      counters.set(bucket, { hits: known.hits - 1, resetsAt });
    },
    prune: async (before) => removeWhere(counters, (count) => count.resetsAt <= before),
  };
}

function memoryPruneRuns(): PruneRunStore {
  let last: number | null = null;
  return {
    last: async () => last,
    record: async (now) => {
      last = now;
    },
  };
}

/** Stores that forget when the process ends. */
export function memoryStores(): BrokerStores {
  return {
    sessions: memorySessions(),
    requestTokens: memoryRequestTokens(),
    throttle: memoryThrottle(),
    pruneRuns: memoryPruneRuns(),
  };
}
