/** Ratings of releases: an invented crowd, and the users of the sandbox. */
import type { State } from '../state/model.ts';
import { inventedRating } from './invented.ts';

export interface Rating {
  readonly count: number;
  readonly average: number;
}

export function communityRating({ users }: State, releaseId: number): Rating {
  const crowd = inventedRating(releaseId);
  const ratings = [...users.values()].flatMap((user) => user.ratings.get(releaseId) ?? []);
  const sum = ratings.reduce((total, rating) => total + rating, crowd.average * crowd.count);
  const count = crowd.count + ratings.length;
  return { count, average: Number((sum / count).toFixed(2)) };
}
