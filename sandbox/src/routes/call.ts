/** What a route sees of a request. */
import type { Holdings } from '../compose/parts.ts';
import type { Caller } from '../http/credentials.ts';
import { notAuthenticated, notYours, noUser } from '../http/errors.ts';
import { type Listed, pageReply } from '../http/pagination.ts';
import type { Reply } from '../http/reply.ts';
import type { SignedRequest } from '../oauth/signed.ts';
import type { State, User } from '../state/model.ts';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  readonly contentType: string | undefined;
  readonly ifModifiedSince: string | undefined;
  readonly caller: Caller;
  /** The OAuth parameters, wherever they stand. */
  readonly signed: () => SignedRequest;
  readonly state: State;
  readonly now: () => number;
}

export type Handler = (call: Call) => Reply;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Segments starting with a colon are parameters; those ending in `_id` take digits only. */
  readonly pattern: string;
  readonly handle: Handler;
}

export const idParam = (call: Call, name: string): number => Number(call.params[name]);

/** The list as Discogs pages it. */
export const paged = (call: Call, list: Listed): Reply => pageReply(call.path, call.query, list);

export function callingUser({ caller, state }: Call): User | undefined {
  return caller.kind === 'user' ? state.users.get(caller.username) : undefined;
}

export const isOwner = ({ caller }: Call, username: string): boolean =>
  caller.kind === 'user' && caller.username === username;

export function holdingsOf(call: Call): Holdings {
  const user = callingUser(call);
  return {
    wants: (id) => user?.wants.has(id) ?? false,
    copies: (id) => user?.items.filter(({ releaseId }) => releaseId === id).length ?? 0,
  };
}

/** Runs `handle` with the user of the path, or answers 404. */
export function forUser(handle: (call: Call, user: User) => Reply): Handler {
  return (call) => {
    const user = call.state.users.get(call.params['username'] ?? '');
    return user === undefined ? noUser() : handle(call, user);
  };
}

/** As {@link forUser}, and only when the caller is that user. */
export function forOwner(handle: (call: Call, user: User) => Reply): Handler {
  const asUser = forUser((call, user) => (isOwner(call, user.username) ? handle(call, user) : notYours()));
  return (call) => (call.caller.kind === 'user' ? asUser(call) : notAuthenticated());
}
