/** Collection folders, their items, and adding a copy. */
import { findRelease } from '../catalogue/catalogue.ts';
import type { Release } from '../catalogue/model.ts';
import { addedItemBody, folderBody, itemRow, itemsIn } from '../compose/collection.ts';
import { pacificTime } from '../compose/invented.ts';
import { artistNames, formatText } from '../compose/parts.ts';
import { invalid, noRelease, noResource, privateResource } from '../http/errors.ts';
import { rowsOf } from '../http/pagination.ts';
import { json, ok, type Reply } from '../http/reply.ts';
import type { CollectionItem, Folder, User } from '../state/model.ts';
import { type Call, forOwner, forUser, idParam, isOwner, paged, type Route } from './call.ts';
import { sortedBy } from './sorting.ts';

interface Held {
  readonly item: CollectionItem;
  readonly release: Release;
}

const SORT_KEYS: Readonly<Record<string, (held: Held) => string | number>> = {
  label: ({ release }) => release.labels[0]?.name ?? '',
  artist: ({ release }) => artistNames(release.artists),
  title: ({ release }) => release.title,
  catno: ({ release }) => release.labels[0]?.catno ?? '',
  format: ({ release }) => formatText(release.format),
  rating: ({ item }) => item.rating,
  added: ({ item }) => item.dateAdded,
  year: ({ release }) => release.year,
};

const mayOpen = (call: Call, user: User, folderId: number): boolean =>
  isOwner(call, user.username) || (folderId === 0 && !user.isPrivate);

function listFolders(call: Call, user: User): Reply {
  if (!mayOpen(call, user, 0)) return privateResource();
  const visible = user.folders.filter(({ id }) => mayOpen(call, user, id));
  return ok({ folders: visible.map((folder) => folderBody(user, folder)) });
}

/** Reads of one folder: who may not open it learns nothing about whether it exists. */
const inFolder = (handle: (call: Call, user: User, folder: Folder) => Reply) =>
  forUser((call, user) => {
    const folderId = idParam(call, 'folder_id');
    if (!mayOpen(call, user, folderId)) return privateResource();
    const folder = user.folders.find(({ id }) => id === folderId);
    return folder === undefined ? noResource() : handle(call, user, folder);
  });

function listItems(call: Call, user: User, { id }: Folder): Reply {
  const sort = call.query.get('sort') ?? 'label';
  const key = SORT_KEYS[sort];
  if (key === undefined) return invalid('sort', `expected one of ${Object.keys(SORT_KEYS).join(', ')}`);
  const held = itemsIn(user, id).flatMap((item) => {
    const release = findRelease(item.releaseId);
    return release === undefined ? [] : [{ item, release }];
  });
  return paged(call, {
    key: 'releases',
    linkDefaults: { sort: 'label', sort_order: 'asc' },
    ...rowsOf(sortedBy(held, key, call.query.get('sort_order')), ({ item, release }) =>
      itemRow(item, release),
    ),
  });
}

/** Every call adds another copy, even of a release that is there already. */
function addCopy(call: Call, user: User): Reply {
  const folderId = idParam(call, 'folder_id');
  const release = findRelease(idParam(call, 'release_id'));
  if (release === undefined) return noRelease();
  if (folderId === 0 || !user.folders.some(({ id }) => id === folderId)) {
    return invalid('folder_id', 'folder does not exist');
  }
  const item = {
    instanceId: call.state.nextId(),
    releaseId: release.id,
    dateAdded: pacificTime(call.now()),
    folderId,
    rating: 0,
  };
  user.items.push(item);
  return json(201, addedItemBody(item, release, user));
}

const FOLDERS = '/users/:username/collection/folders';

export const COLLECTION_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: FOLDERS, handle: forUser(listFolders) },
  {
    method: 'GET',
    pattern: `${FOLDERS}/:folder_id`,
    handle: inFolder((_call, user, folder) => ok(folderBody(user, folder))),
  },
  { method: 'GET', pattern: `${FOLDERS}/:folder_id/releases`, handle: inFolder(listItems) },
  { method: 'POST', pattern: `${FOLDERS}/:folder_id/releases/:release_id`, handle: forOwner(addCopy) },
];
