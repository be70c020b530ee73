/** Discogs "User Identity". @see https://www.discogs.com/developers#page:user-identity */
import { OWN_SECONDS } from './keep.ts';
import { documentation, type Operation, operation } from './operation.ts';
import { username } from './parameters.ts';
import * as replies from './replies/user.ts';

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
    keepSeconds: OWN_SECONDS,
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
    keepSeconds: OWN_SECONDS,
    pathParameters: { username },
    reply: { statuses: [200], description: 'The profile.', schema: replies.profile },
  }),
];
