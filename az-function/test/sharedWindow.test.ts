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
async function published(before: number): Promise<void> {
  for (let attempt = 0; attempt < 100 && tables.answers === before; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
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
    const target = (app: WorkerProcess | undefined, id: number) =>
      rawRequest(app?.url ?? '', `/api/artists/${id}`, { headers: { 'x-api-key': 'shared-key' } });
    // On a busy machine the table may count as slow for some seconds, and each instance goes on by itself.
    const outcomes: [number, unknown, number][] = [];
    for (let id = 404_001; id <= 404_010 && outcomes.at(-1)?.[1] !== 'hit'; id += 1) {
      const before = tables.answers;
      expect((await target(one, id)).headers['x-cache']).toBe('miss');
      await published(before);
      const asked = discogs.requests.length;
      const { status, headers } = await target(other, id);
      outcomes.push([status, headers['x-cache'], discogs.requests.length - asked]);
      if (headers['x-cache'] !== 'hit') await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    expect(outcomes.at(-1)).toEqual([404, 'hit', 0]);
  });

  it('ask the table five times for a call to Discogs, once for an answer of the other, and never for their own', async () => {
    const [one, other] = apps;
    /** How often the table was asked for this, once nobody asks it any more. */
    const operations = async (app: WorkerProcess | undefined, id: number): Promise<number> => {
      const before = tables.operations;
      const path = `/api/artists/${id}`;
      await rawRequest(app?.url ?? '', path, { headers: { 'x-api-key': 'shared-key' } });
      for (let seen = -1; seen !== tables.operations; ) {
        seen = tables.operations;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      return tables.operations - before;
    };
    // As above: on a busy machine an instance may be by itself for a while, or have to look at the window once more.
    const counts: number[][] = [];
    for (let id = 405_001; id <= 405_010 && counts.at(-1)?.join() !== '5,1,0,0'; id += 1) {
      counts.push([
        await operations(one, id),
        await operations(other, id),
        await operations(one, id),
        await operations(other, id),
      ]);
    }
    expect(counts.at(-1)).toEqual([5, 1, 0, 0]);
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
