/** Device sessions in Azure Tables. A second partition leads from the hash of a session token to its session. */
import type { DeviceSession, DeviceSessionStore } from '@discogs-agent/core/broker';
import { toTime } from './answerEntity.ts';
import { readSession, sessionProperties } from './brokerEntity.ts';
import type { Entity, Partition } from './brokerPartition.ts';

/** Each operation is one compare-and-set of one session. */
export function brokerSessionTable(sessions: Partition, byHash: Partition): DeviceSessionStore {
  /** Written before the session names the hash: an entry that leads nowhere does no harm. */
  const index = (hash: string, deviceId: string, sessionExpiresAt: number): Promise<void> =>
    byHash.put(hash, { deviceId, overAt: toTime(sessionExpiresAt) });

  const update = (
    deviceId: string,
    where: (row: DeviceSession) => boolean,
    change: Partial<DeviceSession>,
  ): Promise<boolean> =>
    sessions.change(deviceId, (entity) => {
      const row = entity && readSession(entity);
      return row && where(row) ? sessionProperties({ ...row, ...change }) : undefined;
    });

  async function get(deviceId: string): Promise<DeviceSession | null> {
    const entity = await sessions.read(deviceId);
    return entity ? readSession(entity) : null;
  }

  async function deviceOf(hash: string): Promise<string | undefined> {
    const deviceId = (await byHash.read(hash))?.['deviceId'];
    return typeof deviceId === 'string' ? deviceId : undefined;
  }

  return {
    async insert(session) {
      const { deviceId, sessionTokenHash, sessionExpiresAt } = session;
      if (sessionTokenHash !== null) await index(sessionTokenHash, deviceId, sessionExpiresAt ?? 0);
      await sessions.insert(deviceId, sessionProperties(session));
    },
    get,
    async getByTokenHash(hash, now) {
      const deviceId = await deviceOf(hash);
      const row = deviceId === undefined ? null : await get(deviceId);
      const isMeant = row?.sessionTokenHash === hash && row.status === 'finalized';
      return isMeant && (row.sessionExpiresAt ?? 0) > now ? row : null;
    },
    deny: (deviceId, pendingToken, now) =>
      update(deviceId, (row) => row.pendingToken === pendingToken && row.status === 'pending', {
        status: 'expired',
        updatedAt: now,
      }),
    authorize: (deviceId, pendingToken, authorization, now) =>
      update(
        deviceId,
        (row) => row.pendingToken === pendingToken && row.status === 'pending' && row.expiresAt > now,
        { status: 'authorized', ...authorization, authorizedAt: now, updatedAt: now },
      ),
    setIdentity: (deviceId, identity) => update(deviceId, () => true, { identity }),
    async finalize(deviceId, pendingToken, finalization, now) {
      const { sessionTokenHash, sessionExpiresAt, newPendingToken } = finalization;
      const isReady = (row: DeviceSession): boolean =>
        row.pendingToken === pendingToken && row.status === 'authorized' && row.expiresAt > now;
      const row = await get(deviceId);
      // Only now: whoever is refused leaves no entry behind.
      if (!row || !isReady(row)) return false;
      await index(sessionTokenHash, deviceId, sessionExpiresAt);
      return update(deviceId, isReady, {
        status: 'finalized',
        sessionTokenHash,
        sessionExpiresAt,
        pendingToken: newPendingToken,
        finalizedAt: now,
        updatedAt: now,
      });
    },
    reseal: (deviceId, from, to) =>
      update(deviceId, (row) => row.sealedSecret === from, { sealedSecret: to }),
    async end(hash) {
      const deviceId = await deviceOf(hash);
      if (deviceId === undefined) return false;
      const isMeant = (entity: Entity): boolean => readSession(entity).sessionTokenHash === hash;
      if (!(await sessions.take(deviceId, isMeant))) return false;
      // The session is gone; an entry that stays behind leads nowhere, and is swept when its time is over.
      await byHash.take(hash, () => true).catch(() => undefined);
      return true;
    },
    async prune(before) {
      const removed = await sessions.sweep(toTime(before));
      await byHash.sweep(toTime(before));
      return removed;
    },
  };
}
