/** `GET /v1/discogs/oauth/callback`: Discogs sends the browser back. */
import { constantTimeEqual } from '../../lib/constantTime.ts';
import { readBrowserNonce } from '../../signIn/browserCookie.ts';
import type { Keyring } from '../../signIn/keyring.ts';
import { renderPage } from '../../signIn/page.ts';
import { type Context, configuredKeyring, type Outcome, type Route, type Visit } from '../context.ts';
import { linkedPage } from '../pages/linkedPage.ts';
import { findSession } from '../sessions.ts';
import { browserProof } from '../state/browserProof.ts';
import { exchange } from './exchange.ts';
import { pairQuery, trimmed } from './pair.ts';

/** Who comes back, to which session. */
interface ReturningBrowser {
  readonly deviceId: string;
  readonly pendingToken: string;
  /** The proof that this browser's cookie gives; empty without one. */
  readonly browser: string;
  /** Whether the address has the same: the sign-in was confirmed in this browser. */
  readonly isConfirmed: boolean;
}

async function readBrowser(
  { signing }: Keyring,
  { request, baseUrl, query }: Visit,
  deviceId: string,
  pendingToken: string,
): Promise<ReturningBrowser> {
  const nonce = readBrowserNonce(request.header('cookie'), baseUrl);
  if (nonce === undefined) return { deviceId, pendingToken, browser: '', isConfirmed: false };
  const browser = await browserProof(signing, { deviceId, pendingToken, nonce });
  const isConfirmed = constantTimeEqual(trimmed(query, 'browser'), browser);
  return { deviceId, pendingToken, browser, isConfirmed };
}

/**
 * The answer for a browser whose verifier must not be used; undefined where it can be. `consented`: it has been spent, and
 * the session took another credential meanwhile.
 */
async function settled(
  context: Context,
  { deviceId, pendingToken, browser, isConfirmed }: ReturningBrowser,
  consented = false,
): Promise<Outcome | undefined> {
  const found = await findSession(context, deviceId, pendingToken);
  if (found.kind === 'unreadable') return { code: 'state_unavailable' };
  if (found.kind === 'none') return { code: 'callback_session_not_found' };
  const { status, identity, linkedBy } = found.row;
  const isLinker = linkedBy !== null && constantTimeEqual(browser, linkedBy);
  switch (status) {
    case 'expired':
      return { code: 'callback_session_expired' };
    case 'pending':
      if (isConfirmed) return undefined;
      return { code: 'callback_other_browser', href: `link?${pairQuery(deviceId, pendingToken)}` };
    case 'authorized':
      // Reloaded, or its answer was lost.
      if (isLinker) return renderPage(linkedPage(identity));
      return { code: 'callback_linked_elsewhere', consented };
    case 'finalized':
      if (isLinker) return renderPage(linkedPage(identity));
      if (consented) return { code: 'callback_linked_elsewhere', consented };
      return { code: 'callback_session_not_found' };
    default:
      return status satisfies never;
  }
}

export const callback: Route = async (context, visit) => {
  const keyring = await configuredKeyring(context);
  if (!keyring) return { code: 'not_configured' };
  const { stores, seconds, waitUntil } = context;
  const { query, deadline } = visit;
  const deviceId = trimmed(query, 'device_id');
  const pendingToken = trimmed(query, 'pending_token');
  const oauthToken = trimmed(query, 'oauth_token');
  const verifier = trimmed(query, 'oauth_verifier');
  if (deviceId === '' || pendingToken === '' || oauthToken === '' || verifier === '') {
    const noVerifier = deviceId !== '' && pendingToken !== '' && verifier === '';
    // `expired` is the word at which every client begins anew; left pending, some would poll until the time is over.
    if (noVerifier) await stores.sessions.deny(deviceId, pendingToken, seconds());
    return noVerifier && query.has('denied')
      ? { code: 'callback_denied' }
      : { code: 'callback_parameters_missing', noVerifier };
  }
  const who = await readBrowser(keyring, visit, deviceId, pendingToken);
  const before = await settled(context, who);
  if (before) return before;
  const claimed = await stores.requestTokens.claim(oauthToken, deviceId, pendingToken, seconds());
  if (!claimed) return (await settled(context, who)) ?? { code: 'callback_token_not_found' };
  const work = exchange(context, keyring, claimed, { verifier, browser: who.browser, deadline });
  // From here a verifier is spent that Discogs gives only once: the work ends even if the browser has left.
  waitUntil(work.catch(() => {}));
  return (await work) ?? (await settled(context, who, true)) ?? { code: 'callback_session_not_found' };
};
