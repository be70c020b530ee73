/** Callers with an access token of a user: what they may do, whose credential is used, and who sees what is cached. */
import { catalog, type Scope, type SignedInUser, scopeOf, type UserAccess } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { answer, ask, call, fakeFetcher, fixedSecrets, gateway, USUAL_SECRETS } from '../support/fakes.ts';

const ALL: readonly Scope[] = ['read', 'collection:write', 'marketplace:write'];

const user = (name: string, change: Partial<SignedInUser> = {}): SignedInUser => ({
  label: `user:${name}`,
  grantId: `grant-of-${name}`,
  userId: name,
  username: name,
  scopes: ALL,
  credential: { token: `token-of-${name}`, secret: `secret-of-${name}` },
  ...change,
});

interface World {
  readonly isAccepted?: boolean;
  readonly waitSeconds?: number;
}

/** Users by tokens that begin with `daa_`; each signature is another one. */
function access(
  users: Readonly<Record<string, SignedInUser | 'unavailable'>>,
  { isAccepted = true, waitSeconds }: World = {},
): UserAccess & { readonly found: string[] } {
  const found: string[] = [];
  let signatures = 0;
  return {
    found,
    isAccessToken: (text) => text.startsWith('daa_'),
    async find(token, audience) {
      found.push(`${token} ${audience}`);
      const known = users[token];
      if (known === 'unavailable') return { kind: 'unavailable' };
      return known ? { kind: 'user', user: known } : { kind: 'invalid_token' };
    },
    count: async () => waitSeconds,
    isStillAccepted: async () => isAccepted,
    async authorization({ credential }, method, url) {
      signatures += 1;
      return `OAuth ${credential.token} ${method} ${url} ${signatures}`;
    },
    metadataUrl: (baseUrl, audience) => `${baseUrl}/metadata-of-${audience}`,
  };
}

const as = (token: string, more: Record<string, string> = {}) => ({
  headers: { 'x-api-key': '', authorization: `Bearer ${token}`, ...more },
});
const ANA = { daa_ana: user('ana') };
const NO_TOKEN = fixedSecrets({ X_API_KEY: { kind: 'value', value: 'the-key' } });
const OK = answer(200, '{}');

