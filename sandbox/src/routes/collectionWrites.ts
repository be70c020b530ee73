/** Writes to a collection: folders, copies in them, and notes on these. Its owner only. */
import { findRelease } from '../catalogue/catalogue.ts';
import { addedItemBody, folderBody, itemsIn } from '../compose/collection.ts';
import { FIELDS } from '../compose/collectionFields.ts';
import { pacificTime } from '../compose/invented.ts';
import {
  invalid,
  noCopy,
  noCopyToNote,
  noRelease,
  noResource,
  notYours,
  validationErrors,
} from '../http/errors.ts';
import { empty, json, message, ok, type Reply } from '../http/reply.ts';
import type { CollectionItem, Folder, User } from '../state/model.ts';
import { type Call, forOwner, idParam, type Route } from './call.ts';
import { type Fields, fieldsOf, numberField, textField } from './input.ts';

const ALL = 0;
/** "All" and "Uncategorized" are in every collection. */
const LAST_FIXED_FOLDER = 1;
const MAX_RATING = 5;

/** What was sent, as long as it is a JSON object or a query string. */
const withFields =
  <Rest extends readonly unknown[]>(handle: (fields: Fields, call: Call, ...rest: Rest) => Reply) =>
  (call: Call, ...rest: Rest): Reply => {
    const fields = fieldsOf(call);
    return fields === undefined ? message(400, 'Invalid JSON body.') : handle(fields, call, ...rest);
  };

/** Copies lie in any folder but "All". */
const hasPlace = (user: User, folderId: number): boolean =>
  folderId !== ALL && user.folders.some(({ id }) => id === folderId);

const givenName = (fields: Fields): string | undefined => textField(fields, 'name')?.trim() || undefined;
const noName = () => invalid('name', 'expected a name');

const createFolder = withFields((fields, call, user: User) => {
  const name = givenName(fields);
  if (name === undefined) return noName();
  const folder = { id: call.state.nextId(), name };
  user.folders.push(folder);
  return json(201, folderBody(user, folder));
});

/** The refusal of the fixed folders is composed: what Discogs says to it was not recorded. */
const changeFolder = (handle: (call: Call, user: User, folder: Folder) => Reply) =>
  forOwner((call, user) => {
    const folder = user.folders.find(({ id }) => id === idParam(call, 'folder_id'));
    if (folder === undefined) return noResource();
    return folder.id <= LAST_FIXED_FOLDER ? notYours() : handle(call, user, folder);
  });

const renameFolder = withFields((fields, _call, user: User, folder: Folder) => {
  const name = givenName(fields);
  if (name === undefined) return noName();
  folder.name = name;
  return ok(folderBody(user, folder));
});

/** Documented: a folder must be empty. The words are composed. */
function deleteFolder(_call: Call, user: User, folder: Folder): Reply {
  if (itemsIn(user, folder.id).length > 0) return invalid('folder_id', 'folder is not empty');
  user.folders.splice(user.folders.indexOf(folder), 1);
  return empty(204);
}

/** Every call adds another copy, even of a release that is there already. */
function addCopy(call: Call, user: User): Reply {
  const folderId = idParam(call, 'folder_id');
  const release = findRelease(idParam(call, 'release_id'));
  if (release === undefined) return noRelease();
  if (!hasPlace(user, folderId)) return invalid('folder_id', 'folder does not exist');
  const item = {
    instanceId: call.state.nextId(),
    releaseId: release.id,
    dateAdded: pacificTime(call.now()),
    folderId,
    rating: 0,
    notes: new Map(),
  };
  user.items.push(item);
  return json(201, addedItemBody(item, release, user));
}

const copyAt = (call: Call, { items }: User): CollectionItem | undefined =>
  items.find(
    ({ instanceId, releaseId, folderId }) =>
      instanceId === idParam(call, 'instance_id') &&
      releaseId === idParam(call, 'release_id') &&
      folderId === idParam(call, 'folder_id'),
  );

/** A refusal leaves the copy untouched. */
const editCopy = withFields((fields, call, user: User) => {
  const item = copyAt(call, user);
  if (item === undefined) return noCopy();
  const rating = numberField(fields, 'rating') ?? item.rating;
  if (!Number.isInteger(rating) || rating < 0 || rating > MAX_RATING) {
    return invalid('rating', `expected an integer from 0 to ${MAX_RATING}`);
  }
  const folderId = numberField(fields, 'folder_id') ?? item.folderId;
  if (!hasPlace(user, folderId)) return invalid('folder_id', 'folder does not exist');
  Object.assign(item, { rating, folderId });
  return empty(204);
});

/** Gone from the collection, not only from the folder. */
function deleteCopy(call: Call, user: User): Reply {
  const item = copyAt(call, user);
  if (item === undefined) return noCopy();
  user.items.splice(user.items.indexOf(item), 1);
  return empty(204);
}

const literalError = (place: string, input: unknown, expected: readonly (string | number)[]): Reply =>
  validationErrors([
    {
      type: 'literal_error',
      loc: [place],
      msg: `Input should be ${expected.map((value) => `'${value}'`).join(', ')}`,
      input,
    },
  ]);

const noteOnCopy = withFields((fields, call, user: User) => {
  const folderId = idParam(call, 'folder_id');
  const field = FIELDS.find(({ id }) => id === idParam(call, 'field_id'));
  const value = textField(fields, 'value');
  if (!hasPlace(user, folderId)) {
    const places = user.folders.filter(({ id }) => id !== ALL);
    return literalError(
      'folder_id',
      folderId,
      places.map(({ id }) => id),
    );
  }
  if (field === undefined) {
    return literalError(
      'field_id',
      idParam(call, 'field_id'),
      FIELDS.map(({ id }) => id),
    );
  }
  if (value === undefined)
    return validationErrors([{ type: 'missing', loc: ['value'], msg: 'Field required' }]);
  if (value !== '' && field.options?.includes(value) === false)
    return literalError('value', value, field.options);
  const item = copyAt(call, user);
  if (item === undefined) return noCopyToNote();
  if (value === '') item.notes.delete(field.id);
  else item.notes.set(field.id, value);
  return empty(204);
});

const FOLDERS = '/users/:username/collection/folders';
const FOLDER = `${FOLDERS}/:folder_id`;
const RELEASE = `${FOLDER}/releases/:release_id`;
const COPY = `${RELEASE}/instances/:instance_id`;

export const COLLECTION_WRITE_ROUTES: readonly Route[] = [
  { method: 'POST', pattern: FOLDERS, handle: forOwner(createFolder) },
  { method: 'POST', pattern: FOLDER, handle: changeFolder(renameFolder) },
  { method: 'DELETE', pattern: FOLDER, handle: changeFolder(deleteFolder) },
  { method: 'POST', pattern: RELEASE, handle: forOwner(addCopy) },
  { method: 'POST', pattern: COPY, handle: forOwner(editCopy) },
  { method: 'DELETE', pattern: COPY, handle: forOwner(deleteCopy) },
  { method: 'POST', pattern: `${COPY}/fields/:field_id`, handle: forOwner(noteOnCopy) },
];
