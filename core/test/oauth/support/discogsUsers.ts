/** Discogs with several users, each of whom has a wantlist that only their own credential changes. */
import type { FetchedAnswer, Fetcher } from '@discogs-agent/core';
import { type FakeDiscogs, fakeDiscogs } from '../../broker/support/fakeDiscogs.ts';
import { answer } from '../../support/fakes.ts';

/** A write that Discogs has carried out. */
export interface Write {
  readonly owner: string;
  readonly releaseId: number;
}

export interface DiscogsUsers extends FakeDiscogs {
  readonly fetcher: Fetcher;
  /** Who says yes from now on. */
  person: string;
  readonly writes: Write[];
  /** Takes back what a user has allowed: their credentials open nothing more. */
  withdraw(user: string): void;
  /** Asked before each call to the API: an answer in place of the usual one. */
  fault: () => FetchedAnswer | undefined;
}

const tokenIn = (authorization = ''): string => /oauth_token="([^"]+)"/.exec(authorization)?.[1] ?? '';

/** Makes it. `users` are their names; their numbers are those of the list. */
export function discogsUsers(users: readonly string[]): DiscogsUsers {
  const base = fakeDiscogs();
  const approvedBy = new Map<string, string>();
  const owners = new Map<string, string>();
  const { approve, accessToken } = base;
  const refused = (): FetchedAnswer => answer(401, { message: 'Invalid consumer or token.' });

  const world: DiscogsUsers = Object.assign(base, {
    person: users[0] ?? '',
    writes: [] as Write[],
    fault: () => undefined,
    withdraw(user: string) {
      for (const [token, owner] of owners) if (owner === user) owners.delete(token);
    },
    approve(requestToken: string) {
      approvedBy.set(requestToken, world.person);
      return approve(requestToken);
    },
    accessToken: (async (requestToken, verifier, deadline) => {
      const result = await accessToken(requestToken, verifier, deadline);
      if (result.ok) owners.set(result.value.token, approvedBy.get(requestToken.token) ?? '');
      return result;
    }) satisfies FakeDiscogs['accessToken'],
    identity: (async ({ token }) => {
      if (base.failing.identity) return { ok: false, failure: base.failing.identity };
      const owner = owners.get(token);
      if (owner === undefined) return { ok: false, failure: { kind: 'refused', status: 401 } };
      return { ok: true, value: { id: 1000 + users.indexOf(owner), username: owner } };
    }) satisfies FakeDiscogs['identity'],
    fetcher: (async ({ method, pathAndQuery, headers }) => {
      const trouble = world.fault();
      if (trouble) return trouble;
      const owner = owners.get(tokenIn(headers['authorization']));
      if (owner === undefined) return refused();
      if (pathAndQuery === '/oauth/identity') return answer(200, { owner });
      const [, named = '', releaseId = ''] = /^\/users\/(\w+)\/wants(?:\/(\d+))?/.exec(pathAndQuery) ?? [];
      if (named !== owner) return answer(403, { message: 'You do not have permission.' });
      if (method === 'GET') return answer(200, { owner });
      world.writes.push({ owner, releaseId: Number(releaseId) });
      return answer(201, { owner });
    }) satisfies Fetcher,
  });
  return world;
}
