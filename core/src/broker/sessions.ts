/** Finding a device session, and what a finalized one proves. */
import { constantTimeEqual } from '../lib/constantTime.ts';
import { describeError } from '../lib/describeError.ts';
import type { TokenPair } from '../signIn/discogsSignIn.ts';
import { open, type Place, seal } from '../signIn/seal.ts';
import type { Context } from './context.ts';
import { deriveSessionToken, hashSessionToken } from './state/sessionToken.ts';
import type { DeviceSession } from './stores.ts';

/** What the client that holds a pair may know. */
export type Found =
  | { readonly kind: 'none' }
  /** A stored secret does not open: the state key is wrong, or somebody changed the row. */
  | { readonly kind: 'unreadable' }
  /** The pair is that of the row, or was until it was finalized. `expired` is up to date. */
  | { readonly kind: 'pair'; readonly row: DeviceSession }
  /** The pair is the original one of a session that was finalized a moment ago: here is its token, once more. */
  | {
      readonly kind: 'replay';
      readonly row: DeviceSession;
      readonly sessionToken: string;
      readonly sessionExpiresAt: number;
    };

/**
 * Seconds for which an answer to finalize may be lost and asked for again. Not for the session's whole life: the pair
 * stands in the histories of browsers.
 */
const REPLAY_SECONDS = 600;

/** Where a session's secret is kept. */
export const secretPlace = (deviceId: string): Place => [
  'device_sessions',
  'oauth_access_token_secret',
  deviceId,
];

/** The credential of a session; undefined when it has none, null when it does not open. Seals anew what is not current. */
export async function openCredential(
  { keyring, stores, randomBytes, log }: Context,
  { deviceId, accessToken, sealedSecret }: DeviceSession,
): Promise<TokenPair | undefined | null> {
  if (!accessToken || !sealedSecret) return undefined;
  const keys = await keyring();
  const opened = keys && (await open(keys, secretPlace(deviceId), sealedSecret));
  if (!keys || !opened) {
    log.error(
      'A stored Discogs secret cannot be opened: the state key is missing, wrong, or the row was changed',
    );
    return null;
  }
  if (!opened.isCurrent) {
    const fresh = await seal(keys, randomBytes, secretPlace(deviceId), opened.text);
    try {
      // Losing the race is fine: somebody else has sealed it.
      await stores.sessions.reseal(deviceId, sealedSecret, fresh);
    } catch (error) {
      log.warn(`A Discogs secret was not sealed anew: ${describeError(error)}`);
    }
  }
  return { token: accessToken, secret: opened.text };
}

async function proveReplay(context: Context, row: DeviceSession, pendingToken: string): Promise<Found> {
  const { sessionTokenHash, sessionExpiresAt, finalizedAt } = row;
  const now = context.seconds();
  if (!sessionTokenHash || !sessionExpiresAt || sessionExpiresAt <= now) return { kind: 'none' };
  const credential = await openCredential(context, row);
  if (credential === null) return { kind: 'unreadable' };
  if (credential === undefined) return { kind: 'none' };
  const sessionToken = await deriveSessionToken({
    deviceId: row.deviceId,
    pendingToken,
    accessToken: credential.token,
    accessSecret: credential.secret,
  });
  if (!constantTimeEqual(await hashSessionToken(sessionToken), sessionTokenHash)) return { kind: 'none' };
  // A clock that was ahead then, and is right now, would give it for as long as it was ahead.
  return Math.abs(now - (finalizedAt ?? 0)) < REPLAY_SECONDS
    ? { kind: 'replay', row, sessionToken, sessionExpiresAt }
    : { kind: 'pair', row };
}

/** Finds the session of a pair. One whose time is over is `expired`, whatever is stored; a finalized one never. */
export async function findSession(context: Context, deviceId: string, pendingToken: string): Promise<Found> {
  const row = await context.stores.sessions.get(deviceId);
  if (!row) return { kind: 'none' };
  const isPair = constantTimeEqual(pendingToken, row.pendingToken);
  if (row.status === 'finalized') {
    const replay = await proveReplay(context, row, pendingToken);
    return replay.kind === 'none' && isPair ? { kind: 'pair', row } : replay;
  }
  if (!isPair) return { kind: 'none' };
  const isOver = row.expiresAt <= context.seconds();
  return { kind: 'pair', row: isOver ? { ...row, status: 'expired' } : row };
}
