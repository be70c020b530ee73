/** Discogs "User Collection". @see https://www.discogs.com/developers#page:user-collection */
import { OWN_SECONDS } from './keep.ts';
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
    keepSeconds: OWN_SECONDS,
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
    keepSeconds: OWN_SECONDS,
    pathParameters: folderPath,
    reply: { statuses: [200], description: 'The folder.', schema: replies.folder },
  }),
  operation({
    id: 'listCollectionItemsByFolder',
    originalOperationId: 'listCollectionFolderReleasesProxy',
    entity: 'collection_items',
    method: 'GET',
    path: '/users/{username}/collection/folders/{folder_id}/releases',
    summary: 'List the items of a collection folder',
    description:
      'Releases in one folder. Use folder 0 for the whole collection, and per_page=100 for long ones.',
    documentation: documentation('user-collection', 'collection-items-by-folder'),
    audience: 'anyone_owner_sees_more',
    keepSeconds: OWN_SECONDS,
    pathParameters: folderPath,
    query: {
      sort: choice('Sort key.', ['label', 'artist', 'title', 'catno', 'format', 'rating', 'added', 'year']),
      sort_order: sortOrder,
      ...pagination,
    },
    reply: { statuses: [200], description: 'One page of items.', schema: replies.collectionItems },
  }),
  operation({
    id: 'addToCollectionFolder',
    originalOperationId: 'addToCollectionProxy',
    entity: 'collection_add',
    method: 'POST',
    path: '/users/{username}/collection/folders/{folder_id}/releases/{release_id}',
    summary: 'Add a release to a collection folder',
    description:
      'Adds one more copy of the release, even when the collection has it already. Folder 1 always exists.',
    documentation: documentation('user-collection', 'add-to-collection-folder'),
    audience: 'owner',
    effect: 'write',
    pathParameters: {
      ...folderPath,
      folder_id: {
        ...id('collection folder', 1),
        problem:
          'must be the id of a folder that can be written to: 1 always exists, 0 is "All" and read only',
        description: 'Folder id. 1, "Uncategorized", always exists.',
      },
      release_id: id('release', 249504),
    },
    reply: { statuses: [201, 204], description: 'The new copy.', schema: replies.addedInstance },
  }),
];
