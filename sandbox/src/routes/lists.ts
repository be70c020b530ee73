/** Lists of users. Private ones do not exist for others. */
import { listBody, listRow } from '../compose/list.ts';
import { noList } from '../http/errors.ts';
import { rowsOf } from '../http/pagination.ts';
import { ok, type Reply } from '../http/reply.ts';
import type { User, UserList } from '../state/model.ts';
import { type Call, forUser, holdingsOf, idParam, isOwner, paged, type Route } from './call.ts';

const maySee = (call: Call, { isPublic, owner }: UserList): boolean => isPublic || isOwner(call, owner);

function listLists(call: Call, { username }: User): Reply {
  const lists = [...call.state.lists.values()].filter(
    (list) => list.owner === username && maySee(call, list),
  );
  return paged(call, { key: 'lists', ...rowsOf(lists, listRow) });
}

function getList(call: Call): Reply {
  const list = call.state.lists.get(idParam(call, 'list_id'));
  const owner = list && call.state.users.get(list.owner);
  if (list === undefined || owner === undefined || !maySee(call, list)) return noList();
  return ok(listBody(list, owner, holdingsOf(call), call.caller.kind === 'user'));
}

export const LIST_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/users/:username/lists', handle: forUser(listLists) },
  { method: 'GET', pattern: '/lists/:list_id', handle: getList },
];
