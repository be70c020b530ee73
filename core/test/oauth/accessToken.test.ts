/** `/token` and `/revoke`: what their forms must be, and what an access token opens. */
import { describe, expect, it } from '@jest/globals';
import { APP, APP_REQUEST, GPT, harness, NOON, SECRET } from './support/harness.ts';

describe('/token', () => {
  it.each([
    ['JSON', { body: '{}', headers: { 'content-type': 'application/json' } }, 400],
    ['no media type', { body: 'grant_type=refresh_token' }, 400],
    ['more than 8 kilobytes', { form: { a: 'x'.repeat(8200) } }, 413],
    ['no client', { form: { grant_type: 'refresh_token' } }, 401],
  ])('answers a body of %s in JSON', async (_, options, status) => {
    const reply = await harness().ask('POST', 'token', options);
    expect([reply.status, typeof reply.json['error']]).toEqual([status, 'string']);
  });

  it('is found in any case, and with a slash at its end', async () => {
    const { ask } = harness();
    for (const path of ['token/', 'TOKEN']) expect((await ask('POST', path, { form: {} })).status).toBe(401);
  });

  it('takes POST, and lets pages of any origin ask', async () => {
    const { ask } = harness();
    const got = await ask('GET', 'token');
    expect([got.status, got.headers['allow']]).toEqual([405, 'POST']);
    const preflight = await ask('OPTIONS', 'token');
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, '*']);
  });
});

describe('/revoke', () => {
  const revoke = (world: ReturnType<typeof harness>, given: string, change: Record<string, string> = {}) =>
    world.ask('POST', 'revoke', { form: { token: given, client_id: APP.client_id, ...change } });

  it('ends the grant of a refresh token', async () => {
    const world = harness();
    const { access, refresh } = await world.signedIn();
    expect((await revoke(world, refresh)).status).toBe(200);
    expect(await world.isGood(access)).toBe(false);
    expect((await world.token(world.refreshForm(refresh))).status).toBe(400);
    expect((await revoke(world, refresh)).status).toBe(200);
  });

  it('ends an access token alone', async () => {
    const world = harness();
    const { access, refresh } = await world.signedIn();
    expect((await revoke(world, access)).status).toBe(200);
    expect(await world.isGood(access)).toBe(false);
    expect((await world.token(world.refreshForm(refresh))).status).toBe(200);
  });

  it('refuses a token of another client, and says nothing about what is none', async () => {
    const world = harness();
    const { access, refresh } = await world.signedIn();
    const foreign = { client_id: GPT.client_id, client_secret: SECRET };
    expect((await revoke(world, refresh, foreign)).json['error']).toBe('invalid_grant');
    expect((await revoke(world, 'x')).status).toBe(200);
    expect(await world.isGood(access)).toBe(true);
  });
});

describe('an access token', () => {
  it('opens what it was issued for', async () => {
    const world = harness();
    const mcp = await world.signedIn({ ...APP_REQUEST, resource: 'https://gateway.example/api/mcp' });
    const all = await world.signedIn({ ...APP_REQUEST, resource: 'https://gateway.example/api/' });
    const kinds = async (access: string) =>
      Promise.all(
        (['api', 'mcp'] as const).map(async (audience) => (await world.users.find(access, audience)).kind),
      );
    expect(await kinds(mcp.access)).toEqual(['invalid_token', 'user']);
    expect(await kinds(all.access)).toEqual(['user', 'user']);
  });

  it('gives the credential of its user, and of nobody else', async () => {
    const world = harness();
    const first = await world.signedIn();
    Object.assign(world.discogs, { username: 'other_user', userId: 43 });
    const second = await world.signedIn();
    const found = await Promise.all([first, second].map(({ access }) => world.users.find(access, 'api')));
    expect(found).toMatchObject([
      { user: { userId: '42', username: 'some_user', credential: { token: 'access-token-2' } } },
      { user: { userId: '43', username: 'other_user', credential: { token: 'access-token-4' } } },
    ]);
  });

  it('is not a refresh token, not a code, and not of another grant', async () => {
    const world = harness();
    const { refresh, access } = await world.signedIn();
    const other = await world.signedIn();
    const [, id = ''] = access.split('_');
    const [, , secret = ''] = other.access.split('_');
    for (const text of [refresh, `daa_${id}_${secret}`, 'x', ''])
      expect(await world.isGood(text)).toBe(false);
  });

  it('is worth a number of requests in 24 hours for all grants of a user, where a quota is set', async () => {
    const world = harness({ environment: { SIGN_IN_DAILY_QUOTA: '2' } });
    const userOf = async ({ access }: { access: string }) => {
      const found = await world.users.find(access, 'api');
      if (found.kind !== 'user') throw new Error(found.kind);
      return found.user;
    };
    const [first, second] = [await userOf(await world.signedIn()), await userOf(await world.signedIn())];
    Object.assign(world.discogs, { username: 'other_user', userId: 43 });
    const other = await userOf(await world.signedIn());
    const { count } = world.users;
    expect([await count(first), await count(second)]).toEqual([undefined, undefined]);
    expect([await count(first), await count(other)]).toEqual([86_400, undefined]);
    world.passSeconds(86_400);
    expect(await count(first)).toBe(undefined);
  });

  it('is checked against a store that is away as something that may be tried again', async () => {
    const world = harness();
    const { access } = await world.signedIn();
    Object.assign(world.stores.grants, { get: () => Promise.reject(new Error('away')) });
    expect(await world.users.find(access, 'api')).toEqual({ kind: 'unavailable' });
  });

  it.each([
    ['ends when Discogs takes the credential no more', { kind: 'refused', status: 401 } as const, false],
    ['stays when Discogs refuses something else', { kind: 'refused', status: 403 } as const, true],
    ['stays when Discogs cannot be asked', { kind: 'unreachable' } as const, true],
    ['stays when Discogs takes it', undefined, true],
  ])('%s', async (_, failure, stays) => {
    const world = harness();
    const { access, refresh } = await world.signedIn();
    const found = await world.users.find(access, 'api');
    if (found.kind !== 'user') throw new Error('no user');
    world.discogs.failing.identity = failure;
    expect(await world.users.isStillAccepted(found.user, NOON + 10_000)).toBe(stays);
    expect(await world.isGood(access)).toBe(stays);
    expect((await world.token(world.refreshForm(refresh))).status).toBe(stays ? 200 : 400);
  });

  it.each([
    ['takes the application itself no more', { kind: 'refused', status: 401 } as const],
    ['cannot be asked about the application', { kind: 'unreachable' } as const],
  ])('stays when Discogs %s', async (_, failure) => {
    const world = harness();
    const { access } = await world.signedIn();
    const found = await world.users.find(access, 'api');
    if (found.kind !== 'user') throw new Error('no user');
    Object.assign(world.discogs.failing, {
      identity: { kind: 'refused', status: 401 },
      requestToken: failure,
    });
    expect(await world.users.isStillAccepted(found.user, NOON + 10_000)).toBe(true);
    expect(await world.isGood(access)).toBe(true);
  });
});

it('keeps no token and no credential in a readable form, and writes none to the log', async () => {
  const world = harness();
  const { access, refresh } = await world.signedIn();
  const [record] = await world.stores.grants.ownedBy('42', 9);
  const kept = JSON.stringify([record, world.log.lines, world.events]);
  for (const secret of [access, refresh, 'access-secret', 'access-token', 'request-secret']) {
    expect(kept).not.toContain(secret);
    for (const part of secret.split('_').slice(2)) expect(kept).not.toContain(part);
  }
});
