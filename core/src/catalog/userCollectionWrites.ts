/** Writes to Discogs' "User Collection". @see https://www.discogs.com/developers#page:user-collection */
import * as z from 'zod/mini';
import { once } from '../lib/once.ts';
import { documentation, type Operation, operation } from './operation.ts';
import { id, MAX_LISTING_ID, MAX_RECORD_ID, text, username } from './parameters.ts';
import * as replies from './replies/user.ts';

/** Every write is its owner's, and the answer nobody else's. */
const OWN_WRITE = { audience: 'owner', effect: 'write' } as const;
const OWN_DELETE = { ...OWN_WRITE, effect: 'delete' } as const;

const folderPath = (example: number) => ({
  username,
  folder_id: {
    ...id('collection folder', example, { minimum: 2 }),
    problem: 'must be the id of a folder of your own: 0, "All", and 1, "Uncategorized", stay as they are',
    description: 'Id of a folder of your own. 0 and 1 stay as they are.',
  },
});

const placePath = {
  username,
  folder_id: {
    ...id('collection folder', 1),
    problem: 'must be the id of a folder that can be written to: 1 always exists, 0 is "All" and read only',
    description: 'Folder id. 1, "Uncategorized", always exists.',
  },
};

const copyPath = {
  ...placePath,
  release_id: id('release', 930000000),
  instance_id: id('copy in the collection', 901000000, { maximum: MAX_LISTING_ID }),
};

const folderName = {
  required: true,
  description: 'The name.',
  requiredFields: ['name'],
  schema: once(() =>
    z.looseObject({ name: z.string().check(z.minLength(1), z.describe('Name of the folder.')) }),
  ),
  example: { name: 'Jazz' },
};

/** In the order of Discogs' documentation. */
export const userCollectionWrites: readonly Operation[] = [
  operation({
    ...OWN_WRITE,
    id: 'createCollectionFolder',
    entity: 'collection_folders',
    method: 'POST',
    path: '/users/{username}/collection/folders',
    summary: 'Create a collection folder',
    description: 'Makes a new, empty folder.',
    documentation: documentation('user-collection', 'collection'),
    pathParameters: { username },
    body: folderName,
    reply: { statuses: [201], description: 'The new folder.', schema: replies.folder },
  }),
  operation({
    ...OWN_WRITE,
    id: 'editCollectionFolder',
    entity: 'collection_folder',
    method: 'POST',
    path: '/users/{username}/collection/folders/{folder_id}',
    summary: 'Rename a collection folder',
    description: 'Gives a folder another name. Folders 0 and 1 cannot be renamed.',
    documentation: documentation('user-collection', 'collection-folder'),
    pathParameters: folderPath(5001),
    body: folderName,
    reply: { statuses: [200], description: 'The folder.', schema: replies.folder },
  }),
  operation({
    ...OWN_DELETE,
    id: 'deleteCollectionFolder',
    entity: 'collection_folder',
    method: 'DELETE',
    path: '/users/{username}/collection/folders/{folder_id}',
    summary: 'Delete a collection folder',
    description: 'Deletes a folder, which must be empty: move or delete its copies first.',
    documentation: documentation('user-collection', 'collection-folder'),
    pathParameters: folderPath(5004),
    reply: { statuses: [204], description: 'Deleted.' },
  }),
  operation({
    ...OWN_WRITE,
    id: 'addToCollectionFolder',
    originalOperationId: 'addToCollectionProxy',
    entity: 'collection_add',
    method: 'POST',
    path: '/users/{username}/collection/folders/{folder_id}/releases/{release_id}',
    summary: 'Add a release to a collection folder',
    description:
      'Adds one more copy of the release, even when the collection has it already. Folder 1 always exists.',
    documentation: documentation('user-collection', 'add-to-collection-folder'),
    pathParameters: { ...placePath, release_id: id('release', 249504) },
    reply: { statuses: [201, 204], description: 'The new copy.', schema: replies.addedInstance },
  }),
  operation({
    ...OWN_WRITE,
    id: 'editCollectionInstance',
    entity: 'collection_copy',
    method: 'POST',
    path: '/users/{username}/collection/folders/{folder_id}/releases/{release_id}/instances/{instance_id}',
    summary: 'Rate a copy in the collection, or move it to another folder',
    description:
      'Changes the rating of one copy, its folder, or both. The path names the folder that it is in now.',
    documentation: documentation('user-collection', 'change-rating-of-release'),
    pathParameters: copyPath,
    body: {
      required: true,
      description: 'Rating, folder, or both.',
      requiredFields: [],
      schema: once(() =>
        z.looseObject({
          rating: z.optional(z.int().check(z.gte(0), z.lte(5), z.describe('0 (none) to 5.'))),
          folder_id: z.optional(
            z
              .int()
              .check(z.gte(1), z.lte(MAX_RECORD_ID), z.describe('Id of the folder to move the copy to.')),
          ),
        }),
      ),
      example: { rating: 5 },
    },
    reply: { statuses: [204], description: 'Changed.' },
  }),
  operation({
    ...OWN_DELETE,
    id: 'deleteCollectionInstance',
    entity: 'collection_copy',
    method: 'DELETE',
    path: '/users/{username}/collection/folders/{folder_id}/releases/{release_id}/instances/{instance_id}',
    summary: 'Delete a copy from the collection',
    description: 'Takes one copy out of the whole collection, not only out of its folder, with its notes.',
    documentation: documentation('user-collection', 'delete-instance-from-folder'),
    pathParameters: copyPath,
    reply: { statuses: [204], description: 'Deleted.' },
  }),
  operation({
    ...OWN_WRITE,
    id: 'editCollectionInstanceField',
    entity: 'collection_note',
    method: 'POST',
    path: '/users/{username}/collection/folders/{folder_id}/releases/{release_id}/instances/{instance_id}/fields/{field_id}',
    summary: 'Note something about a copy in the collection',
    description:
      'Sets one field of one copy. A dropdown takes one of its options; see the fields of the collection.',
    documentation: documentation('user-collection', 'edit-fields-instance'),
    pathParameters: { ...copyPath, field_id: id('field', 3) },
    query: { value: text('The note; may be sent in the body instead.') },
    body: {
      required: false,
      description: 'The note.',
      requiredFields: [],
      schema: once(() =>
        z.looseObject({
          value: z.optional(z.string().check(z.describe('The note, or one of the options of a dropdown.'))),
        }),
      ),
      example: { value: 'Skips on B2' },
    },
    reply: { statuses: [204], description: 'Noted.' },
  }),
];
