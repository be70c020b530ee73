/** The wantlist. PUT creates or replaces, POST edits what is there. */
import { findRelease } from '../catalogue/catalogue.ts';
import type { Release } from '../catalogue/model.ts';
import { wantRow } from '../compose/collection.ts';
import { pacificTime } from '../compose/invented.ts';
import { artistNames } from '../compose/parts.ts';
import { invalid, noRelease, notWanted, privateResource } from '../http/errors.ts';
import { rowsOf } from '../http/pagination.ts';
import { empty, json, message, type Reply } from '../http/reply.ts';
import type { User, Want } from '../state/model.ts';
import { type Call, forOwner, forUser, idParam, isOwner, paged, type Route } from './call.ts';
import { fieldsOf, numberField, textField } from './input.ts';
import { sortedBy } from './sorting.ts';

interface Wanted {
  readonly want: Want;
  readonly release: Release;
}

const byLabel = ({ release }: Wanted): string => release.labels[0]?.name ?? '';
const SORT_KEYS: Readonly<Record<string, (wanted: Wanted) => string | number>> = {
  added: ({ want }) => want.dateAdded,
  artist: ({ release }) => artistNames(release.artists),
  label: byLabel,
  rating: ({ want }) => want.rating,
  title: ({ release }) => release.title,
  year: ({ release }) => release.year,
};

function listWants(call: Call, user: User): Reply {
  const owner = isOwner(call, user.username);
  if (user.isPrivate && !owner) return privateResource();
  const wanted = [...user.wants.values()].flatMap((want) => {
    const release = findRelease(want.releaseId);
    return release === undefined ? [] : [{ want, release }];
  });
  const key = SORT_KEYS[call.query.get('sort') ?? 'label'] ?? byLabel;
  return paged(call, {
    key: 'wants',
    linkDefaults: { sort: 'label', sort_order: 'asc' },
    ...rowsOf(sortedBy(wanted, key, call.query.get('sort_order')), ({ want, release }) =>
      wantRow(want, release, user, owner),
    ),
  });
}

/** Applies `notes` and `rating`; a refusal leaves the want untouched. */
function editWant(call: Call, want: Want): Reply | undefined {
  const fields = fieldsOf(call);
  if (fields === undefined) return message(400, 'Invalid JSON body.');
  const rating = numberField(fields, 'rating') ?? want.rating;
  if (!Number.isInteger(rating) || rating < 0 || rating > 5) {
    return invalid('rating', 'expected an integer from 0 to 5');
  }
  want.rating = rating;
  want.notes = textField(fields, 'notes') ?? want.notes;
  return undefined;
}

function putWant(call: Call, user: User): Reply {
  const release = findRelease(idParam(call, 'release_id'));
  if (release === undefined) return noRelease();
  const want = user.wants.get(release.id) ?? {
    releaseId: release.id,
    dateAdded: pacificTime(call.now()),
    rating: 0,
    notes: '',
  };
  const refusal = editWant(call, want);
  if (refusal !== undefined) return refusal;
  user.wants.set(release.id, want);
  return json(201, wantRow(want, release, user, true));
}

function postWant(call: Call, user: User): Reply {
  const release = findRelease(idParam(call, 'release_id'));
  const want = user.wants.get(idParam(call, 'release_id'));
  if (release === undefined || want === undefined) return notWanted();
  return editWant(call, want) ?? json(200, wantRow(want, release, user, true));
}

const deleteWant = (call: Call, user: User): Reply =>
  user.wants.delete(idParam(call, 'release_id')) ? empty(204) : notWanted();

const WANT = '/users/:username/wants/:release_id';

export const WANTLIST_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/users/:username/wants', handle: forUser(listWants) },
  { method: 'PUT', pattern: WANT, handle: forOwner(putWant) },
  { method: 'POST', pattern: WANT, handle: forOwner(postWant) },
  { method: 'DELETE', pattern: WANT, handle: forOwner(deleteWant) },
];
