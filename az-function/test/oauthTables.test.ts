/** The authorization server's stores in Azure Tables: on a small stand-in always, on Azurite where `AZURITE_TABLE` names one. */
import { randomUUID } from 'node:crypto';
import type { OAuthStores } from '@discogs-agent/core/oauth';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeRecordStores } from '../../core/test/oauth/support/recordStoreTests.ts';
import { AZURITE, type Azurite, startAzurite } from '../../core/test/support/azurite.ts';
import { createOAuthTables } from '../src/tables/oauthTables.ts';
import { startTinyTables, type TinyTables } from './support/tinyTables.ts';

const storesAt = (connectionString: string): OAuthStores =>
  createOAuthTables({
    address: { kind: 'connection', connectionString, local: true },
    now: Date.now,
    random: Math.random,
    tableName: `t${randomUUID().replaceAll('-', '')}`,
  });

describe('on a stand-in of Azure Tables', () => {
  let tables: TinyTables;
  beforeAll(async () => {
    tables = await startTinyTables();
  });
  afterAll(() => tables.close());
  describeRecordStores('in the stand-in', async () => storesAt(tables.connectionString));

  it('lists more records of an owner than a page holds', async () => {
    const { grants } = storesAt(tables.connectionString);
    const ids = Array.from({ length: 55 }, (_, index) => `grant-${index}`);
    await Promise.all(ids.map((id) => grants.insert({ id, owner: 'owner', expiresAt: 1, data: '' })));
    expect((await grants.ownedBy('owner', 100)).map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  it('rejects when the service is away, and does not try by itself', async () => {
    const { grants } = storesAt(tables.connectionString);
    await grants.insert({ id: 'a', owner: '', expiresAt: 1, data: '' });
    tables.fails = { status: 503, calls: 1 };
    await expect(grants.get('a')).rejects.toMatchObject({ statusCode: 503 });
    expect((await grants.get('a'))?.id).toBe('a');
  });
});

const suite = AZURITE === undefined ? describe.skip : describe;
suite(`on Azurite${AZURITE === undefined ? ' (skipped: AZURITE_TABLE names none)' : ''}`, () => {
  let azurite: Azurite;
  beforeAll(async () => {
    if (AZURITE !== undefined) azurite = await startAzurite(AZURITE);
  }, 30_000);
  afterAll(() => azurite?.close());
  describeRecordStores('in Azurite', async () => storesAt(azurite.connectionString));
});
