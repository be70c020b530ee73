/** Discogs "User Identity". @see https://www.discogs.com/developers#page:user-identity */
import * as z from 'zod/mini';
import { once } from '../lib/once.ts';
import { LIST_SECONDS, OWN_SECONDS } from './cacheTimes.ts';
import { documentation, type Operation, operation } from './operation.ts';
import { CURRENCIES, choice, pagination, sortOrder, username } from './parameters.ts';
import * as replies from './replies/user.ts';

const profileText = (description: string) => z.optional(z.string().check(z.describe(description)));

/** In the order of Discogs' documentation. */
export const userIdentity: readonly Operation[] = [
  operation({
    id: 'getIdentity',
    entity: 'identity',
    method: 'GET',
    path: '/oauth/identity',
    summary: 'Get the signed-in Discogs user',
    description: 'User name behind the configured token. Call it first when somebody says "my collection".',
    documentation: documentation('user-identity', 'identity'),
    audience: 'user',
    cacheSeconds: OWN_SECONDS,
    reply: { statuses: [200], description: 'The user behind the token.', schema: replies.identity },
  }),
  operation({
    id: 'getProfile',
    entity: 'user',
    method: 'GET',
    path: '/users/{username}',
    summary: "Get a user's profile",
    description: 'Public profile of a Discogs user; counts of collection and wantlist where they are public.',
    documentation: documentation('user-identity', 'profile'),
    audience: 'anyone_owner_sees_more',
    cacheSeconds: OWN_SECONDS,
    pathParameters: { username },
    reply: { statuses: [200], description: 'The profile.', schema: replies.profile },
  }),
  operation({
    id: 'editProfile',
    entity: 'user',
    method: 'POST',
    path: '/users/{username}',
    summary: "Edit a user's own profile",
    description: 'Changes the members that are sent, and leaves the others as they are.',
    documentation: documentation('user-identity', 'profile'),
    audience: 'owner',
    effect: 'write',
    pathParameters: { username },
    body: {
      required: true,
      description: 'What to change.',
      requiredFields: [],
      schema: once(() =>
        z.looseObject({
          name: profileText('Real name.'),
          home_page: profileText('Address of a web site.'),
          location: profileText('Where the user lives.'),
          profile: profileText('About the user, in the markup of Discogs.'),
          curr_abbr: z.optional(z.enum(CURRENCIES).check(z.describe('Currency of prices.'))),
        }),
      ),
      example: { location: 'Ísafjörður', curr_abbr: 'EUR' },
    },
    reply: { statuses: [200], description: 'The profile.', schema: replies.profile },
  }),
  operation({
    id: 'getUserSubmissions',
    entity: 'submissions',
    method: 'GET',
    path: '/users/{username}/submissions',
    summary: 'List what a user has submitted',
    description: 'Artists, labels and releases that a user has edited; the page counts all three together.',
    documentation: documentation('user-identity', 'user-submissions'),
    cacheSeconds: LIST_SECONDS,
    audience: 'anyone_owner_sees_more',
    pathParameters: { username },
    query: pagination,
    reply: { statuses: [200], description: 'One page of submissions.', schema: replies.submissions },
  }),
  operation({
    id: 'getUserContributions',
    entity: 'contributions',
    method: 'GET',
    path: '/users/{username}/contributions',
    summary: 'List what a user has contributed to',
    description: 'Releases that a user has added or edited, in full.',
    documentation: documentation('user-identity', 'user-contributions'),
    cacheSeconds: LIST_SECONDS,
    audience: 'anyone_owner_sees_more',
    pathParameters: { username },
    query: {
      sort: choice('Sort key.', ['label', 'artist', 'title', 'catno', 'format', 'rating', 'year', 'added']),
      sort_order: sortOrder,
      ...pagination,
    },
    reply: { statuses: [200], description: 'One page of releases.', schema: replies.contributions },
  }),
];
