import { describe, expect, it } from '@jest/globals';
import { deriveSessionToken, hashSessionToken } from '../../src/broker/state/sessionToken.ts';
import { harness } from './support/harness.ts';

/** Something that happens once, and can be waited for. */
function signal() {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: () => resolve() };
}

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

  it('gives the same token and end again after a lost reply, and long after the sign-in', async () => {
    const { app, authorized, passSeconds, clock } = harness();
    const pair = await authorized();
    const first = await app.finalize(pair);
    expect(first.json?.['expires_at']).toBe(clock.ms / 1000 + 2_592_000);
    passSeconds(60);
    expect((await app.finalize(pair)).text).toBe(first.text);
    passSeconds(86_400);
    expect((await app.finalize(pair)).text).toBe(first.text);
    expect((await app.search(String(first.json?.['session_token']))).status).toBe(200);
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

  it('derives the token anew when another consent came between', async () => {
    const { app, stores, ask, authorized, consentPage, approved } = harness();
    const pair = await authorized();
    const second = approved(pair, await consentPage(pair));
    const finalizeStore = stores.sessions.finalize;
    let isFirst = true;
    Object.assign(stores.sessions, {
      finalize: async (...given: Parameters<typeof finalizeStore>) => {
        if (isFirst) {
          isFirst = false;
          await ask('GET', second);
        }
        return finalizeStore(...given);
      },
    });
    const reply = await app.finalize(pair);
    expect(reply.status).toBe(200);
    expect((await app.finalize(pair)).text).toBe(reply.text);
  });

  it('wins against the end of the time when it came first, for whoever asks meanwhile', async () => {
    const { app, stores, authorized, passSeconds } = harness();
    const pair = await authorized();
    const finalizeStore = stores.sessions.finalize;
    const expireStore = stores.sessions.expire;
    const finalizing = signal();
    const expiring = signal();
    Object.assign(stores.sessions, {
      finalize: async (...given: Parameters<typeof finalizeStore>) => {
        passSeconds(900);
        finalizing.resolve();
        await expiring.promise;
        return finalizeStore(...given);
      },
      expire: async (...given: Parameters<typeof expireStore>) => {
        expiring.resolve();
        await finalized;
        return expireStore(...given);
      },
    });
    const finalized = app.finalize(pair);
    await finalizing.promise;
    expect((await app.status(pair)).json?.['status']).toBe('finalized');
    expect((await finalized).status).toBe(200);
  });
});
