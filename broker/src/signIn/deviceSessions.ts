/** Table `device_sessions`. What each statement guarantees is said at its method in core. */
import type { DeviceSession, DeviceSessionStore } from '@discogs-agent/core/broker';
import { changed, changes, first, type Run } from './primary.ts';
import { readDeviceSession } from './rows.ts';

const found = (row: unknown): DeviceSession | null => (row === null ? null : readDeviceSession(row));

export function d1DeviceSessions(run: Run): DeviceSessionStore {
  return {
    insert: async (session) => {
      await run(
        `INSERT INTO device_sessions (device_id, pending_token, status, poll_interval_seconds, created_at, updated_at,
           expires_at, authorized_at, oauth_access_token, oauth_access_token_secret, oauth_identity,
           session_token_hash, session_expires_at, finalized_at, linked_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)`,
        session.deviceId,
        session.pendingToken,
        session.status,
        session.pollIntervalSeconds,
        session.createdAt,
        session.updatedAt,
        session.expiresAt,
        session.authorizedAt,
        session.accessToken,
        session.sealedSecret,
        session.identity,
        session.sessionTokenHash,
        session.sessionExpiresAt,
        session.finalizedAt,
        session.linkedBy,
      );
    },

    get: async (deviceId) =>
      found(await first(run('SELECT * FROM device_sessions WHERE device_id = ?1', deviceId))),

    getByTokenHash: async (hash, now) =>
      found(
        await first(
          run(
            `SELECT * FROM device_sessions
           WHERE session_token_hash = ?1 AND status = 'finalized' AND session_expires_at > ?2`,
            hash,
            now,
          ),
        ),
      ),

    deny: (deviceId, pendingToken, now) =>
      changed(
        run(
          `UPDATE device_sessions SET status = 'expired', updated_at = ?3
           WHERE device_id = ?1 AND pending_token = ?2 AND status = 'pending'`,
          deviceId,
          pendingToken,
          now,
        ),
      ),

    authorize: (deviceId, pendingToken, { accessToken, sealedSecret, linkedBy }, now) =>
      changed(
        run(
          `UPDATE device_sessions
           SET status = 'authorized', oauth_access_token = ?3, oauth_access_token_secret = ?4, linked_by = ?5,
             authorized_at = ?6, updated_at = ?6
           WHERE device_id = ?1 AND pending_token = ?2 AND status = 'pending' AND expires_at > ?6`,
          deviceId,
          pendingToken,
          accessToken,
          sealedSecret,
          linkedBy,
          now,
        ),
      ),

    setIdentity: (deviceId, identity) =>
      changed(run('UPDATE device_sessions SET oauth_identity = ?2 WHERE device_id = ?1', deviceId, identity)),

    finalize: (deviceId, pendingToken, { sessionTokenHash, sessionExpiresAt, newPendingToken }, now) =>
      changed(
        run(
          `UPDATE device_sessions
           SET status = 'finalized', session_token_hash = ?3, session_expires_at = ?4, pending_token = ?5,
             finalized_at = ?6, updated_at = ?6
           WHERE device_id = ?1 AND pending_token = ?2 AND status = 'authorized' AND expires_at > ?6`,
          deviceId,
          pendingToken,
          sessionTokenHash,
          sessionExpiresAt,
          newPendingToken,
          now,
        ),
      ),

    reseal: (deviceId, from, to) =>
      changed(
        run(
          `UPDATE device_sessions SET oauth_access_token_secret = ?3
           WHERE device_id = ?1 AND oauth_access_token_secret = ?2`,
          deviceId,
          from,
          to,
        ),
      ),

    end: (sessionTokenHash) =>
      changed(run('DELETE FROM device_sessions WHERE session_token_hash = ?1', sessionTokenHash)),

    prune: (before) =>
      changes(
        run(
          `DELETE FROM device_sessions
           WHERE (status <> 'finalized' AND expires_at <= ?1)
             OR (status = 'finalized' AND (session_expires_at IS NULL OR session_expires_at <= ?1))`,
          before,
        ),
      ),
  };
}
