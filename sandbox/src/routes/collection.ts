/** Reads of a collection: folders, copies, fields, value. */
import { findRelease } from '../catalogue/catalogue.ts';
import type { Release } from '../catalogue/model.ts';
import { folderBody, itemRow, itemsIn } from '../compose/collection.ts';
import { FIELDS, fieldRow } from '../compose/collectionFields.ts';
import { valueBody } from '../compose/collectionValue.ts';
import { invalid, noResource, privateResource } from '../http/errors.ts';
import { rowsOf } from '../http/pagination.ts';
import { ok, type Reply } from '../http/reply.ts';
import type { CollectionItem, Folder, User } from '../state/model.ts';
import { type Call, forUser, idParam, isOwner, paged, type Route } from './call.ts';
import { RELEASE_SORT_KEYS } from './releaseSorting.ts';
import { sortedBy } from './sorting.ts';

interface Held {
  readonly item: CollectionItem;
  readonly release: Release;
}

const SORT_KEYS: Readonly<Record<string, (held: Held) => string | number>> = {
  ...Object.fromEntries(
    Object.entries(RELEASE_SORT_KEYS).map(([name, key]) => [name, ({ release }: Held) => key(release)]),
  ),
  rating: ({ item }) => item.rating,
  added: ({ item }) => item.dateAdded,
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

const heldAmong = (items: readonly CollectionItem[]): Held[] =>
  items.flatMap((item) => {
    const release = findRelease(item.releaseId);
    return release === undefined ? [] : [{ item, release }];
  });

const rowsFor = (call: Call, user: User, held: readonly Held[]) => ({
  key: 'releases',
  ...rowsOf(held, ({ item, release }) => itemRow(item, release, isOwner(call, user.username))),
});

function listItems(call: Call, user: User, { id }: Folder): Reply {
  const sort = call.query.get('sort') ?? 'label';
  const key = SORT_KEYS[sort];
  if (key === undefined) return invalid('sort', `expected one of ${Object.keys(SORT_KEYS).join(', ')}`);
  const held = sortedBy(heldAmong(itemsIn(user, id)), key, call.query.get('sort_order'));
  return paged(call, {
    linkDefaults: { sort: 'label', sort_order: 'asc' },
    ...rowsFor(call, user, held),
  });
}

/** A release that is unknown or not owned is an empty list. */
function listCopies(call: Call, user: User): Reply {
  if (!mayOpen(call, user, 0)) return privateResource();
  const releaseId = idParam(call, 'release_id');
  const held = heldAmong(user.items.filter((item) => item.releaseId === releaseId));
  return paged(call, rowsFor(call, user, held));
}

/** Measured: everybody else is refused, although the documentation speaks of public fields. */
const ownerSees = (body: (user: User) => object) =>
  forUser((call, user) => (isOwner(call, user.username) ? ok(body(user)) : privateResource()));

const COLLECTION = '/users/:username/collection';
const FOLDER = `${COLLECTION}/folders/:folder_id`;

export const COLLECTION_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: `${COLLECTION}/folders`, handle: forUser(listFolders) },
  { method: 'GET', pattern: FOLDER, handle: inFolder((_call, user, folder) => ok(folderBody(user, folder))) },
  { method: 'GET', pattern: `${FOLDER}/releases`, handle: inFolder(listItems) },
  { method: 'GET', pattern: `${COLLECTION}/releases/:release_id`, handle: forUser(listCopies) },
  {
    method: 'GET',
    pattern: `${COLLECTION}/fields`,
    handle: ownerSees(() => ({ fields: FIELDS.map(fieldRow) })),
  },
  { method: 'GET', pattern: `${COLLECTION}/value`, handle: ownerSees(valueBody) },
];
