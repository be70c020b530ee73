/** Rows of the sign-in's tables, checked: an existing database may hold what this broker has not written. */
import type { DeviceSession, StoredRequestToken } from '@discogs-agent/core/broker';
import * as z from 'zod/mini';

const text = z.nullable(z.string());
const time = z.nullable(z.number());

const deviceSession = z.object({
  device_id: z.string(),
  pending_token: z.string(),
  status: z.enum(['pending', 'authorized', 'finalized', 'expired']),
  poll_interval_seconds: z.number(),
  created_at: z.number(),
  updated_at: z.number(),
  expires_at: z.number(),
  authorized_at: time,
  oauth_access_token: text,
  oauth_access_token_secret: text,
  oauth_identity: text,
  session_token_hash: text,
  session_expires_at: time,
  finalized_at: time,
  linked_by: text,
});

/** Throws for a row that no revision of the broker writes. */
export function readDeviceSession(value: unknown): DeviceSession {
  const row = deviceSession.parse(value);
  return {
    deviceId: row.device_id,
    pendingToken: row.pending_token,
    status: row.status,
    pollIntervalSeconds: row.poll_interval_seconds,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    expiresAt: row.expires_at,
    authorizedAt: row.authorized_at,
    accessToken: row.oauth_access_token,
    sealedSecret: row.oauth_access_token_secret,
    identity: row.oauth_identity,
    linkedBy: row.linked_by,
    sessionTokenHash: row.session_token_hash,
    sessionExpiresAt: row.session_expires_at,
    finalizedAt: row.finalized_at,
  };
}

const requestToken = z.object({
  oauth_token: z.string(),
  oauth_token_secret: z.string(),
  device_id: z.string(),
  pending_token: z.string(),
  created_at: z.number(),
  expires_at: z.number(),
});

/** Throws for a row that no revision of the broker writes. */
export function readRequestToken(value: unknown): StoredRequestToken {
  const row = requestToken.parse(value);
  return {
    oauthToken: row.oauth_token,
    sealedSecret: row.oauth_token_secret,
    deviceId: row.device_id,
    pendingToken: row.pending_token,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

const throttleCount = z.object({ hits: z.number(), resets_at: z.number() });

const pruneRun = z.object({ ran_at: z.number() });

/** Throws for anything else than a run. */
export const readPruneRun = (value: unknown): number => pruneRun.parse(value).ran_at;

/** Throws for anything else than a counter. */
export function readThrottleCount(value: unknown): { readonly hits: number; readonly resetsAt: number } {
  const { hits, resets_at } = throttleCount.parse(value);
  return { hits, resetsAt: resets_at };
}
