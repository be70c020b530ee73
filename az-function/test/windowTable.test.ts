/** The window in Azure Tables: on a small stand-in always, on Azurite where `AZURITE_TABLE` names one. */
import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { createWindowCodec, emptyWindow } from '@discogs-agent/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AZURITE, type Azurite, startAzurite } from '../../core/test/support/azurite.ts';
import { POLICY, windowStoreTests } from '../../core/test/support/windowStoreTests.ts';
import { createWindowTable, type WindowTable } from '../src/tables/windowTable.ts';
import { startTinyTables, type TinyTables } from './support/tinyTables.ts';

interface Place {
  readonly connectionString: string;
}

const newTable = (): string => `t${randomUUID().replaceAll('-', '')}`;

const storeAt = ({ connectionString }: Place, tableName: string, now = Date.now): WindowTable =>
  createWindowTable({
    address: { kind: 'connection', connectionString, local: true },
    codec: createWindowCodec(POLICY),
    now,
    tableName,
  });

/** A place may have no table yet; the first write makes it. */
async function opened(place: Place, tableName = newTable()): Promise<string> {
  const store = storeAt(place, tableName);
  await store.write(emptyWindow(POLICY), (await store.read()).version);
  return tableName;
}

function tests(place: () => Place): void {
  windowStoreTests(async () => {
    const client = TableClient.fromConnectionString(place().connectionString, newTable(), {
      allowInsecureConnection: true,
    });
    await client.createTable();
    return () => storeAt(place(), client.tableName);
  });

  it('makes its table when there is none', async () => {
    const table = newTable();
    const store = storeAt(place(), table);
    expect((await store.read()).state).toEqual(emptyWindow(POLICY));
    expect(await store.write(emptyWindow(POLICY), (await store.read()).version)).toBeUndefined();
    expect(await store.write(emptyWindow(POLICY), (await store.read()).version)).toEqual(expect.any(String));
  });

  it('takes an entity that is no window for an empty one, and writes over it', async () => {
    const table = newTable();
    await opened(place(), table);
    await opened(place(), table);
    const client = TableClient.fromConnectionString(place().connectionString, table, {
      allowInsecureConnection: true,
    });
    await client.updateEntity(
      { partitionKey: 'discogs', rowKey: 'window', piece0: '{"v":1,"limit":' },
      'Replace',
      { etag: '*' },
    );
    const store = storeAt(place(), table);
    const { state, version } = await store.read();
    expect(state).toEqual(emptyWindow(POLICY));
    expect(await store.write({ ...state, limit: 25 }, version)).toBeDefined();
    expect((await store.read()).state.limit).toBe(25);
  });

  it.each([5000, -5000])('understands an instance whose clock is %i ms off', async (off) => {
    const table = newTable();
    await opened(place(), table);
    const right = storeAt(place(), table);
    const wrong = storeAt(place(), table, () => Date.now() + off);
    await Promise.all([right.read(), wrong.read()]);
    expect(Math.abs(wrong.offsetMs + off)).toBeLessThan(1000);
    expect(right.offsetMs).toBe(0);
    const endedNow = (at: number) => ({
      ...emptyWindow(POLICY),
      ended: [{ at, conversation: 'c', calls: 1 }],
      endedCalls: 1,
    });
    const { version } = await wrong.read();
    await wrong.write(endedNow(Date.now() + off), version);
    const seen = (await right.read()).state.ended[0]?.at ?? 0;
    expect(Math.abs(seen - Date.now())).toBeLessThan(1500);
  });
}

describe('the window in a stand-in of Azure Tables', () => {
  let tables: TinyTables;
  beforeAll(async () => {
    tables = await startTinyTables();
  });
  afterAll(() => tables.close());
  tests(() => tables);

  it('takes no call for written whose time is wrong because the machine slept since the window was read', async () => {
    const table = await opened(tables);
    const time = { sleptMs: 0 };
    const store = storeAt(tables, table, () => Date.now() - time.sleptMs);
    const other = storeAt(tables, table);
    const taken = (at: number) => ({ ...emptyWindow(POLICY), lastSentAt: at });
    const { version } = await store.read();
    time.sleptMs = 7 * 3_600_000;
    expect(await store.write(taken(Date.now() - time.sleptMs), version)).toBeUndefined();
    // Read anew, the same call is written at its right time.
    const again = await store.read();
    expect(await store.write(taken(Date.now() - time.sleptMs), again.version)).toEqual(expect.any(String));
    expect(Math.abs((await other.read()).state.lastSentAt - Date.now())).toBeLessThan(2000);
  });

  it('rejects at once when the service throttles, and does not try by itself', async () => {
    const store = storeAt(tables, await opened(tables));
    tables.fails = { status: 503, calls: 1 };
    const before = tables.operations;
    await expect(store.read()).rejects.toMatchObject({ statusCode: 503 });
    expect(tables.operations - before).toBe(1);
    await expect(store.read()).resolves.toBeDefined();
  });

  it('never writes over an entity that it read without an ETag', async () => {
    const store = storeAt(tables, await opened(tables, await opened(tables)));
    tables.leavesOutETags = true;
    await expect(store.read()).rejects.toThrow('without an ETag');
    tables.leavesOutETags = false;
    await expect(store.read()).resolves.toBeDefined();
  });
});

const suite = AZURITE === undefined ? describe.skip : describe;
suite(`the window in Azurite${AZURITE === undefined ? ' (skipped: AZURITE_TABLE names none)' : ''}`, () => {
  let azurite: Azurite;
  beforeAll(async () => {
    if (AZURITE !== undefined) azurite = await startAzurite(AZURITE);
  }, 30_000);
  afterAll(() => azurite?.close());
  tests(() => azurite);
});
