/** What every store of the sign-in must do, whatever is behind it. */
import type { BrokerStores, DeviceSession, StoredRequestToken } from '@discogs-agent/core/broker';
import { describe, expect, it } from '@jest/globals';

/** Unix seconds. */
const NOW = 1_800_000_000;

const session = (change: Partial<DeviceSession> = {}): DeviceSession => ({
  deviceId: 'device/1?#\\ä',
  pendingToken: 'pending-1',
  status: 'pending',
  pollIntervalSeconds: 5,
  createdAt: NOW,
  updatedAt: NOW,
  expiresAt: NOW + 900,
  authorizedAt: null,
  accessToken: null,
  sealedSecret: null,
  identity: null,
  linkedBy: null,
  sessionTokenHash: null,
  sessionExpiresAt: null,
  finalizedAt: null,
  ...change,
});
const DEVICE = session().deviceId;

const token = (change: Partial<StoredRequestToken> = {}): StoredRequestToken => ({
  oauthToken: 'request/1',
  sealedSecret: 'sealed-request',
  deviceId: DEVICE,
  pendingToken: 'pending-1',
  createdAt: NOW,
  expiresAt: NOW + 900,
  ...change,
});

const AUTHORIZATION = { accessToken: 'access-1', sealedSecret: 'sealed-1', linkedBy: 'browser-1' };
const FINALIZATION = {
  sessionTokenHash: 'hash-1',
  sessionExpiresAt: NOW + 1000,
  newPendingToken: 'pending-2',
};

/** Of `count` calls at once, those that were given something. */
async function winners<T>(count: number, call: () => Promise<T>): Promise<number> {
  return (await Promise.all(Array.from({ length: count }, call))).filter(Boolean).length;
}

/**
 * Registers the tests. `create` gives stores over a new and empty place each time.
 *
 * @example
 * describeBrokerStores('in memory', async () => memoryStores());
 */
