import { createWindowCodec } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { POLICY } from '../../core/test/support/windowStoreTests.ts';
import { readEnvironment } from '../src/environment.ts';
import { lazyWindowTable } from '../src/tables/lazyTables.ts';
import { readStateSettings } from '../src/tables/tablesAddress.ts';

const URI = 'https://my-state.table.core.windows.net';
const CONNECTION = `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=secret;EndpointSuffix=core.windows.net`;

describe('where the shared state is kept', () => {
  it.each([{}, { STATE_STORE: '' }, { STATE_STORE: 'memory', STATE_TABLES_URI: URI }])(
    'is the memory of the process with %j',
    (variables) => {
      expect(readStateSettings(variables)).toEqual({ tables: undefined, problems: [] });
    },
  );

  it('is an account that trusts the identity of the app', () => {
    expect(readStateSettings({ STATE_STORE: 'tables', STATE_TABLES_URI: `${URI}/` }).tables).toEqual({
      kind: 'identity',
      uri: URI,
    });
  });

  it.each([
    [CONNECTION, false],
    ['UseDevelopmentStorage=true', true],
    ['AccountName=a;AccountKey=b;TableEndpoint=http://127.0.0.1:10002/a;', true],
  ])('is what a connection string says', (connectionString, local) => {
    const variables = { STATE_STORE: 'tables', STATE_CONNECTION_STRING: connectionString };
    expect(readStateSettings(variables).tables).toEqual({ kind: 'connection', connectionString, local });
  });

  it.each([
    ['STATE_STORE', { STATE_STORE: 'redis' }],
    ['STATE_TABLES_URI', { STATE_STORE: 'tables' }],
    [
      'STATE_TABLES_URI',
      { STATE_STORE: 'tables', STATE_TABLES_URI: 'http://my-state.table.core.windows.net' },
    ],
    ['STATE_TABLES_URI', { STATE_STORE: 'tables', STATE_TABLES_URI: `${URI}/?sig=secret` }],
    ['STATE_CONNECTION_STRING', { STATE_STORE: 'tables', STATE_CONNECTION_STRING: 'secret' }],
    [
      'STATE_CONNECTION_STRING',
      { STATE_STORE: 'tables', STATE_TABLES_URI: URI, STATE_CONNECTION_STRING: CONNECTION },
    ],
  ])('names %s where it cannot be used, and never its value', (variable, variables) => {
    const { settings, tables } = readEnvironment(variables);
    expect(tables).toBeUndefined();
    expect(settings.problems).toEqual([{ variable, fix: expect.any(String) }]);
    expect(JSON.stringify(settings.problems)).not.toContain('secret');
  });
});

describe('the lazy window', () => {
  it('is a store that is away when its module does not load, and tries again', async () => {
    let loads = 0;
    const store = lazyWindowTable(
      { address: { kind: 'identity', uri: URI }, codec: createWindowCodec(POLICY), now: Date.now },
      async () => {
        loads += 1;
        throw Object.assign(new Error('x'), { code: 'ERR_MODULE_NOT_FOUND' });
      },
    );
    expect([loads, store.isCurrent('1')]).toEqual([0, false]);
    await expect(store.read()).rejects.toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' });
    await expect(store.read()).rejects.toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' });
    expect(loads).toBe(2);
  });
});
