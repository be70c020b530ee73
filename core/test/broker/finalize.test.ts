import { describe, expect, it } from '@jest/globals';
import { deriveSessionToken, hashSessionToken } from '../../src/broker/state/sessionToken.ts';
import { harness } from './support/harness.ts';

describe('the session token', () => {
  it('is derived as the original derives it', async () => {
    const sessionToken = await deriveSessionToken({
      deviceId: 'device-finalized',
      pendingToken: 'pending-finalized',
      accessToken: 'oauth-access-token',
      accessSecret: 'oauth-access-secret',
    });
    expect(sessionToken).toBe(
      'ce94a8c8beb793b1b1d0239a4864c5027bf9b72f96ace94cff388ab703120d73cf2102b31ede202ceae565067c916c07',
    );
    expect(await hashSessionToken(sessionToken)).toBe(
      'c04ab58b4d49344f97ea66ce116f0138e031d6af2e9f8b69640cfb7f7a52f4fc',
    );
  });
});

describe('finalize', () => {
  it('gives 50 concurrent calls the same token', async () => {
    const { app, authorized } = harness();
    const pair = await authorized();
    const replies = await Promise.all(Array.from({ length: 50 }, () => app.finalize(pair)));
    expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(replies[0]?.status).toBe(200);
    expect(replies[0]?.json?.['session_token']).toMatch(/^[0-9a-f]{96}$/);
    expect((await app.search(String(replies[0]?.json?.['session_token']))).status).toBe(200);
  });

  it('gives the same token and end again after a lost reply, for ten minutes', async () => {
    const { app, ask, authorized, passSeconds, clock } = harness();
    const pair = await authorized();
    // Late in the time to sign in, which is no limit here.
    passSeconds(890);
    const first = await app.finalize(pair);
    expect(first.json?.['expires_at']).toBe(clock.ms / 1000 + 2_592_000);
    for (const seconds of [60, 539]) {
      passSeconds(seconds);
      expect((await app.finalize(pair)).text).toBe(first.text);
    }
    for (const seconds of [1, 86_400]) {
      passSeconds(seconds);
      expect(await app.finalize(pair)).toMatchObject({
        status: 409,
        json: { error: 'already_finalized', message: 'device session has already been finalized' },
      });
      expect((await app.status(pair)).json).toEqual({ status: 'finalized', expires_at: pair.expiresAt });
      expect((await ask('GET', pair.authUrl)).text).toContain('Already linked');
      expect((await app.finalize({ ...pair, pendingToken: 'x' })).status).toBe(404);
    }
    expect((await app.search(String(first.json?.['session_token']))).status).toBe(200);
  });

  it('gives no token for long to a clock that was ahead when it was finalized', async () => {
    const { app, authorized, passSeconds } = harness();
    passSeconds(86_400);
    const pair = await authorized();
    const { text } = await app.finalize(pair);
    // Clocks of two instances differ by less.
    passSeconds(-599);
    expect((await app.finalize(pair)).text).toBe(text);
    passSeconds(-1);
    expect((await app.finalize(pair)).status).toBe(409);
    passSeconds(-85_800);
    expect((await app.finalize(pair)).status).toBe(409);
  });

  it('knows nothing once the broker session is over', async () => {
    const { app, signedIn, passSeconds } = harness();
    const { sessionToken, ...pair } = await signedIn();
    passSeconds(2_592_000);
    expect((await app.finalize(pair)).status).toBe(404);
    expect((await app.status(pair)).status).toBe(404);
    expect((await app.search(sessionToken)).status).toBe(401);
  });

  it('stores neither the token nor the pending token that the client holds', async () => {
    const { stores, signedIn } = harness();
    const { deviceId, pendingToken, sessionToken } = await signedIn();
    const row = JSON.stringify(await stores.sessions.get(deviceId));
    expect(row).not.toContain(pendingToken);
    expect(row).not.toContain(sessionToken);
    expect(row).not.toContain('access-secret');
  });

  it('says that the time is over when it ends meanwhile, and what another call did', async () => {
    const { app, stores, authorized, passSeconds } = harness();
    const pair = await authorized();
    const { finalize } = stores.sessions;
    Object.assign(stores.sessions, {
      finalize: async (...[deviceId, pendingToken, finalization, now]: Parameters<typeof finalize>) => {
        passSeconds(900);
        return finalize(deviceId, pendingToken, finalization, now + 900);
      },
    });
    expect((await app.finalize(pair)).status).toBe(410);
    passSeconds(-900);
    Object.assign(stores.sessions, {
      finalize: async (...given: Parameters<typeof finalize>) => {
        Object.assign(stores.sessions, { finalize });
        const { text } = await app.finalize(pair);
        expect(await finalize(...given)).toBe(false);
        others.push(text);
        return false;
      },
    });
    const others: string[] = [];
    const reply = await app.finalize(pair);
    expect([reply.status, others]).toEqual([200, [reply.text]]);
  });
});
