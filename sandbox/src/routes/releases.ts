/** Releases with their rating and statistics. */
import { findRelease } from '../catalogue/catalogue.ts';
import { inventedHave, inventedRating, inventedWant } from '../compose/invented.ts';
import { releaseBody } from '../compose/release.ts';
import { noRelease, noReleaseToRate } from '../http/errors.ts';
import { ok, type Reply } from '../http/reply.ts';
import { type Call, idParam, type Route } from './call.ts';

function release(call: Call): Reply {
  const found = findRelease(idParam(call, 'release_id'));
  return found === undefined ? noRelease() : ok(releaseBody(found));
}

function rating(call: Call): Reply {
  const found = findRelease(idParam(call, 'release_id'));
  if (found === undefined) return noReleaseToRate();
  return ok({ release_id: found.id, rating: inventedRating(found.id) });
}

function stats(call: Call): Reply {
  const found = findRelease(idParam(call, 'release_id'));
  if (found === undefined) return noRelease();
  return ok({ num_have: inventedHave(found.id), num_want: inventedWant(found.id) });
}

export const RELEASE_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/releases/:release_id', handle: release },
  { method: 'GET', pattern: '/releases/:release_id/rating', handle: rating },
  { method: 'GET', pattern: '/releases/:release_id/stats', handle: stats },
];
