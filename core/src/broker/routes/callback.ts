/** `GET /v1/discogs/oauth/callback`: Discogs sends the browser back. */
import { RESERVE_MS } from '../../discogs/client.ts';
import { type Context, configuredKeyring, type Outcome, type Route } from '../context.ts';
import { upstreamFailure } from '../failure.ts';
import { renderPage } from '../pages/page.ts';
import { findSession, secretPlace } from '../sessions.ts';
import type { TokenPair } from '../signIn.ts';
import type { Keyring } from '../state/keyring.ts';
import { open, seal } from '../state/seal.ts';
import type { DeviceSession, StoredRequestToken } from '../stores.ts';
import { trimmed } from './pair.ts';
import { requestTokenPlace } from './requestTokenPlace.ts';

/** A name for the page is worth no more than this: a wait for a slot, and what is kept back for Discogs' answer. */
const IDENTITY_MS = RESERVE_MS + 3000;

/** Whom Discogs says the credential is of. The sign-in is complete without. */
async function identify(
  { signIn, stores, now, log }: Context,
  deviceId: string,
  access: TokenPair,
  deadline: number,
): Promise<string | undefined> {
  try {
    const result = await signIn.identity(access, Math.min(deadline, now() + IDENTITY_MS));
    if (!result.ok) return undefined;
    const { username, id } = result.value;
    const identity = username ?? id?.toString();
    if (identity !== undefined) await stores.sessions.setIdentity(deviceId, access.token, identity);
    return identity;
  } catch {
    log.warn('The identity behind a new credential was not stored');
    return undefined;
  }
}

/** What became of a session that takes no credential any more. */
async function lostSession(context: Context, { deviceId, pendingToken }: DeviceSession): Promise<Outcome> {
  const found = await findSession(context, deviceId, pendingToken);
  return found.kind === 'pair' && found.row.status === 'expired'
    ? { code: 'callback_session_expired' }
    : { code: 'callback_session_not_found' };
}

async function exchange(
  context: Context,
  keyring: Keyring,
  row: DeviceSession,
  claimed: StoredRequestToken,
  verifier: string,
  deadline: number,
): Promise<Outcome> {
  const { signIn, stores, randomBytes, seconds } = context;
  const { deviceId, pendingToken } = row;
  const opened = await open(keyring, requestTokenPlace(claimed.oauthToken), claimed.sealedSecret);
  if (!opened) return { code: 'state_unavailable' };
  const requestToken = { token: claimed.oauthToken, secret: opened.text };
  const result = await signIn.accessToken(requestToken, verifier, deadline);
  if (!result.ok) {
    // Reloading the page is then another try.
    await stores.requestTokens.put(claimed);
    return upstreamFailure(result.failure);
  }
  const access = result.value;
  const sealedSecret = await seal(keyring, randomBytes, secretPlace(deviceId), access.secret);
  const authorization = { accessToken: access.token, sealedSecret };
  if (!(await stores.sessions.authorize(deviceId, pendingToken, authorization, seconds()))) {
    return lostSession(context, row);
  }
  const identity = await identify(context, deviceId, access, deadline);
  return renderPage({
    status: 200,
    title: 'Discogs linked',
    message: 'You can close this tab and return to your client.',
    hints: identity === undefined ? [] : [`Discogs account: ${identity}`],
  });
}

export const callback: Route = async (context, { query, deadline }) => {
  const keyring = await configuredKeyring(context);
  if (!keyring) return { code: 'not_configured' };
  const { stores, seconds, waitUntil } = context;
  const deviceId = trimmed(query, 'device_id');
  const pendingToken = trimmed(query, 'pending_token');
  const oauthToken = trimmed(query, 'oauth_token');
  const verifier = trimmed(query, 'oauth_verifier');
  if (deviceId === '' || pendingToken === '' || oauthToken === '' || verifier === '') {
    const denied = deviceId !== '' && pendingToken !== '' && verifier === '';
    // `expired` is the word at which every client begins anew; left pending, some would poll until the time is over.
    if (denied) await stores.sessions.deny(deviceId, pendingToken, seconds());
    return { code: 'callback_parameters_missing', denied };
  }
  const found = await findSession(context, deviceId, pendingToken);
  if (found.kind === 'unreadable') return { code: 'state_unavailable' };
  if (found.kind !== 'pair' || found.row.status === 'finalized') {
    return { code: 'callback_session_not_found' };
  }
  const { row } = found;
  if (row.status === 'expired') return { code: 'callback_session_expired' };
  const claimed = await stores.requestTokens.claim(oauthToken, deviceId, pendingToken, seconds());
  if (!claimed) return { code: 'callback_token_not_found', linked: row.status === 'authorized' };
  const work = exchange(context, keyring, row, claimed, verifier, deadline);
  // From here a verifier is spent that Discogs gives only once: the work ends even if the browser has left.
  waitUntil(work.catch(() => {}));
  return work;
};