describe('a signed-in user', () => {
  it('needs no key and no token of the gateway, and is signed for', async () => {
    const fetcher = fakeFetcher(OK);
    const one = gateway({ users: access(ANA), fetcher, secrets: NO_TOKEN });
    const { status } = await ask(one, call('GET', '/database/search?q=x', as('daa_ana')));
    expect([status, fetcher.requests.map(({ headers }) => headers['authorization'])]).toEqual([
      200,
      ['OAuth token-of-ana GET https://api.discogs.com/database/search?q=x 1'],
    ]);
  });

  it('is signed for anew with each attempt', async () => {
    const fetcher = fakeFetcher(answer(503), OK);
    const one = gateway({ users: access(ANA), fetcher });
    await ask(one, call('GET', '/oauth/identity', as('daa_ana')));
    expect(fetcher.requests.map(({ headers }) => headers['authorization']?.slice(-2))).toEqual([' 1', ' 2']);
  });

  it('takes precedence over a key beside the token', async () => {
    const fetcher = fakeFetcher(OK);
    const one = gateway({ users: access(ANA), fetcher });
    await ask(one, call('GET', '/oauth/identity', as('daa_ana', { 'x-api-key': 'the-key' })));
    expect(fetcher.requests[0]?.headers['authorization']).toContain('token-of-ana');
  });

  it.each([
    ['an unknown token', 'daa_nobody', 401, { error: 'invalid_token' }],
    ['a token while the store is away', 'daa_away', 503, { error: 'sign_in_unavailable' }],
  ])('is refused with %s, and Discogs is not asked', async (_, token, expected, body) => {
    const fetcher = fakeFetcher(OK);
    const one = gateway({ users: access({ daa_away: 'unavailable' }), fetcher });
    const { status, json, headers } = await ask(one, call('GET', '/releases/1', as(token)));
    expect([status, fetcher.requests]).toEqual([expected, []]);
    expect(json).toMatchObject(body);
    if (expected === 401) {
      expect(headers['www-authenticate']).toBe(
        'Bearer resource_metadata="https://proxy.example/api/metadata-of-api", error="invalid_token", error_description="The access token has expired or was ended"',
      );
    }
  });

  it('is led to the sign-in without a key, also where the owner has set none', async () => {
    for (const secrets of [USUAL_SECRETS, fixedSecrets({})]) {
      const one = gateway({ users: access(ANA), secrets });
      const { status, json, headers } = await ask(
        one,
        call('GET', '/releases/1', { headers: { 'x-api-key': '' } }),
      );
      expect([status, json]).toMatchObject([401, { error: 'unauthorized', reason: 'api_key_mismatch' }]);
      expect(headers['www-authenticate']).toBe(
        'Bearer resource_metadata="https://proxy.example/api/metadata-of-api", scope="read collection:write"',
      );
    }
  });

  it('finds the metadata of MCP behind a call that came through MCP', async () => {
    const users = access(ANA);
    const one = gateway({ users });
    const asked = { ...call('GET', '/releases/1', as('daa_nobody')), audience: 'mcp' } as const;
    expect((await ask(one, asked)).headers['www-authenticate']).toContain('metadata-of-mcp');
    expect(users.found).toEqual(['daa_nobody mcp']);
  });

  it.each([
    ['GET', '/users/ana/wants', ['collection:write'], 'read'],
    ['PUT', '/users/ana/wants/1', ['read', 'marketplace:write'], 'collection:write'],
    ['DELETE', '/marketplace/listings/1', ['read', 'collection:write'], 'marketplace:write'],
    ['POST', '/inventory/export', ['read', 'collection:write'], 'marketplace:write'],
  ] as const)('is not let %s %s with the scopes %j', async (method, path, scopes, scope) => {
    const fetcher = fakeFetcher(OK);
    const one = gateway({ users: access({ daa_ana: user('ana', { scopes }) }), fetcher });
    const { status, json, headers } = await ask(one, call(method, path, as('daa_ana')));
    expect([status, json, fetcher.requests]).toMatchObject([403, { error: 'insufficient_scope', scope }, []]);
    // What the app has is in it as well: some apps ask for exactly that, and would lose it.
    const [, toAskFor = ''] =
      /error="insufficient_scope", .* scope="([^"]+)"$/.exec(headers['www-authenticate'] ?? '') ?? [];
    expect(toAskFor.split(' ').sort()).toEqual([...new Set([...scopes, scope])].sort());
  });

  it('may do with each right what the catalog says', () => {
    const byScope = (scope: Scope) =>
      catalog.filter((operation) => operation.handledBy === 'discogs' && scopeOf(operation) === scope);
    expect(byScope('read').every(({ method }) => method === 'GET')).toBe(true);
    expect(
      byScope('marketplace:write')
        .map(({ id }) => id)
        .sort(),
    ).toMatchInlineSnapshot(`
[
  "addOrderMessage",
  "createExport",
  "createListing",
  "deleteListing",
  "updateListing",
  "updateOrder",
  "uploadAdd",
  "uploadChange",
  "uploadDelete",
]
`);
    expect(
      byScope('collection:write')
        .map(({ id }) => id)
        .sort(),
    ).toMatchInlineSnapshot(`
[
  "addToCollectionFolder",
  "addToWantlist",
  "createCollectionFolder",
  "deleteCollectionFolder",
  "deleteCollectionInstance",
  "deleteReleaseRatingByUser",
  "editCollectionFolder",
  "editCollectionInstance",
  "editCollectionInstanceField",
  "editProfile",
  "editWantlistItem",
  "removeFromWantlist",
  "updateReleaseRatingByUser",
]
`);
  });

  it('has a number of requests in 24 hours', async () => {
    const fetcher = fakeFetcher(OK);
    const one = gateway({ users: access(ANA, { waitSeconds: 77 }), fetcher });
    const { status, json, headers } = await ask(one, call('GET', '/releases/1', as('daa_ana')));
    expect([status, json, headers['retry-after'], fetcher.requests]).toMatchObject([
      429,
      { error: 'quota_used', reset: 77 },
      '77',
      [],
    ]);
  });

  it('learns nothing about the requests of others', async () => {
    const one = gateway({ users: access(ANA) });
    const { status, json } = await ask(one, call('GET', '/status', as('daa_ana')));
    expect([status, json]).toMatchObject([401, { message: expect.stringContaining('owner of the gateway') }]);
    expect((await ask(one, call('GET', '/status'))).status).toBe(200);
  });

  it('only reads where the gateway only reads', async () => {
    const one = gateway({ users: access(ANA), environment: { READ_ONLY: 'true' } });
    const { json } = await ask(one, call('PUT', '/users/ana/wants/1', as('daa_ana')));
    expect(json).toMatchObject({ error: 'read_only' });
  });
});

