/** `POST /v1/device/session/start`: an app begins a sign-in. */

import { jsonAnswer } from '../../signIn/answers.ts';
import { toHex } from '../../signIn/bytes.ts';
import {
  type Context,
  configuredKeyring,
  type Outcome,
  type Route,
  refuseClient,
  type Visit,
} from '../context.ts';
import { throttled } from '../throttle.ts';
import { newPendingToken, pairQuery } from './pair.ts';

const DEVICE_ID_BYTES = 20;
const POLL_INTERVAL_SECONDS = 5;

async function begin(
  { settings, stores, randomBytes, seconds }: Context,
  { baseUrl }: Visit,
): Promise<Outcome> {
  const deviceId = toHex(randomBytes(DEVICE_ID_BYTES));
  const pendingToken = newPendingToken(randomBytes);
  const now = seconds();
  const expiresAt = now + settings.deviceSessionTtlSeconds;
  await stores.sessions.insert({
    deviceId,
    pendingToken,
    status: 'pending',
    pollIntervalSeconds: POLL_INTERVAL_SECONDS,
    createdAt: now,
    updatedAt: now,
    expiresAt,
    authorizedAt: null,
    accessToken: null,
    sealedSecret: null,
    identity: null,
    linkedBy: null,
    sessionTokenHash: null,
    sessionExpiresAt: null,
    finalizedAt: null,
  });
  return jsonAnswer(200, {
    device_id: deviceId,
    pending_token: pendingToken,
    auth_url: `${baseUrl}/v1/discogs/oauth/link?${pairQuery(deviceId, pendingToken)}`,
    poll_interval_seconds: POLL_INTERVAL_SECONDS,
    expires_at: expiresAt,
  });
}

export const start: Route = async (context, visit) => {
  const refusal = refuseClient(context, visit);
  if (refusal) return refusal;
  const keyring = await configuredKeyring(context);
  if (!keyring) return { code: 'not_configured' };
  return throttled(context, visit, keyring, { kind: 'start' }, () => begin(context, visit));
};
