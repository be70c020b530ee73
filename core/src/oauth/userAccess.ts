/** Users by their access tokens, for the doors that serve them. */

import { type Signing, signedAuthorization } from '../discogs/oauth/authorization.ts';
import { describeError } from '../lib/describeError.ts';
import type { UserAccess, UserRejection } from '../signIn/userAccess.ts';
import type { Context } from './context.ts';
import { openPair } from './credential.ts';
import { accessSecondsLeft, isMeantFor } from './grantRules.ts';
import { readGrantRecord } from './records.ts';
import { metadataUrl } from './resources.ts';
import { hasForm, readToken } from './tokens.ts';

/** How requests of users are signed: the application's key, clock and randomness. */
export type UserSigning = Signing;

const DAY_SECONDS = 86_400;
const INVALID: UserRejection = { kind: 'invalid_token' };
const UNAVAILABLE: UserRejection = { kind: 'unavailable' };

/** Makes it over the stores of the server. */
export function createUserAccess(context: Context, signing: UserSigning): UserAccess {
  const { settings, stores, throttle, seconds, log } = context;

  async function countCall(userId: string): Promise<UserRejection | undefined> {
    if (settings.dailyQuota === undefined) return undefined;
    const { hits, resetsAt } = await throttle.hit(`oauth-quota:${userId}`, seconds(), DAY_SECONDS);
    const retryAfterSeconds = Math.max(1, resetsAt - seconds());
    return hits > settings.dailyQuota ? { kind: 'quota_used', retryAfterSeconds } : undefined;
  }

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
      return (
        (await countCall(userId)) ?? { kind: 'user', user: { grantId, userId, username, scopes, credential } }
      );
    } catch (error) {
      log.error(`oauth_store_unavailable detail=${describeError(error)}`);
      return UNAVAILABLE;
    }
  };

  return {
    isAccessToken: (text) => hasForm('access', text),
    find,
    async ended({ grantId }) {
      log.warn('Discogs takes the credential of a grant no more: the grant ends');
      await stores.grants.take(grantId).catch((error: unknown) => log.warn(describeError(error)));
    },
    authorization: ({ credential }, method, url) =>
      signedAuthorization(signing, { method, url, token: credential }),
    metadataUrl,
  };
}