describe('what is cached of a signed-in user', () => {
  const PRIVATE = '/users/ana/wants';

  it('is shown to that user, through every grant, and to nobody else', async () => {
    const fetcher = fakeFetcher(
      answer(200, '{"of":"ana"}'),
      answer(200, '{"of":"ben"}'),
      answer(200, '{"of":"owner"}'),
    );
    const users = access({ ...ANA, daa_ana2: user('ana', { grantId: 'other' }), daa_ben: user('ben') });
    const one = gateway({ users, fetcher });
    const of = async (options: Parameters<typeof call>[2]) =>
      (await ask(one, call('GET', PRIVATE, options))).json;
    expect(await of(as('daa_ana'))).toEqual({ of: 'ana' });
    expect(await of(as('daa_ana2'))).toEqual({ of: 'ana' });
    expect(await of(as('daa_ben'))).toEqual({ of: 'ben' });
    expect(await of({})).toEqual({ of: 'owner' });
    expect(fetcher.requests).toHaveLength(3);
  });

  it('is no answer for the same request of another user at the same time', async () => {
    const fetcher = fakeFetcher(answer(200, '{"of":"first"}'), answer(200, '{"of":"second"}'));
    const one = gateway({ users: access({ ...ANA, daa_ben: user('ben') }), fetcher });
    await Promise.all(
      ['daa_ana', 'daa_ben', 'daa_ana'].map((token) => ask(one, call('GET', PRIVATE, as(token)))),
    );
    expect(fetcher.requests.map(({ headers }) => headers['authorization']?.split(' ')[1]).sort()).toEqual([
      'token-of-ana',
      'token-of-ben',
    ]);
  });

  it('is asked for anew after a write through another grant of the same user', async () => {
    const fetcher = fakeFetcher(answer(200, '{"n":1}'), answer(201, '{}'), answer(200, '{"n":2}'));
    const users = access({ ...ANA, daa_ana2: user('ana', { grantId: 'other' }) });
    const one = gateway({ users, fetcher });
    await ask(one, call('GET', PRIVATE, as('daa_ana')));
    await ask(one, call('PUT', '/users/ana/wants/1', as('daa_ana2')));
    expect((await ask(one, call('GET', PRIVATE, as('daa_ana')))).json).toEqual({ n: 2 });
  });
});

describe('a consent that was withdrawn at Discogs', () => {
  const refused = answer(401, '{"message":"You must authenticate to access this resource."}');

  it('ends the grant, and the app is told to let its user sign in again', async () => {
    const one = gateway({ users: access(ANA, { isAccepted: false }), fetcher: fakeFetcher(refused) });
    const { status, json } = await ask(one, call('GET', '/oauth/identity', as('daa_ana')));
    expect([status, json]).toMatchObject([401, { error: 'invalid_token' }]);
  });

  it('is told from a refusal of this one request', async () => {
    const one = gateway({ users: access(ANA), fetcher: fakeFetcher(refused) });
    const { status, json } = await ask(one, call('GET', '/oauth/identity', as('daa_ana')));
    expect([status, json]).toMatchObject([401, { error: 'unexpected_status' }]);
  });
});

it('an access token is a wrong key like any other where nobody signs in', async () => {
  const { status, json, headers } = await ask(gateway(), call('GET', '/releases/1', as('daa_ana')));
  expect([status, json]).toMatchObject([401, { error: 'unauthorized', reason: 'api_key_mismatch' }]);
  expect(headers['www-authenticate']).toBe('Bearer');
});
