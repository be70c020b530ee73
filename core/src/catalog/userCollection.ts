/** Reads of Discogs' "User Collection". @see https://www.discogs.com/developers#page:user-collection */
import { OWN_SECONDS } from './cacheTimes.ts';
import { documentation, type Operation, operation } from './operation.ts';
import { choice, id, pagination, sortOrder, username } from './parameters.ts';
import * as replies from './replies/user.ts';

const folderPath = {
  username,
  folder_id: {
    ...id('collection folder', 0, { minimum: 0 }),
    description: 'Folder id. 0 is "All" (read only), 1 is "Uncategorized".',
  },
};

/** In the order of Discogs' documentation. */
export const userCollection: readonly Operation[] = [
  operation({
    id: 'listCollectionFolders',
    originalOperationId: 'listCollectionFoldersProxy',
    entity: 'collection_folders',
    method: 'GET',
    path: '/users/{username}/collection/folders',
    summary: 'List collection folders',
    description:
      'Folders of a collection with their number of items. Others than the owner see only folder 0.',
    documentation: documentation('user-collection', 'collection'),
    audience: 'anyone_owner_sees_more',
    cacheSeconds: OWN_SECONDS,
    pathParameters: { username },
    reply: { statuses: [200], description: 'The folders.', schema: replies.folders },
  }),
  operation({
    id: 'getCollectionFolder',
    originalOperationId: 'getCollectionFolderProxy',
    entity: 'collection_folder',
    method: 'GET',
    path: '/users/{username}/collection/folders/{folder_id}',
    summary: 'Get a collection folder',
    description: 'Name and number of items of one folder. Folders other than 0 need their owner.',
    documentation: documentation('user-collection', 'collection-folder'),
    audience: 'anyone_owner_sees_more',
    cacheSeconds: OWN_SECONDS,
    pathParameters: folderPath,
    reply: { statuses: [200], description: 'The folder.', schema: replies.folder },
  }),
  operation({
    id: 'listCollectionItemsByRelease',
    entity: 'collection_release',
    method: 'GET',
    path: '/users/{username}/collection/releases/{release_id}',
    summary: 'List the copies of a release in a collection',
    description:
      'Copies of one release in all folders, with instance_id and folder_id. An empty list: the user does not have it.',
    documentation: documentation('user-collection', 'collection-items-by-release'),
    cacheSeconds: OWN_SECONDS,
    audience: 'anyone_owner_sees_more',
    pathParameters: { username, release_id: id('release', 249504) },
    query: pagination,
    reply: { statuses: [200], description: 'One page of copies.', schema: replies.collectionItems },
  }),
  operation({
    id: 'listCollectionItemsByFolder',
    originalOperationId: 'listCollectionFolderReleasesProxy',
    entity: 'collection_items',
    method: 'GET',
    path: '/users/{username}/collection/folders/{folder_id}/releases',
    summary: 'List the items of a collection folder',
    description:
      'Releases in one folder; folder 0 is the whole collection. A row has about 1,100 characters.',
    documentation: documentation('user-collection', 'collection-items-by-folder'),
    audience: 'anyone_owner_sees_more',
    cacheSeconds: OWN_SECONDS,
    pathParameters: folderPath,
    query: {
      sort: choice('Sort key.', ['label', 'artist', 'title', 'catno', 'format', 'rating', 'added', 'year']),
      sort_order: sortOrder,
      ...pagination,
    },
    reply: { statuses: [200], description: 'One page of items.', schema: replies.collectionItems },
  }),
  operation({
    id: 'listCollectionFields',
    entity: 'collection_fields',
    method: 'GET',
    path: '/users/{username}/collection/fields',
    summary: "List a collection's fields for notes",
    description:
      'What the owner notes about each copy, such as its condition. Others than the owner may be refused.',
    documentation: documentation('user-collection', 'list-custom-fields'),
    cacheSeconds: OWN_SECONDS,
    audience: 'anyone_owner_sees_more',
    pathParameters: { username },
    reply: { statuses: [200], description: 'The fields.', schema: replies.collectionFields },
  }),
  operation({
    id: 'getCollectionValue',
    entity: 'collection_value',
    method: 'GET',
    path: '/users/{username}/collection/value',
    summary: 'Get the value of a collection',
    description:
      'Lowest, middle and highest value of everything in the collection, as text with a currency sign.',
    documentation: documentation('user-collection', 'collection-value'),
    audience: 'owner',
    cacheSeconds: OWN_SECONDS,
    pathParameters: { username },
    reply: { statuses: [200], description: 'The three values.', schema: replies.collectionValue },
  }),
];
