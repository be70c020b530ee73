/** `POST /v1/discogs/proxy/search`: who searches, and what the body is. The search itself is behind the port. */

import { jsonAnswer } from '../../signIn/answers.ts';
import { configuredKeyring, type Route } from '../context.ts';
import { upstreamFailure } from '../failure.ts';
import { openCredential } from '../sessions.ts';
import { readJsonObject } from '../wire/readJson.ts';
import { bearerHash } from './bearer.ts';

export const search: Route = async (context, { request, deadline }) => {
  const { stores, searches, seconds, log } = context;
  if (!(await configuredKeyring(context))) return { code: 'not_configured' };
  const hash = await bearerHash(request);
  if (hash === undefined) return { code: 'bearer_missing' };
  const session = await stores.sessions.getByTokenHash(hash, seconds());
  const access = session && (await openCredential(context, session));
  if (session && access === null) return { code: 'state_unavailable' };
  if (!session || !access) return { code: 'bearer_invalid' };
  // Only now: a stranger learns nothing about bodies, and costs none.
  const body = await readJsonObject(request);
  if ('failure' in body) return body.failure;
  const { artist, title, album } = body.object;
  const result = await searches.search(
    { deviceId: session.deviceId, access },
    { artist, title, album },
    deadline,
  );
  switch (result.kind) {
    case 'found':
      return jsonAnswer(200, result.payload);
    case 'invalid_params':
      return { code: 'invalid_params', message: result.message };
    case 'unauthorized_grant':
      log.warn('Discogs takes an access token no more: its session ends');
      await stores.sessions.end(hash);
      return { code: 'bearer_invalid' };
    case 'rate_limited':
    case 'busy':
      return upstreamFailure(result);
    case 'unavailable':
      return { code: 'discogs_unavailable', reason: result.reason };
    default:
      return result satisfies never;
  }
};
