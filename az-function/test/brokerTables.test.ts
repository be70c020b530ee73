/** The broker's stores in Azure Tables: on a small stand-in always, on Azurite where `AZURITE_TABLE` names one. */
import { randomUUID } from 'node:crypto';
import type { BrokerStores, DeviceSession } from '@discogs-agent/core/broker';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeBrokerStores } from '../../core/test/broker/support/storeTests.ts';
import { AZURITE, type Azurite, startAzurite } from '../../core/test/support/azurite.ts';
import { createBrokerTables } from '../src/tables/brokerTables.ts';
import { startTinyTables, type TinyTables } from './support/tinyTables.ts';

/** Unix seconds. */
const NOW = 1_800_000_000;

const storesAt = (
  connectionString: string,
  tableName = `t${randomUUID().replaceAll('-', '')}`,
): BrokerStores =>
  createBrokerTables({
    address: { kind: 'connection', connectionString, local: true },
    now: Date.now,
    random: Math.random,
    tableName,
  });

const authorized = (deviceId: string): DeviceSession => ({
  deviceId,
  pendingToken: 'pending',
  status: 'authorized',
  pollIntervalSeconds: 5,
  createdAt: NOW,
  updatedAt: NOW,
  expiresAt: NOW + 900,
  authorizedAt: NOW,
  accessToken: 'access',
  sealedSecret: 'sealed',
  identity: null,
  linkedBy: null,
  sessionTokenHash: null,
  sessionExpiresAt: null,
  finalizedAt: null,
});
const FINALIZATION = {
  sessionTokenHash: 'hash',
  sessionExpiresAt: NOW + 1000,
  newPendingToken: 'unseen',
};

/** Beyond the shared tests: more callers, more rows, and what only two places for one session can get wrong. */
function tests(place: () => string): void {
  it('lose no hit of fifty callers in two instances', async () => {
    const tableName = `t${randomUUID().replaceAll('-', '')}`;
    const instances = [storesAt(place(), tableName), storesAt(place(), tableName)];
    const hits = await Promise.all(
      Array.from({ length: 25 }, () => instances.map(({ throttle }) => throttle.hit('all', NOW, 600))).flat(),
    );
    expect(hits.map((hit) => hit.hits).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
  }, 30_000);

  it('prune more rows than a page holds, and no other kind of row', async () => {
    const { sessions, requestTokens, throttle } = storesAt(place());
    await Promise.all(
      Array.from({ length: 120 }, (_, index) => sessions.insert(authorized(`device-${index}`))),
    );
    await throttle.hit('all', NOW, 9000);
    expect(await requestTokens.prune(NOW + 900)).toBe(0);
    expect(await sessions.prune(NOW + 900)).toBe(120);
    expect(await throttle.hit('all', NOW, 9000)).toMatchObject({ hits: 2 });
  }, 30_000);

  it('have nothing to prune where there is no table yet', async () => {
    const { sessions, requestTokens } = storesAt(place());
    expect(await sessions.prune(NOW)).toBe(0);
    await requestTokens.dropDevice('nobody');
  });

  it('find no session by a hash whose entry was written before its session changed', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { sessions } = storesAt(place());
      await sessions.insert(authorized('device'));
      const finalize = (sessionTokenHash: string) =>
        sessions.finalize('device', 'pending', { ...FINALIZATION, sessionTokenHash }, NOW);
      // Both write their entries; one of these leads to a session of another hash.
      const isFinal = await Promise.all([finalize('hash-1'), finalize('hash-2')]);
      const found = [
        await sessions.getByTokenHash('hash-1', NOW),
        await sessions.getByTokenHash('hash-2', NOW),
      ];
      expect(isFinal.filter(Boolean)).toHaveLength(1);
      expect(found.map((row) => row !== null)).toEqual(isFinal);
    }
  });

  it('leave a finalized session alone that a prune saw before', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { sessions } = storesAt(place());
      await sessions.insert(authorized('device'));
      const [isFinal] = await Promise.all([
        sessions.finalize('device', 'pending', FINALIZATION, NOW),
        sessions.prune(NOW + 900),
      ]);
      expect((await sessions.get('device'))?.status).toBe(isFinal ? 'finalized' : undefined);
    }
  });
}

describe('on a stand-in of Azure Tables', () => {
  let tables: TinyTables;
  beforeAll(async () => {
    tables = await startTinyTables();
  });
  afterAll(() => tables.close());
  describeBrokerStores('in the stand-in', async () => storesAt(tables.connectionString));
  describe('the stores', () => {
    tests(() => tables.connectionString);

    it('reject when the service is away, and do not try by themselves', async () => {
      const { sessions } = storesAt(tables.connectionString);
      await sessions.insert(authorized('device'));
      tables.fails = { status: 503, calls: 1 };
      await expect(sessions.get('device')).rejects.toMatchObject({ statusCode: 503 });
      expect(await sessions.get('device')).toEqual(authorized('device'));
    });

    it('never write over a row that was read without an ETag', async () => {
      const { sessions } = storesAt(tables.connectionString);
      await sessions.insert(authorized('device'));
      tables.leavesOutETags = true;
      const refused = expect.objectContaining({ message: 'an entity without an ETag' });
      await expect(sessions.setIdentity('device', 'somebody')).rejects.toEqual(refused);
      await expect(sessions.prune(NOW + 900)).rejects.toEqual(refused);
      tables.leavesOutETags = false;
      expect(await sessions.get('device')).toEqual(authorized('device'));
    });
  });
});

const suite = AZURITE === undefined ? describe.skip : describe;
suite(`on Azurite${AZURITE === undefined ? ' (skipped: AZURITE_TABLE names none)' : ''}`, () => {
  let azurite: Azurite;
  beforeAll(async () => {
    if (AZURITE !== undefined) azurite = await startAzurite(AZURITE);
  }, 30_000);
  afterAll(() => azurite?.close());
  describeBrokerStores('in Azurite', async () => storesAt(azurite.connectionString));
  describe('the stores', () => tests(() => azurite.connectionString));
});
