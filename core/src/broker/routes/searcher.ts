/** Who searches: the user of a device session, or one who signed in with an app. */

import type { UserAccess } from '../../signIn/userAccess.ts';
import type { WebRequest } from '../../signIn/web.ts';
import type { Context } from '../context.ts';
import type { BrokerFailure } from '../failure.ts';
import type { SearchSession } from '../searchPort.ts';
import { openCredential } from '../sessions.ts';
import { hashSessionToken } from '../state/sessionToken.ts';
import { bearerToken } from './bearer.ts';

/** A caller that may search. */
export interface Searcher {
  readonly session: SearchSession;
  /** Discogs takes the credential no more: its holder must sign in again. */
  readonly end: () => Promise<void>;
}

async function signedInUser(
  users: UserAccess,
  token: string,
  deadline: number,
): Promise<Searcher | BrokerFailure> {
  const found = await users.find(token, 'api');
  if (found.kind === 'unavailable') return { code: 'state_unavailable' };
  if (found.kind === 'invalid_token') return { code: 'bearer_invalid' };
  const { user } = found;
  const retryAfterSeconds = await users.count(user);
  if (retryAfterSeconds !== undefined) return { code: 'throttled', retryAfterSeconds };
  return {
    session: { deviceId: user.label, access: user.credential },
    end: async () => void (await users.isStillAccepted(user, deadline)),
  };
}

/** Finds the caller. */
export async function findSearcher(
  context: Context,
  request: WebRequest,
  deadline: number,
): Promise<Searcher | BrokerFailure> {
  const { stores, seconds, users } = context;
  const token = bearerToken(request);
  if (token === undefined) return { code: 'bearer_missing' };
  if (users?.isAccessToken(token)) return signedInUser(users, token, deadline);
  const hash = await hashSessionToken(token);
  const session = await stores.sessions.getByTokenHash(hash, seconds());
  const access = session && (await openCredential(context, session));
  if (session && access === null) return { code: 'state_unavailable' };
  if (!session || !access) return { code: 'bearer_invalid' };
  return {
    session: { deviceId: session.deviceId, access },
    end: async () => void (await stores.sessions.end(hash)),
  };
}
