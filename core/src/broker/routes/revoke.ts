/**
 * `POST /v1/device/session/revoke`: an app signs its user out. The stored credential is deleted; the consent itself can
 * only be withdrawn at Discogs, which has no call for that.
 */

import { jsonAnswer } from '../../signIn/answers.ts';
import type { Route } from '../context.ts';
import { bearerHash } from './bearer.ts';

/** Answers the same whether or not there was such a session: a lost reply may be asked for again. */
export const revoke: Route = async ({ stores }, { request }) => {
  const hash = await bearerHash(request);
  if (hash === undefined) return { code: 'bearer_missing' };
  await stores.sessions.end(hash);
  return jsonAnswer(200, { status: 'revoked' });
};
