/** `POST /v1/device/session/finalize`: an app fetches its session token, as often as it must. */

import { jsonAnswer } from '../../signIn/answers.ts';
import { type Context, type Outcome, type Route, refuseClient } from '../context.ts';
import { findSession, openCredential } from '../sessions.ts';
import { deriveSessionToken, hashSessionToken } from '../state/sessionToken.ts';
import type { DeviceSession, SessionStatus } from '../stores.ts';
import { readJsonObject, requireText } from '../wire/readJson.ts';
import { newPendingToken, PAIR_MISSING } from './pair.ts';

/** The first round is lost only to another finalize, or to the end of the time: the second tells which. */
const ROUNDS = 2;

const granted = (sessionToken: string, sessionExpiresAt: number) =>
  jsonAnswer(200, { session_token: sessionToken, expires_at: sessionExpiresAt });

/** Undefined when the session has changed meanwhile. */
async function finalizeRow(
  context: Context,
  row: DeviceSession,
  pendingToken: string,
): Promise<Outcome | undefined> {
  const { stores, settings, randomBytes, seconds, waitUntil } = context;
  const credential = await openCredential(context, row);
  if (credential === undefined) return { code: 'exchange_incomplete' };
  if (credential === null) return { code: 'state_unavailable' };
  const { deviceId } = row;
  const sessionToken = await deriveSessionToken({
    deviceId,
    pendingToken,
    accessToken: credential.token,
    accessSecret: credential.secret,
  });
  const now = seconds();
  const sessionExpiresAt = now + settings.sessionTokenTtlSeconds;
  const finalization = {
    sessionTokenHash: await hashSessionToken(sessionToken),
    sessionExpiresAt,
    newPendingToken: newPendingToken(randomBytes),
  };
  if (!(await stores.sessions.finalize(deviceId, pendingToken, finalization, now))) return undefined;
  // The prune would take them as well, only later.
  waitUntil(stores.requestTokens.dropDevice(deviceId).catch(() => {}));
  return granted(sessionToken, sessionExpiresAt);
}

export const finalize: Route = async (context, visit) => {
  const refusal = refuseClient(context, visit);
  if (refusal) return refusal;
  const body = await readJsonObject(visit.request);
  if ('failure' in body) return body.failure;
  const deviceId = requireText(body.object, 'device_id', PAIR_MISSING);
  if ('failure' in deviceId) return deviceId.failure;
  const pendingToken = requireText(body.object, 'pending_token', PAIR_MISSING);
  if ('failure' in pendingToken) return pendingToken.failure;
  let last: SessionStatus = 'pending';
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await findSession(context, deviceId.text, pendingToken.text);
    if (found.kind === 'none') return { code: 'session_not_found' };
    if (found.kind === 'unreadable') return { code: 'state_unavailable' };
    if (found.kind === 'replay') return granted(found.sessionToken, found.sessionExpiresAt);
    last = found.row.status;
    if (last === 'finalized') return { code: 'already_finalized' };
    if (last === 'expired') return { code: 'session_expired' };
    if (last === 'pending') return { code: 'not_ready', status: last };
    const outcome = await finalizeRow(context, found.row, pendingToken.text);
    if (outcome) return outcome;
  }
  return { code: 'not_ready', status: last };
};
