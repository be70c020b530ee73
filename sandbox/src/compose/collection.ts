/** Folders, collection items and wants. */
import type { Release } from '../catalogue/model.ts';
import type { CollectionItem, Folder, User, Want } from '../state/model.ts';
import { apiUrl } from './addresses.ts';
import { basicInformation } from './basicInformation.ts';
import { noteRows } from './collectionFields.ts';
import { unlessEmpty } from './parts.ts';

/** Folder 0 is the whole collection, whatever folder an item lies in. */
export const itemsIn = (user: User, folderId: number): CollectionItem[] =>
  user.items.filter((item) => folderId === 0 || item.folderId === folderId);

/** @see https://www.discogs.com/developers#page:user-collection,header:user-collection-collection-folder */
export const folderBody = (user: User, { id, name }: Folder): object => ({
  id,
  name,
  count: itemsIn(user, id).length,
  resource_url: apiUrl(`/users/${user.username}/collection/folders/${id}`),
});

/** @see https://www.discogs.com/developers#page:user-collection,header:user-collection-collection-items-by-folder */
export const itemRow = (item: CollectionItem, release: Release, forOwner: boolean): object => ({
  id: item.releaseId,
  instance_id: item.instanceId,
  date_added: item.dateAdded,
  rating: item.rating,
  basic_information: basicInformation(release),
  folder_id: item.folderId,
  notes: unlessEmpty(noteRows(item.notes, forOwner)),
});

/** The reply to adding a copy. */
export const addedItemBody = (item: CollectionItem, release: Release, { username }: User): object => ({
  id: item.releaseId,
  instance_id: item.instanceId,
  rating: item.rating,
  basic_information: basicInformation(release),
  date_added: item.dateAdded,
  folder_id: item.folderId,
  resource_url: apiUrl(
    `/users/${username}/collection/folders/${item.folderId}/releases/${item.releaseId}?instance_id=${item.instanceId}`,
  ),
});

/**
 * `notes` are for the owner's eyes.
 * @see https://www.discogs.com/developers#page:user-wantlist,header:user-wantlist-wantlist
 */
export const wantRow = (want: Want, release: Release, { username }: User, forOwner: boolean): object => ({
  id: want.releaseId,
  resource_url: apiUrl(`/users/${username}/wants/${want.releaseId}`),
  rating: want.rating,
  date_added: want.dateAdded,
  basic_information: basicInformation(release),
  notes: forOwner ? want.notes : undefined,
});
