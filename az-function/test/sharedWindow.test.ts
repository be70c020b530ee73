/** Two processes of the packaged app, one window and one set of answers in a stand-in of Azure Tables. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPackage } from './support/createPackage.ts';
import { rawRequest } from './support/rawRequest.ts';
import { startTinyDiscogs, type TinyDiscogs } from './support/tinyDiscogs.ts';
import { startTinyTables, type TinyTables } from './support/tinyTables.ts';
import { removeTemporaryFolders, temporaryFolder, unpack } from './support/unpackedApp.ts';
import { startWorkerProcess, type WorkerProcess } from './support/workerProcess.ts';

let tables: TinyTables;
let discogs: TinyDiscogs;
let apps: readonly WorkerProcess[] = [];

const ask = (app: WorkerProcess | undefined, headers = {}) =>
  rawRequest(app?.url ?? '', '/api/artists/108713', { headers: { 'x-api-key': 'shared-key', ...headers } });

const fresh = (app: WorkerProcess | undefined) => ask(app, { 'cache-control': 'no-cache' });

const waitFor = async (app: WorkerProcess | undefined, line: string): Promise<void> => {
  for (let attempt = 0; attempt < 100 && !app?.output().includes(line); attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(app?.output()).toContain(line);
};

/** The first instance publishes behind its answer. */
async function published(): Promise<void> {
  const before = tables.operations;
  for (let attempt = 0; attempt < 100 && tables.operations === before; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
}

beforeAll(async () => {
  const folder = await unpack((await createPackage(join(await temporaryFolder(), 'app.zip'))).path);
  [tables, discogs] = [await startTinyTables(), await startTinyDiscogs()];
  const environment = {
    X_API_KEY: 'shared-key',
    DISCOGS_TOKEN: 'shared-token',
    DISCOGS_API_BASE_URL: discogs.url,
    STATE_STORE: 'tables',
    STATE_CONNECTION_STRING: tables.connectionString,
  };
  apps = [await startWorkerProcess(folder, environment), await startWorkerProcess(folder, environment)];
});

afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await tables?.close();
  await discogs?.close();
  await removeTemporaryFolders();
});

describe('two instances with a shared window', () => {
  it('open it beside their first calls, and see the calls of each other', async () => {
    const [one, other] = apps;
    expect(tables.operations).toBe(0);
    expect((await fresh(one)).status).toBe(200);
    await waitFor(one, 'window_store_open kind=tables');
    expect((await fresh(other)).status).toBe(200);
    await waitFor(other, 'window_store_open kind=tables');
    for (let call = 0; call < 3; call += 1) await fresh(one);
    const { headers } = await fresh(other);
    expect(Number(headers['x-discogs-ratelimit-used'])).toBeGreaterThanOrEqual(6);
    expect(other?.output()).toContain('"store":"tables"');
  });

  it('show what the other has asked, without a call of their own', async () => {
    const [one, other] = apps;
    const target = (app: WorkerProcess | undefined) =>
      rawRequest(app?.url ?? '', '/api/artists/404404', { headers: { 'x-api-key': 'shared-key' } });
    expect((await target(one)).headers['x-cache']).toBe('miss');
    await published();
    const before = discogs.requests.length;
    const { status, headers } = await target(other);
    expect([status, headers['x-cache']]).toEqual([404, 'hit']);
    expect(discogs.requests).toHaveLength(before);
  });

  it('go on when the table is away, and say so', async () => {
    const [one] = apps;
    tables.fails = { status: 503, calls: 1000 };
    expect((await fresh(one)).status).toBe(200);
    await waitFor(one, 'window_store_away kind=tables detail=503');
    await waitFor(one, '"store":"memory"');
    tables.fails = { status: 503, calls: 0 };
    expect((await fresh(one)).status).toBe(200);
  });
});
