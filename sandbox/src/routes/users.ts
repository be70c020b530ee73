/** Identity and profile. */
import { CURRENCIES } from '../compose/money.ts';
import { identityBody, profileBody } from '../compose/user.ts';
import { invalid, notAuthenticated } from '../http/errors.ts';
import { message, ok, type Reply } from '../http/reply.ts';
import type { EditableProfile, User } from '../state/model.ts';
import { type Call, callingUser, forOwner, forUser, isOwner, type Route } from './call.ts';
import { fieldsOf, textField } from './input.ts';

const EDITABLE: readonly (keyof EditableProfile)[] = [
  'name',
  'home_page',
  'location',
  'profile',
  'curr_abbr',
];

function identity(call: Call): Reply {
  const user = callingUser(call);
  return user === undefined ? notAuthenticated() : ok(identityBody(user));
}

const profileReply = (call: Call, user: User): Reply =>
  ok(profileBody(user, call.state, isOwner(call, user.username)));

function editProfile(call: Call, user: User): Reply {
  const fields = fieldsOf(call);
  if (fields === undefined) return message(400, 'Invalid JSON body.');
  const currency = textField(fields, 'curr_abbr');
  if (currency !== undefined && !CURRENCIES.includes(currency)) {
    return invalid('curr_abbr', `expected one of ${CURRENCIES.join(', ')}`);
  }
  for (const name of EDITABLE) user.profile[name] = textField(fields, name) ?? user.profile[name];
  return profileReply(call, user);
}

export const USER_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/oauth/identity', handle: identity },
  { method: 'GET', pattern: '/users/:username', handle: forUser(profileReply) },
  { method: 'POST', pattern: '/users/:username', handle: forOwner(editProfile) },
];
