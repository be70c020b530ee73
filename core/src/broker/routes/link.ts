/** `GET /v1/discogs/oauth/link`: a browser opens the app's link and goes on to Discogs' consent page. */

import { redirect, withCookie } from '../../signIn/answers.ts';
import { browserCookie, newBrowserNonce, readBrowserNonce } from '../../signIn/browserCookie.ts';
import type { Keyring } from '../../signIn/keyring.ts';
import { renderPage } from '../../signIn/page.ts';
import { seal } from '../../signIn/seal.ts';
import { type Context, configuredKeyring, type Outcome, type Route, type Visit } from '../context.ts';
import { upstreamFailure } from '../failure.ts';
import { confirmPage } from '../pages/confirmPage.ts';
import { findSession } from '../sessions.ts';
import { type BrowserClaim, browserProof, confirm, isConfirmed } from '../state/browserProof.ts';
import { throttled } from '../throttle.ts';
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
  claim: BrowserClaim,
): Promise<Outcome> {
  const { deviceId, pendingToken } = claim;
  const browser = await browserProof(keyring.signing, claim);
  const callbackUrl = `${baseUrl}/v1/discogs/oauth/callback?${pairQuery(deviceId, pendingToken)}&browser=${browser}`;
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
  if (row.status === 'expired') return { code: 'link_session_expired' };
  // A second consent would be refused; a program goes on to the page that says so, as the original sends it.
  if (row.status === 'finalized' || (row.status === 'authorized' && visit.isBrowser)) {
    return renderPage(ALREADY_LINKED);
  }
  const { settings, randomBytes, seconds } = context;
  const { baseUrl, request, query } = visit;
  const now = seconds();
  const nonce = readBrowserNonce(request.header('cookie'), baseUrl) ?? newBrowserNonce(randomBytes);
  const cookie = browserCookie(nonce, baseUrl, settings.deviceSessionTtlSeconds);
  const claim = { deviceId, pendingToken, nonce };
  const given = unwrapped(query, 'confirm');
  // Whoever can send a link to somebody else could have that person sign in for them, were there no question.
  if (visit.isBrowser && !(await isConfirmed(keyring.signing, claim, given, now))) {
    const fresh = await confirm(keyring.signing, claim, now);
    const href = `?${pairQuery(deviceId, pendingToken)}&confirm=${fresh}`;
    return withCookie(renderPage(confirmPage(row, href, now, given !== '')), cookie);
  }
  const outcome = await throttled(context, visit, keyring, { kind: 'link', session: deviceId }, () =>
    goToDiscogs(context, visit, keyring, claim),
  );
  return 'code' in outcome ? outcome : withCookie(outcome, cookie);
};
