/** `POST /v1/discogs/proxy/search`: who searches, and what the body is. The search itself is behind the port. */

import { jsonAnswer } from '../../signIn/answers.ts';
import { configuredKeyring, type Route } from '../context.ts';
import { upstreamFailure } from '../failure.ts';
import { readJsonObject } from '../wire/readJson.ts';
import { findSearcher } from './searcher.ts';

export const search: Route = async (context, { request, deadline }) => {
  const { searches, log } = context;
  if (!(await configuredKeyring(context))) return { code: 'not_configured' };
  const searcher = await findSearcher(context, request, deadline);
  if ('code' in searcher) return searcher;
  // Only now: a stranger learns nothing about bodies, and costs none.
  const body = await readJsonObject(request);
  if ('failure' in body) return body.failure;
  const { artist, title, album } = body.object;
  const result = await searches.search(searcher.session, { artist, title, album }, deadline);
  switch (result.kind) {
    case 'found':
      return jsonAnswer(200, result.payload);
    case 'invalid_params':
      return { code: 'invalid_params', message: result.message };
    case 'unauthorized_grant':
      log.warn('Discogs takes an access token no more: its session ends');
      await searcher.end();
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
