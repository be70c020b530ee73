/** Discogs "User Wantlist". @see https://www.discogs.com/developers#page:user-wantlist */
import * as z from 'zod/mini';
import { once } from '../lib/once.ts';
import { OWN_SECONDS } from './cacheTimes.ts';
import { documentation, type Operation, operation } from './operation.ts';
import { choice, id, integer, pagination, sortOrder, text, username } from './parameters.ts';
import * as replies from './replies/user.ts';

const wantPath = { username, release_id: id('release', 249504) };

/** Discogs documents both as query parameters; clients send a body. */
const noteAndRating = {
  query: {
    notes: text('Note; may be sent in the body instead.'),
    rating: integer('0 (none) to 5; may be sent in the body instead.', { minimum: 0, maximum: 5 }),
  },
  body: {
    required: false,
    description: 'Note and rating.',
    requiredFields: [],
    schema: once(() =>
      z.looseObject({
        notes: z.optional(z.string().check(z.maxLength(2000), z.describe('Note for yourself.'))),
        rating: z.optional(z.int().check(z.gte(0), z.lte(5), z.describe('0 (none) to 5.'))),
      }),
    ),
    example: { notes: 'Original UK pressing', rating: 5 },
  },
};

/** In the order of Discogs' documentation. */
export const userWantlist: readonly Operation[] = [
  operation({
    id: 'getWantlist',
    originalOperationId: 'listWantlistProxy',
    entity: 'wantlist',
    method: 'GET',
    path: '/users/{username}/wants',
    summary: 'List a wantlist',
    description:
      'Releases that a user wants, with notes and rating for the owner. Private lists need their owner.',
    documentation: documentation('user-wantlist', 'wantlist'),
    audience: 'anyone_owner_sees_more',
    cacheSeconds: OWN_SECONDS,
    pathParameters: { username },
    query: {
      sort: choice('Sort key.', ['added', 'artist', 'label', 'rating', 'title', 'year']),
      sort_order: sortOrder,
      ...pagination,
    },
    reply: { statuses: [200], description: 'One page of wants.', schema: replies.wants },
  }),
  operation({
    id: 'addToWantlist',
    originalOperationId: 'upsertWantlistProxy',
    entity: 'wantlist_item',
    method: 'PUT',
    path: '/users/{username}/wants/{release_id}',
    summary: 'Add a release to a wantlist',
    description: 'Adds the release, or changes notes and rating when it is wanted already.',
    documentation: documentation('user-wantlist', 'add-to-wantlist'),
    audience: 'owner',
    effect: 'write',
    pathParameters: wantPath,
    ...noteAndRating,
    reply: { statuses: [201, 204], description: 'The want.', schema: replies.want },
  }),
  operation({
    id: 'editWantlistItem',
    entity: 'wantlist_item',
    method: 'POST',
    path: '/users/{username}/wants/{release_id}',
    summary: 'Change note or rating of a release in a wantlist',
    description: 'Changes what is sent and leaves the rest. 404 when the release is not in the list.',
    documentation: documentation('user-wantlist', 'add-to-wantlist'),
    audience: 'owner',
    effect: 'write',
    pathParameters: { username, release_id: id('release', 930000001) },
    ...noteAndRating,
    reply: { statuses: [200], description: 'The want.', schema: replies.want },
  }),
  operation({
    id: 'removeFromWantlist',
    originalOperationId: 'deleteWantlistProxy',
    entity: 'wantlist_item',
    method: 'DELETE',
    path: '/users/{username}/wants/{release_id}',
    summary: 'Remove a release from a wantlist',
    description: 'Removes the release. 404 when it is not in the list.',
    documentation: documentation('user-wantlist', 'add-to-wantlist'),
    audience: 'owner',
    effect: 'delete',
    pathParameters: wantPath,
    reply: { statuses: [204], description: 'Removed.' },
  }),
];
