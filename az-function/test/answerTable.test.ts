/** Shared answers in Azure Tables: on a small stand-in always, on Azurite where `AZURITE_TABLE` names one. */
import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { NO_ENTRY, type SharedStore } from '@discogs-agent/core';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AZURITE, type Azurite, startAzurite } from '../../core/test/support/azurite.ts';
import { sharedStoreTests } from '../../core/test/support/sharedStoreTests.ts';
import { type AnswerTableOptions, createAnswerTable } from '../src/tables/answerTable.ts';
import { startTinyTables, type TinyTables } from './support/tinyTables.ts';

interface Place {
  readonly connectionString: string;
}

const newTable = (): string => `t${randomUUID().replaceAll('-', '')}`;

const storeAt = (
  { connectionString }: Place,
  tableName: string,
  options: Partial<AnswerTableOptions> = {},
): SharedStore =>
  createAnswerTable({
    address: { kind: 'connection', connectionString, local: true },
    upstream: 'https://api.discogs.com',
    longestSeconds: 21_600,
    now: Date.now,
    random: () => 0.5,
    tableName,
    ...options,
  });

function tests(place: () => Place): void {
  sharedStoreTests(async () => {
    const client = TableClient.fromConnectionString(place().connectionString, newTable(), {
      allowInsecureConnection: true,
    });
    await client.createTable();
    return () => storeAt(place(), client.tableName);
  });

  it('makes its table when there is none', async () => {
    const table = newTable();
    expect(await storeAt(place(), table).lease('name', NO_ENTRY, 1000)).toEqual(expect.any(String));
    const other = newTable();
    await storeAt(place(), other).put('name', new Uint8Array(3));
    expect((await storeAt(place(), other).read('name')).bytes).toHaveLength(3);
  });

  it('never gives the answers of another upstream', async () => {
    const table = newTable();
    await storeAt(place(), table, { upstream: 'http://127.0.0.1:8080' }).put('name', new Uint8Array(3));
    expect((await storeAt(place(), table).read('name')).bytes).toBeUndefined();
  });

  it('sweeps away what is too old to be shown, and nothing else', async () => {
    const table = newTable();
    const longAgo = storeAt(place(), table, { now: () => Date.now() - 21_700_000, random: () => 0.5 });
    await longAgo.read('first');
    await longAgo.put('first', new Uint8Array(1));
    const now = storeAt(place(), table, { random: () => 0, longestSeconds: 3600 });
    await now.read('first');
    await now.put('young', new Uint8Array(1));
    expect((await now.read('young')).bytes).toBeDefined();
    // An instance with a wrong clock wrote the service's time all the same.
    expect((await now.read('first')).bytes).toBeDefined();
    await storeAt(place(), table, { random: () => 0, longestSeconds: -10 }).put('last', new Uint8Array(1));
    expect((await now.read('first')).bytes).toBeUndefined();
    expect((await now.read('young')).bytes).toBeUndefined();
  });

  it('sweeps in two instances at once, and neither fails', async () => {
    const table = newTable();
    const old = storeAt(place(), table);
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const name of names) await old.put(name, new Uint8Array(1));
    const sweeping = () => storeAt(place(), table, { random: () => 0, longestSeconds: -10 });
    await Promise.all(['one', 'two', 'three'].map((name) => sweeping().put(name, new Uint8Array(1))));
    for (const name of names) expect((await old.read(name)).bytes).toBeUndefined();
  });

  it('never sweeps away what has been written since it was found to be old', async () => {
    const table = newTable();
    const store = storeAt(place(), table);
    await store.put('first', new Uint8Array(1));
    const remove = TableClient.prototype.deleteEntity;
    const between = jest.spyOn(TableClient.prototype, 'deleteEntity').mockImplementation(async function (
      this: TableClient,
      ...args
    ) {
      await store.put('first', new Uint8Array(2));
      return remove.apply(this, args);
    });
    await storeAt(place(), table, { random: () => 0, longestSeconds: -10 }).put('last', new Uint8Array(1));
    between.mockRestore();
    expect((await store.read('first')).bytes).toHaveLength(2);
  });
}

describe('answers in a stand-in of Azure Tables', () => {
  let tables: TinyTables;
  beforeAll(async () => {
    tables = await startTinyTables();
  });
  afterAll(() => tables.close());
  tests(() => tables);

  it('rejects at once when the service throttles, and does not try by itself', async () => {
    const store = storeAt(tables, newTable());
    await store.put('name', new Uint8Array(1));
    tables.fails = { status: 503, calls: 1 };
    const before = tables.operations;
    await expect(store.read('name')).rejects.toMatchObject({ statusCode: 503 });
    expect(tables.operations - before).toBe(1);
  });

  it('never takes a lease on an entity that it read without an ETag', async () => {
    const store = storeAt(tables, newTable());
    await store.put('name', new Uint8Array(1));
    tables.leavesOutETags = true;
    await expect(store.read('name')).rejects.toThrow('without an ETag');
    tables.leavesOutETags = false;
  });
});

const suite = AZURITE === undefined ? describe.skip : describe;
suite(`answers in Azurite${AZURITE === undefined ? ' (skipped: AZURITE_TABLE names none)' : ''}`, () => {
  let azurite: Azurite;
  beforeAll(async () => {
    if (AZURITE !== undefined) azurite = await startAzurite(AZURITE);
  }, 30_000);
  afterAll(() => azurite?.close());
  tests(() => azurite);
});
