/** A verifier becomes a credential: the part of the callback that happens once. */

import type { TokenPair } from '../../signIn/discogsSignIn.ts';
import type { Keyring } from '../../signIn/keyring.ts';
import { renderPage } from '../../signIn/page.ts';
import { open, seal } from '../../signIn/seal.ts';
import { RESERVE_MS } from '../../upstream/send.ts';
import type { Context, Outcome } from '../context.ts';
import { upstreamFailure } from '../failure.ts';
import { linkedPage } from '../pages/linkedPage.ts';
import { secretPlace } from '../sessions.ts';
import type { StoredRequestToken } from '../stores.ts';
import { requestTokenPlace } from './requestTokenPlace.ts';

/** What the browser brings. */
export interface Consent {
  readonly verifier: string;
  /** Its proof. */
  readonly browser: string;
  readonly deadline: number;
}

/** A name for the page is worth no more than this: a wait for a slot, and what is kept back for Discogs' answer. */
const IDENTITY_MS = RESERVE_MS + 3000;

/** Whom Discogs says the credential is of; null where it does not say. The sign-in is complete without. */
async function identify(
  { signIn, stores, now, log }: Context,
  deviceId: string,
  access: TokenPair,
  deadline: number,
): Promise<string | null> {
  try {
    const result = await signIn.identity(access, Math.min(deadline, now() + IDENTITY_MS));
    if (!result.ok) return null;
    const { username, id } = result.value;
    const identity = username ?? id?.toString() ?? null;
    if (identity !== null) await stores.sessions.setIdentity(deviceId, identity);
    return identity;
  } catch {
    log.warn('The identity behind a new credential was not stored');
    return null;
  }
}

/** Undefined when the session takes no credential any more; this one is then kept nowhere. */
export async function exchange(
  context: Context,
  keyring: Keyring,
  claimed: StoredRequestToken,
  { verifier, browser, deadline }: Consent,
): Promise<Outcome | undefined> {
  const { signIn, stores, randomBytes, seconds } = context;
  const { oauthToken, deviceId, pendingToken } = claimed;
  const opened = await open(keyring, requestTokenPlace(oauthToken), claimed.sealedSecret);
  if (!opened) return { code: 'state_unavailable' };
  const result = await signIn.accessToken({ token: oauthToken, secret: opened.text }, verifier, deadline);
  if (!result.ok) {
    // Reloading the page is then another try.
    await stores.requestTokens.put(claimed);
    return upstreamFailure(result.failure);
  }
  const access = result.value;
  const sealedSecret = await seal(keyring, randomBytes, secretPlace(deviceId), access.secret);
  const authorization = { accessToken: access.token, sealedSecret, linkedBy: browser };
  if (!(await stores.sessions.authorize(deviceId, pendingToken, authorization, seconds()))) return undefined;
  return renderPage(linkedPage(await identify(context, deviceId, access, deadline)));
}
