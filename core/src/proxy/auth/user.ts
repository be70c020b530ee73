/** Callers with an access token of a user in place of a client key. */

import type { Operation } from '../../catalog/operation.ts';
import { SCOPES, scopeOf } from '../../catalog/scopes.ts';
import type { Call } from '../../lib/call.ts';
import type { SignedInUser, UserAccess } from '../../signIn/userAccess.ts';
import type { Refusal } from '../failure.ts';
import type { GatewaySettings } from '../settings.ts';
import type { Caller } from './caller.ts';

const BEARER = /^Bearer +(\S+)\s*$/i;
/** What a client is advised to ask for; selling needs a question of its own. */
const ADVISED_SCOPES = SCOPES.filter((scope) => scope !== 'marketplace:write').join(' ');

/** The beginning of `WWW-Authenticate`. @see https://www.rfc-editor.org/rfc/rfc9728#section-5.1 */
const challengeFor = (
  call: Call,
  { publicBaseUrl }: Pick<GatewaySettings, 'publicBaseUrl'>,
  users: UserAccess,
): string =>
  `Bearer resource_metadata="${users.metadataUrl(publicBaseUrl ?? call.baseUrl, call.audience ?? 'api')}"`;

/** The user of a call; undefined where it has no access token, so that a client key is looked for. */
export async function identifyUser(
  call: Call,
  settings: GatewaySettings,
  users: UserAccess,
): Promise<Caller | Refusal | undefined> {
  const [, token = ''] = BEARER.exec(call.header('authorization') ?? '') ?? [];
  if (!users.isAccessToken(token)) return undefined;
  const found = await users.find(token, call.audience ?? 'api');
  switch (found.kind) {
    case 'user':
      return { label: found.user.label, readOnly: false, user: found.user };
    case 'invalid_token':
      return { code: 'invalid_token', challenge: challengeFor(call, settings, users) };
    case 'unavailable':
      return { code: 'sign_in_unavailable' };
    default:
      return found satisfies never;
  }
}

/** The refusal of a caller without a good key, who may sign in instead; also where the owner has set no key at all. */
export function withChallenge(
  refusal: Refusal,
  call: Call,
  settings: GatewaySettings,
  users: UserAccess,
): Refusal {
  const challenge = `${challengeFor(call, settings, users)}, scope="${ADVISED_SCOPES}"`;
  if (refusal.code === 'server_misconfigured' && refusal.reason === 'x_api_key_missing') {
    return { code: 'unauthorized', reason: 'api_key_mismatch', challenge };
  }
  return refusal.code === 'unauthorized' ? { ...refusal, challenge } : refusal;
}

/** Whether the user has allowed the operation, and has requests left; the request is counted. */
export async function checkUser(
  call: Call,
  operation: Operation,
  user: SignedInUser,
  settings: GatewaySettings,
  users: UserAccess,
): Promise<Refusal | undefined> {
  const scope = scopeOf(operation);
  if (!user.scopes.includes(scope)) {
    const toAskFor = SCOPES.filter((one) => one === scope || user.scopes.includes(one));
    return { code: 'insufficient_scope', scope, toAskFor, challenge: challengeFor(call, settings, users) };
  }
  const retryAfterSeconds = await users.count(user);
  return retryAfterSeconds === undefined ? undefined : { code: 'quota_used', retryAfterSeconds };
}

/** What the gateway says about itself counts the requests of all users together. */
export const OWNERS_ONLY: Refusal = {
  code: 'unauthorized',
  reason: 'api_key_mismatch',
  message: 'This is for the owner of the gateway. Send the client key as x-api-key.',
};

/** The refusal of a user whose credential Discogs takes no more. */
export const endedRefusal = (call: Call, settings: GatewaySettings, users: UserAccess): Refusal => ({
  code: 'invalid_token',
  challenge: challengeFor(call, settings, users),
});
