/** Discogs "User Lists". @see https://www.discogs.com/developers#page:user-lists */
import { OWN_SECONDS } from './cacheTimes.ts';
import { documentation, type Operation, operation } from './operation.ts';
import { id, pagination, username } from './parameters.ts';
import * as replies from './replies/user.ts';

/** In the order of Discogs' documentation. */
export const userLists: readonly Operation[] = [
  operation({
    id: 'getUserLists',
    entity: 'lists',
    method: 'GET',
    path: '/users/{username}/lists',
    summary: "List a user's lists",
    description:
      'Lists that a user has made, without their items. Private lists are shown to their owner only.',
    documentation: documentation('user-lists', 'user-lists'),
    cacheSeconds: OWN_SECONDS,
    audience: 'anyone_owner_sees_more',
    pathParameters: { username },
    query: pagination,
    reply: { statuses: [200], description: 'One page of lists.', schema: replies.userLists },
  }),
  operation({
    id: 'getList',
    entity: 'list',
    method: 'GET',
    path: '/lists/{list_id}',
    summary: 'Get a list with its items',
    description:
      'Releases, masters, artists and labels of one list, with comments, all at once. A private list of somebody else is 404.',
    documentation: documentation('user-lists', 'list'),
    cacheSeconds: OWN_SECONDS,
    audience: 'anyone_owner_sees_more',
    pathParameters: { list_id: id('list', 1710462) },
    reply: { statuses: [200], description: 'The list.', schema: replies.userList },
  }),
];
