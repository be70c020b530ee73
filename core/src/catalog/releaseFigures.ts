/** What people say of a release: ratings, owners and wants. @see https://www.discogs.com/developers#page:database */
import * as z from 'zod/mini';
import { once } from '../lib/once.ts';
import { COMMUNITY_SECONDS, OWN_SECONDS } from './cacheTimes.ts';
import { documentation, type Operation, operation } from './operation.ts';
import { id, username } from './parameters.ts';
import * as replies from './replies/database.ts';

const releaseId = { release_id: id('release', 249504) };
const ratingPath = { ...releaseId, username };

/** In the order of Discogs' documentation. */
export const releaseFigures: readonly Operation[] = [
  operation({
    id: 'getReleaseRatingByUser',
    entity: 'release_rating',
    method: 'GET',
    path: '/releases/{release_id}/rating/{username}',
    summary: "Get a user's rating of a release",
    description: '1 to 5; 0 means that the user has not rated the release.',
    documentation: documentation('database', 'release-rating-by-user'),
    cacheSeconds: OWN_SECONDS,
    audience: 'anyone_owner_sees_more',
    pathParameters: ratingPath,
    reply: { statuses: [200], description: 'The rating.', schema: replies.releaseRating },
  }),
  operation({
    id: 'updateReleaseRatingByUser',
    entity: 'release_rating',
    method: 'PUT',
    path: '/releases/{release_id}/rating/{username}',
    summary: 'Rate a release',
    description: "Sets the user's own rating of a release, or changes it.",
    documentation: documentation('database', 'release-rating-by-user'),
    audience: 'owner',
    effect: 'write',
    pathParameters: ratingPath,
    body: {
      required: true,
      description: 'The rating.',
      requiredFields: ['rating'],
      schema: once(() => z.looseObject({ rating: z.int().check(z.gte(1), z.lte(5), z.describe('1 to 5.')) })),
      example: { rating: 5 },
    },
    reply: { statuses: [201, 200], description: 'The rating.', schema: replies.releaseRating },
  }),
  operation({
    id: 'deleteReleaseRatingByUser',
    entity: 'release_rating',
    method: 'DELETE',
    path: '/releases/{release_id}/rating/{username}',
    summary: 'Take back a rating of a release',
    description: "Deletes the user's own rating of a release.",
    documentation: documentation('database', 'release-rating-by-user'),
    audience: 'owner',
    effect: 'delete',
    pathParameters: ratingPath,
    reply: { statuses: [204], description: 'Deleted.' },
  }),
  operation({
    id: 'getCommunityReleaseRating',
    entity: 'community_rating',
    method: 'GET',
    path: '/releases/{release_id}/rating',
    summary: 'Get the average rating of a release',
    description: 'Average of all ratings of the release, and how many there are.',
    documentation: documentation('database', 'community-release-rating'),
    audience: 'anyone',
    cacheSeconds: COMMUNITY_SECONDS,
    pathParameters: releaseId,
    reply: { statuses: [200], description: 'Average and count.', schema: replies.communityRating },
  }),
  operation({
    id: 'getReleaseStats',
    entity: 'release_stats',
    method: 'GET',
    path: '/releases/{release_id}/stats',
    summary: 'See how many users have and want a release',
    description: 'Number of users with the release in their collection, and in their wantlist.',
    documentation: documentation('database', 'release-stats'),
    audience: 'anyone',
    cacheSeconds: COMMUNITY_SECONDS,
    pathParameters: releaseId,
    reply: { statuses: [200], description: 'The two counts.', schema: replies.releaseStats },
  }),
];
