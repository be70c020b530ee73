/** The sign-in's state in one process: for tests, and for what may forget everything when it stops. */
import type {
  BrokerStores,
  DeviceSession,
  DeviceSessionStore,
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

const isOpen = ({ status }: DeviceSession): boolean => status === 'pending' || status === 'authorized';

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
    expire: async (deviceId, pendingToken, now) =>
      update(deviceId, (row) => row.pendingToken === pendingToken && isOpen(row) && row.expiresAt <= now, {
        status: 'expired',
        updatedAt: now,
      }),
    deny: async (deviceId, pendingToken, now) =>
      update(deviceId, (row) => row.pendingToken === pendingToken && row.status === 'pending', {
        status: 'expired',
        updatedAt: now,
      }),
    authorize: async (deviceId, pendingToken, { accessToken, sealedSecret }, now) =>
      update(deviceId, (row) => row.pendingToken === pendingToken && isOpen(row) && row.expiresAt > now, {
        status: 'authorized',
        accessToken,
        sealedSecret,
        identity: null,
        authorizedAt: now,
        updatedAt: now,
      }),
    setIdentity: async (deviceId, accessToken, identity) =>
      update(deviceId, (row) => row.accessToken === accessToken, { identity }),
    finalize: async (deviceId, pendingToken, finalization, now) =>
      update(
        deviceId,
        (row) =>
          row.pendingToken === pendingToken &&
          row.status === 'authorized' &&
          row.accessToken === finalization.accessToken &&
          row.expiresAt > now,
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
    prune: async (now) =>
      removeWhere(rows, (row) =>
        row.status === 'finalized' ? (row.sessionExpiresAt ?? 0) <= now : row.expiresAt <= now,
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
    prune: async (now) => removeWhere(rows, (row) => row.expiresAt <= now),
  };
}

function memoryThrottle(): ThrottleStore {
  const counters = new Map<string, ThrottleCount>();
  return {
    hit: async (bucket, now, windowSeconds) => {
      const known = counters.get(bucket);
      const count =
        known && known.resetsAt > now
          ? { hits: known.hits + 1, resetsAt: known.resetsAt }
          : { hits: 1, resetsAt: now + windowSeconds };
      counters.set(bucket, count);
      return count;
    },
    prune: async (now) => removeWhere(counters, (count) => count.resetsAt <= now),
  };
}

/** Stores that forget when the process ends. */
export function memoryStores(): BrokerStores {
  return { sessions: memorySessions(), requestTokens: memoryRequestTokens(), throttle: memoryThrottle() };
}
