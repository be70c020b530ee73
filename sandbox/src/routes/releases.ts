/** Releases with their rating and statistics. */
import { findRelease } from '../catalogue/catalogue.ts';
import { inventedHave, inventedWant } from '../compose/invented.ts';
import { communityRating } from '../compose/ratings.ts';
import { releaseBody } from '../compose/release.ts';
import { invalid, noRelease, noReleaseToRate } from '../http/errors.ts';
import { empty, json, message, ok, type Reply } from '../http/reply.ts';
import type { User } from '../state/model.ts';
import { type Call, forOwner, forUser, idParam, type Route } from './call.ts';
import { fieldsOf, numberField } from './input.ts';

function release(call: Call): Reply {
  const found = findRelease(idParam(call, 'release_id'));
  return found === undefined ? noRelease() : ok(releaseBody(found, communityRating(call.state, found.id)));
}

function rating(call: Call): Reply {
  const found = findRelease(idParam(call, 'release_id'));
  if (found === undefined) return noReleaseToRate();
  return ok({ release_id: found.id, rating: communityRating(call.state, found.id) });
}

/** The rating of one user; 0 stands for none. */
const ratingBody = (releaseId: number, { username, ratings }: User): object => ({
  release_id: releaseId,
  username,
  rating: ratings.get(releaseId) ?? 0,
});

const ofRelease =
  (handle: (call: Call, user: User, releaseId: number) => Reply) =>
  (call: Call, user: User): Reply => {
    const found = findRelease(idParam(call, 'release_id'));
    return found === undefined ? noReleaseToRate() : handle(call, user, found.id);
  };

function rate(call: Call, user: User, releaseId: number): Reply {
  const fields = fieldsOf(call);
  if (fields === undefined) return message(400, 'Invalid JSON body.');
  const given = numberField(fields, 'rating');
  if (given === undefined || !Number.isInteger(given) || given < 1 || given > 5) {
    return invalid('rating', 'expected an integer from 1 to 5');
  }
  user.ratings.set(releaseId, given);
  return json(201, ratingBody(releaseId, user));
}

function unrate(_call: Call, user: User, releaseId: number): Reply {
  user.ratings.delete(releaseId);
  return empty(204);
}

function stats(call: Call): Reply {
  const found = findRelease(idParam(call, 'release_id'));
  if (found === undefined) return noRelease();
  return ok({ num_have: inventedHave(found.id), num_want: inventedWant(found.id) });
}

const OWN_RATING = '/releases/:release_id/rating/:username';

export const RELEASE_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/releases/:release_id', handle: release },
  { method: 'GET', pattern: '/releases/:release_id/rating', handle: rating },
  { method: 'GET', pattern: '/releases/:release_id/stats', handle: stats },
  {
    method: 'GET',
    pattern: OWN_RATING,
    handle: forUser(ofRelease((_call, user, releaseId) => ok(ratingBody(releaseId, user)))),
  },
  { method: 'PUT', pattern: OWN_RATING, handle: forOwner(ofRelease(rate)) },
  { method: 'DELETE', pattern: OWN_RATING, handle: forOwner(ofRelease(unrate)) },
];