export function describeBrokerStores(name: string, create: () => Promise<BrokerStores>): void {
  describe(`device sessions ${name}`, () => {
    const withSession = async (change: Partial<DeviceSession> = {}) => {
      const { sessions } = await create();
      await sessions.insert(session(change));
      return sessions;
    };
    const finalized = async () => {
      const sessions = await withSession();
      await sessions.authorize(DEVICE, 'pending-1', AUTHORIZATION, NOW + 1);
      await sessions.finalize(DEVICE, 'pending-1', FINALIZATION, NOW + 2);
      return sessions;
    };

    it('are read as they were written, at once', async () => {
      const sessions = await withSession();
      expect(await sessions.get(DEVICE)).toEqual(session());
      expect(await sessions.get('nobody')).toBeNull();
    });

    it('are not written twice', async () => {
      const sessions = await withSession();
      await expect(sessions.insert(session({ pendingToken: 'other' }))).rejects.toThrow();
      expect(await sessions.get(DEVICE)).toEqual(session());
    });

    it('take one credential, of one browser', async () => {
      const sessions = await withSession();
      expect(await sessions.authorize(DEVICE, 'pending-1', AUTHORIZATION, NOW + 1)).toBe(true);
      const row = session({
        status: 'authorized',
        ...AUTHORIZATION,
        authorizedAt: NOW + 1,
        updatedAt: NOW + 1,
      });
      expect(await sessions.get(DEVICE)).toEqual(row);
      const second = { accessToken: 'access-2', sealedSecret: 'sealed-2', linkedBy: 'browser-2' };
      expect(await sessions.authorize(DEVICE, 'pending-1', second, NOW + 2)).toBe(false);
      expect(await sessions.get(DEVICE)).toEqual(row);
    });

    it('take a credential from one of ten who bring one at once', async () => {
      const sessions = await withSession();
      const authorize = () => sessions.authorize(DEVICE, 'pending-1', AUTHORIZATION, NOW + 1);
      expect(await winners(10, authorize)).toBe(1);
    });

    it('take a name', async () => {
      const sessions = await withSession();
      expect(await sessions.setIdentity(DEVICE, 'somebody')).toBe(true);
      expect(await sessions.get(DEVICE)).toEqual(session({ identity: 'somebody' }));
      expect(await sessions.setIdentity('nobody', 'somebody')).toBe(false);
    });

    it.each([
      ['another pending token', 'pending-x', NOW + 1, {}],
      ['its time is over', 'pending-1', NOW + 900, {}],
      ['it is expired', 'pending-1', NOW + 1, { status: 'expired' }],
      ['it has one', 'pending-1', NOW + 1, { status: 'authorized' }],
      ['it is finalized', 'pending-1', NOW + 1, { status: 'finalized' }],
    ] as const)('take no credential: %s', async (_, pendingToken, now, change) => {
      const sessions = await withSession(change);
      expect(await sessions.authorize(DEVICE, pendingToken, AUTHORIZATION, now)).toBe(false);
      expect(await sessions.get(DEVICE)).toEqual(session(change));
    });

    it('are finalized once, whoever else tries', async () => {
      const sessions = await withSession();
      await sessions.authorize(DEVICE, 'pending-1', AUTHORIZATION, NOW + 1);
      expect(await winners(10, () => sessions.finalize(DEVICE, 'pending-1', FINALIZATION, NOW + 2))).toBe(1);
      expect(await sessions.get(DEVICE)).toEqual(
        session({
          status: 'finalized',
          ...AUTHORIZATION,
          pendingToken: 'pending-2',
          sessionTokenHash: 'hash-1',
          sessionExpiresAt: NOW + 1000,
          authorizedAt: NOW + 1,
          finalizedAt: NOW + 2,
          updatedAt: NOW + 2,
        }),
      );
    });

    it.each([
      ['another pending token', 'pending-x', NOW + 2],
      ['its time is over', 'pending-1', NOW + 900],
    ])('are not finalized: %s', async (_, pendingToken, now) => {
      const sessions = await withSession();
      await sessions.authorize(DEVICE, 'pending-1', AUTHORIZATION, NOW + 1);
      const before = await sessions.get(DEVICE);
      expect(await sessions.finalize(DEVICE, pendingToken, FINALIZATION, now)).toBe(false);
      expect(await sessions.get(DEVICE)).toEqual(before);
      expect(await sessions.getByTokenHash('hash-1', NOW + 2)).toBeNull();
    });

    it('are not finalized before there is a credential', async () => {
      const sessions = await withSession();
      expect(await sessions.finalize(DEVICE, 'pending-1', FINALIZATION, NOW)).toBe(false);
    });

    it('are not finalized once they are expired, whatever they hold', async () => {
      const sessions = await withSession({ ...AUTHORIZATION, status: 'expired' });
      expect(await sessions.finalize(DEVICE, 'pending-1', FINALIZATION, NOW)).toBe(false);
    });

    it('are found by the hash of their token until they end', async () => {
      const sessions = await finalized();
      expect(await sessions.getByTokenHash('hash-1', NOW + 999)).toMatchObject({ deviceId: DEVICE });
      expect(await sessions.getByTokenHash('hash-1', NOW + 1000)).toBeNull();
      expect(await sessions.getByTokenHash('hash-2', NOW + 2)).toBeNull();
    });

    it.each([
      ['pending', true],
      ['authorized', false],
      ['finalized', false],
    ] as const)("end with the user's no: %s: %s", async (status, expected) => {
      const sessions = await withSession({ status });
      expect(await sessions.deny(DEVICE, 'pending-x', NOW + 1)).toBe(false);
      expect(await sessions.deny(DEVICE, 'pending-1', NOW + 1)).toBe(expected);
      expect((await sessions.get(DEVICE))?.status).toBe(expected ? 'expired' : status);
    });

    it('take a secret sealed anew only in the place of the one it was made from', async () => {
      const sessions = await finalized();
      expect(await sessions.reseal(DEVICE, 'sealed-0', 'sealed-3')).toBe(false);
      expect(await sessions.reseal(DEVICE, 'sealed-1', 'sealed-2')).toBe(true);
      expect(await sessions.getByTokenHash('hash-1', NOW + 2)).toMatchObject({ sealedSecret: 'sealed-2' });
    });

    it('are gone when they end', async () => {
      const sessions = await finalized();
      expect(await sessions.end('hash-0')).toBe(false);
      expect(await sessions.end('hash-1')).toBe(true);
      expect(await sessions.end('hash-1')).toBe(false);
      expect(await sessions.get(DEVICE)).toBeNull();
      expect(await sessions.getByTokenHash('hash-1', NOW + 2)).toBeNull();
    });

    it.each([
      ['an open one whose time is over', { expiresAt: NOW }, true],
      ['an open one in time', { expiresAt: NOW + 1 }, false],
      ['an expired one', { status: 'expired', expiresAt: NOW }, true],
      ['a finalized one that has ended', { status: 'finalized', sessionExpiresAt: NOW }, true],
      ['a finalized one without an end', { status: 'finalized', sessionExpiresAt: null }, true],
      ['a live one', { status: 'finalized', expiresAt: NOW - 9, sessionExpiresAt: NOW + 1 }, false],
    ] as const)('are pruned: %s', async (_, change, isPruned) => {
      const sessions = await withSession(change);
      expect(await sessions.prune(NOW)).toBe(isPruned ? 1 : 0);
      expect((await sessions.get(DEVICE)) === null).toBe(isPruned);
    });
  });

  describe(`request tokens ${name}`, () => {
    const withToken = async (change: Partial<StoredRequestToken> = {}) => {
      const { requestTokens } = await create();
      await requestTokens.put(token(change));
      return requestTokens;
    };

    it('are claimed once, whoever else tries, and again when put back', async () => {
      const requestTokens = await withToken();
      const claim = () => requestTokens.claim('request/1', DEVICE, 'pending-1', NOW + 1);
      expect(await winners(10, claim)).toBe(1);
      await requestTokens.put(token());
      expect(await claim()).toEqual(token());
    });

    it('are replaced by a newer one of the same name', async () => {
      const requestTokens = await withToken();
      await requestTokens.put(token({ sealedSecret: 'newer' }));
      expect(await requestTokens.claim('request/1', DEVICE, 'pending-1', NOW)).toMatchObject({
        sealedSecret: 'newer',
      });
    });

    it.each([
      ['another token', ['request/2', DEVICE, 'pending-1', NOW]],
      ['another device', ['request/1', 'device-2', 'pending-1', NOW]],
      ['another pending token', ['request/1', DEVICE, 'pending-2', NOW]],
      ['too late', ['request/1', DEVICE, 'pending-1', NOW + 900]],
    ] as const)('are not claimed: %s', async (_, [oauthToken, deviceId, pendingToken, now]) => {
      const requestTokens = await withToken();
      expect(await requestTokens.claim(oauthToken, deviceId, pendingToken, now)).toBeNull();
      expect(await requestTokens.claim('request/1', DEVICE, 'pending-1', NOW)).toEqual(token());
    });

    it('are dropped with their device', async () => {
      const requestTokens = await withToken();
      const other = token({ oauthToken: 'request/2', deviceId: 'device-2' });
      await requestTokens.put(other);
      await requestTokens.dropDevice(DEVICE);
      expect(await requestTokens.claim('request/1', DEVICE, 'pending-1', NOW)).toBeNull();
      expect(await requestTokens.claim('request/2', 'device-2', 'pending-1', NOW)).toEqual(other);
    });

    it('are pruned when their time is over', async () => {
      const requestTokens = await withToken();
      expect(await requestTokens.prune(NOW + 899)).toBe(0);
      expect(await requestTokens.prune(NOW + 900)).toBe(1);
    });
  });

  describe(`throttle counters ${name}`, () => {
    it('lose no hit, and begin anew with the next window', async () => {
      const { throttle } = await create();
      const hits = await Promise.all(Array.from({ length: 10 }, () => throttle.hit('a', NOW, 600)));
      expect(hits.map((hit) => hit.hits).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(await throttle.hit('b', NOW + 1, 600)).toEqual({ hits: 1, resetsAt: NOW + 601 });
      expect(await throttle.hit('a', NOW + 599, 600)).toEqual({ hits: 11, resetsAt: NOW + 600 });
      expect(await throttle.hit('a', NOW + 600, 600)).toEqual({ hits: 1, resetsAt: NOW + 1200 });
    });

    it('take a hit back, in its own window', async () => {
      const { throttle } = await create();
      await throttle.hit('a', NOW, 600);
      await throttle.hit('a', NOW, 600);
      await throttle.release('a', NOW + 600);
      expect(await throttle.hit('a', NOW, 600)).toEqual({ hits: 2, resetsAt: NOW + 600 });
      await throttle.release('a', NOW + 599);
      await throttle.release('b', NOW + 600);
      expect(await throttle.hit('a', NOW, 600)).toEqual({ hits: 3, resetsAt: NOW + 600 });
    });

    it('lose no hit that is taken back, and are never below zero', async () => {
      const { throttle } = await create();
      await Promise.all(Array.from({ length: 10 }, () => throttle.hit('a', NOW, 600)));
      await Promise.all(Array.from({ length: 8 }, () => throttle.release('a', NOW + 600)));
      expect((await throttle.hit('a', NOW, 600)).hits).toBe(3);
      for (let release = 0; release < 5; release += 1) await throttle.release('a', NOW + 600);
      expect((await throttle.hit('a', NOW, 600)).hits).toBe(1);
    });

    it('begin anew when a clock that was ahead has begun their window', async () => {
      const { throttle } = await create();
      await throttle.hit('a', NOW + 86_400, 600);
      expect(await throttle.hit('a', NOW, 600)).toEqual({ hits: 1, resetsAt: NOW + 600 });
      // Clocks of two instances are never quite the same.
      await throttle.hit('b', NOW + 30, 600);
      expect(await throttle.hit('b', NOW, 600)).toEqual({ hits: 2, resetsAt: NOW + 630 });
    });

    it('are pruned when their window is over', async () => {
      const { throttle } = await create();
      await throttle.hit('a', NOW, 600);
      expect(await throttle.prune(NOW + 599)).toBe(0);
      expect(await throttle.prune(NOW + 600)).toBe(1);
    });
  });

  describe(`prune runs ${name}`, () => {
    it('tell the time of the last one', async () => {
      const { pruneRuns } = await create();
      expect(await pruneRuns.last()).toBeNull();
      await pruneRuns.record(NOW);
      await pruneRuns.record(NOW - 1);
      expect(await pruneRuns.last()).toBe(NOW - 1);
    });
  });
}
