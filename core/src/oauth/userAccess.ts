/** Users by their access tokens, for the proxy. */

import { type Signing, signedAuthorization } from '../discogs/oauth/authorization.ts';
import { describeError } from '../lib/describeError.ts';
import { hmacHex } from '../signIn/bytes.ts';
import type { SignInResult } from '../signIn/discogsSignIn.ts';
import type { UserAccess, UserRejection } from '../signIn/userAccess.ts';
import type { Context } from './context.ts';
import { openPair } from './credential.ts';
import { accessSecondsLeft, isMeantFor } from './grantRules.ts';
import { readGrantRecord } from './records.ts';
import { metadataUrl } from './resources.ts';
import { hasAccessTokenForm, readToken } from './tokens.ts';

const DAY_SECONDS = 86_400;
const INVALID: UserRejection = { kind: 'invalid_token' };
const UNAVAILABLE: UserRejection = { kind: 'unavailable' };
const APPLICATION_REFUSED =
  'Discogs refuses this application: check DISCOGS_CONSUMER_KEY, DISCOGS_CONSUMER_SECRET and the clock';

const isUnauthorized = (result: SignInResult<unknown>): boolean =>
  !result.ok && result.failure.kind === 'refused' && result.failure.status === 401;

/** Makes it over the stores of the server. */
export function createUserAccess(context: Context, signing: Signing): UserAccess {
  const { settings, stores, throttle, signIn, keyring, seconds, log } = context;

  const away = (error: unknown): void => log.error(`oauth_store_unavailable detail=${describeError(error)}`);

  const find: UserAccess['find'] = async (token, audience) => {
    if (settings.problems.length > 0) return UNAVAILABLE;
    const presented = await readToken('access', token);
    if (!presented) return INVALID;
    try {
      const { grantId, hash } = presented;
      const record = await stores.grants.get(grantId);
      if (!record) return INVALID;
      const grant = readGrantRecord(record);
      if (accessSecondsLeft(grant, hash, seconds()) === 0 || !isMeantFor(grant, audience)) return INVALID;
      const credential = await openPair(context, ['oauth_grants', grantId], grant.sealed);
      if (!credential) return UNAVAILABLE;
      const { userId, username, scopes } = grant;
      // A colon, so that no label of a client key is one.
      const label = `user:${(await hmacHex((await keyring()).signing, `user:${userId}`)).slice(0, 16)}`;
      return { kind: 'user', user: { label, grantId, userId, username, scopes, credential } };
    } catch (error) {
      away(error);
      return UNAVAILABLE;
    }
  };

  return {
    isAccessToken: hasAccessTokenForm,
    find,
    async count({ label }) {
      if (settings.dailyQuota === undefined) return undefined;
      try {
        const { hits, resetsAt } = await throttle.hit(`oauth-quota:${label}`, seconds(), DAY_SECONDS);
        return hits > settings.dailyQuota ? Math.max(1, resetsAt - seconds()) : undefined;
      } catch (error) {
        // Who cannot be counted is let in: the rate limiter bounds what that costs.
        away(error);
        return undefined;
      }
    },
    async isStillAccepted({ grantId, credential }, deadline) {
      if (!isUnauthorized(await signIn.identity(credential, deadline))) return true;
      // A wrong key of the application, or a wrong clock here, has the same answer for every user, and ends no grant.
      const application = await signIn.requestToken('oob', deadline);
      if (!application.ok) {
        if (isUnauthorized(application)) log.error(APPLICATION_REFUSED);
        return true;
      }
      log.warn('Discogs takes the credential of a grant no more: the grant ends');
      await stores.grants.take(grantId).catch(away);
      return false;
    },
    authorization: ({ credential }, method, url) =>
      signedAuthorization(signing, { method, url, token: credential }),
    metadataUrl,
  };
}
