/** What an app may do with a user's Discogs account. */
import { SCOPES, type Scope } from '../catalog/scopes.ts';

/** As the consent page says it. */
export const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  read: 'See everything that you see at Discogs: your profile, your collection, your wantlist, your lists, your inventory and your orders, private ones included',
  'collection:write': 'Change your collection, your wantlist, your ratings and your profile',
  'marketplace:write': 'Sell for you: change your listings, and handle your orders',
};

/** As the page of grants says it, in a row. */
export const SHORT_SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  read: 'sees your account',
  'collection:write': 'changes your collection and wantlist',
  'marketplace:write': 'sells for you',
};

const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);

/**
 * The scopes of a `scope` parameter; undefined when it names none of ours. Unknown ones are left out: clients add
 * `openid` or `offline_access` by themselves. Without the parameter it is `read`, which every grant includes.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-3.3
 */
export function readScopes(parameter: string | undefined): readonly Scope[] | undefined {
  const named = (parameter ?? '').split(' ').filter((text) => text !== '');
  const known = named.filter(isScope);
  const others = named.filter((text) => !isScope(text) && text !== 'offline_access' && text !== 'openid');
  if (known.length === 0 && others.length > 0) return undefined;
  return SCOPES.filter((scope) => scope === 'read' || known.includes(scope));
}
