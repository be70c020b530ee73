/** `GET /v1/discogs/oauth/link`: a browser opens the app's link and goes on to Discogs' consent page. */
import { type Context, configuredKeyring, type Outcome, type Route, type Visit } from '../context.ts';
import { upstreamFailure } from '../failure.ts';
import { confirmPage } from '../pages/confirmPage.ts';
import { renderPage } from '../pages/page.ts';
import { findSession } from '../sessions.ts';
import { confirm, isConfirmed } from '../state/confirmation.ts';
import type { Keyring } from '../state/keyring.ts';
import { seal } from '../state/seal.ts';
import type { DeviceSession } from '../stores.ts';
import { throttle } from '../throttle.ts';
import { redirect } from '../wire/answers.ts';
import { pairQuery, unwrapped } from './pair.ts';
import { requestTokenPlace } from './requestTokenPlace.ts';

const ALREADY_LINKED = {
  status: 200,
  title: 'Already linked',
  message: 'This device is already linked. Return to your client.',
};

async function goToDiscogs(
  { stores, settings, signIn, randomBytes, seconds }: Context,
  { baseUrl, deadline }: Visit,
  keyring: Keyring,
  { deviceId, pendingToken }: DeviceSession,
): Promise<Outcome> {
  const callbackUrl = `${baseUrl}/v1/discogs/oauth/callback?${pairQuery(deviceId, pendingToken)}`;
  const result = await signIn.requestToken(callbackUrl, deadline);
  if (!result.ok) return upstreamFailure(result.failure);
  const { token, secret } = result.value;
  const now = seconds();
  await stores.requestTokens.put({
    oauthToken: token,
    sealedSecret: await seal(keyring, randomBytes, requestTokenPlace(token), secret),
    deviceId,
    pendingToken,
    createdAt: now,
    expiresAt: now + settings.deviceSessionTtlSeconds,
  });
  return redirect(signIn.authorizeUrl(token));
}

export const link: Route = async (context, visit) => {
  const keyring = await configuredKeyring(context);
  if (!keyring) return { code: 'not_configured' };
  const deviceId = unwrapped(visit.query, 'device_id');
  const pendingToken = unwrapped(visit.query, 'pending_token');
  if (deviceId === '' || pendingToken === '') return { code: 'link_parameters_missing' };
  const found = await findSession(context, deviceId, pendingToken);
  if (found.kind === 'none') return { code: 'link_session_not_found' };
  if (found.kind === 'unreadable') return { code: 'state_unavailable' };
  const { row } = found;
  if (row.status === 'finalized') return renderPage(ALREADY_LINKED);
  if (row.status === 'expired') return { code: 'link_session_expired' };
  const now = context.seconds();
  const confirmation = unwrapped(visit.query, 'confirm');
  // Whoever can send a link to somebody else could have that person sign in for them, were there no question.
  if (visit.isBrowser && !(await isConfirmed(keyring.signing, deviceId, pendingToken, confirmation, now))) {
    const fresh = await confirm(keyring.signing, deviceId, pendingToken, now);
    return renderPage(confirmPage(row, `?${pairQuery(deviceId, pendingToken)}&confirm=${fresh}`, now));
  }
  return (await throttle(context, visit, keyring, 'link')) ?? goToDiscogs(context, visit, keyring, row);
};
