/** What a user allows: the grant, and the code that leads to its tokens. */
import { hmacHex } from '../signIn/bytes.ts';
import { keepClient } from './clients.ts';
import type { Context } from './context.ts';
import { openPair, sealPair } from './credential.ts';
import type { OAuthFailure } from './failure.ts';
import { CODE_SECONDS } from './grantRules.ts';
import { type AuthorizationTarget, grantRecord } from './records.ts';
import type { OpenRequest } from './request.ts';
import { hashOf, tokenText } from './tokens.ts';

/** Who allows it, and the credential, sealed for the request. */
export interface SignedIn {
  readonly userId: string;
  readonly username: string;
  readonly sealed: string;
}

/** The code of an answer: the same one when the answer comes again. Nobody can compute it without the signing key. */
export async function codeOf({ keyring }: Context, requestId: string, grantId: string): Promise<string> {
  const purpose = JSON.stringify(['oauth-code', requestId, grantId]);
  return tokenText('code', grantId, await hmacHex((await keyring()).signing, purpose));
}

/** Keeps what the user allows; a failure where it cannot be kept. */
export async function storeGrant(
  context: Context,
  grantId: string,
  code: string,
  { id }: OpenRequest,
  { state: _, ...target }: AuthorizationTarget,
  { userId, username, sealed }: SignedIn,
): Promise<OAuthFailure | undefined> {
  const { stores, seconds } = context;
  const credential = await openPair(context, ['oauth_requests', id], sealed);
  if (!credential) return { code: 'state_unavailable' };
  const createdAt = seconds();
  const expiresAt = createdAt + CODE_SECONDS;
  const record = grantRecord(
    grantId,
    {
      ...target,
      userId,
      username,
      sealed: await sealPair(context, ['oauth_grants', grantId], credential),
      createdAt,
      code: { hash: await hashOf(code), expiresAt, isUsed: false },
      access: [],
    },
    expiresAt,
  );
  await keepClient(context, target.clientId);
  await stores.grants.insert(record);
  return undefined;
}
