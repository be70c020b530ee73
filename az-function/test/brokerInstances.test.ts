/** Two processes of the packaged app with the broker switched on, over one stand-in of Azure Tables. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeviceSession } from '@discogs-agent/core/broker';
import { type Sandbox, startSandbox } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createBrokerTables } from '../src/tables/brokerTables.ts';
import {
  ask,
  BROKER_ENVIRONMENT,
  consent,
  finalize,
  members,
  search,
  signedIn,
  start,
  status,
  visit,
} from './support/brokerClient.ts';
import { createPackage } from './support/createPackage.ts';
import { send } from './support/send.ts';
import { startTinyTables, type TinyTables } from './support/tinyTables.ts';
import { removeTemporaryFolders, temporaryFolder, unpack } from './support/unpackedApp.ts';
import { startWorkerProcess, type WorkerProcess } from './support/workerProcess.ts';

const TRACK = { artist: 'Nirvana', title: 'Smells Like Teen Spirit', album: null };

const SESSION: DeviceSession = {
  deviceId: '',
  pendingToken: 'pending',
  status: 'pending',
  pollIntervalSeconds: 5,
  createdAt: 0,
  updatedAt: 0,
  expiresAt: 0,
  authorizedAt: null,
  accessToken: null,
  sealedSecret: null,
  identity: null,
  linkedBy: null,
  sessionTokenHash: null,
  sessionExpiresAt: null,
  finalizedAt: null,
};

let folder: string;
let environment: Readonly<Record<string, string>>;
let tables: TinyTables;
let sandbox: Sandbox;
const apps: WorkerProcess[] = [];
let one = '';
let other = '';

async function startApp(): Promise<WorkerProcess> {
  const app = await startWorkerProcess(folder, environment);
  apps.push(app);
  return app;
}

beforeAll(async () => {
  folder = await unpack((await createPackage(join(await temporaryFolder(), 'app.zip'))).path);
  tables = await startTinyTables();
  sandbox = await startSandbox({ limits: { authenticated: 1000, anonymous: 1000 } });
  environment = {
    ...BROKER_ENVIRONMENT,
    BROKER_PUBLIC_BASE_URL: 'https://music.example/api',
    X_API_KEY: 'key',
    DISCOGS_API_BASE_URL: sandbox.url,
    STATE_STORE: 'tables',
    STATE_CONNECTION_STRING: tables.connectionString,
  };
  [one, other] = [(await startApp()).url, (await startApp()).url];
}, 60_000);

afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await tables?.close();
  await sandbox?.close();
  await removeTemporaryFolders();
});

describe('a package without the broker in it', () => {
  it('answers for it as the contract does, and serves the rest', async () => {
    const broken = await temporaryFolder();
    await cp(folder, broken, { recursive: true });
    await rm(join(broken, 'dist/brokerHost.js'));
    const app = await startWorkerProcess(broken, environment);
    apps.push(app);
    const reply = await ask(app.url, '/v1/health');
    expect([reply.status, members(reply)]).toEqual([
      500,
      { error: 'internal_error', message: 'internal server error' },
    ]);
    expect(app.output()).toContain('broker_not_loaded');
    expect((await ask(app.url, '/ping')).status).toBe(200);
  });
});

describe('two instances of the broker', () => {
  it('take one sign-in together, and give fifty callers one token', async () => {
    const pair = await start(one);
    const callback = await consent(one, sandbox.url, pair);
    expect(callback).toMatch(/^https:\/\/music\.example\/api\/v1\/discogs\/oauth\/callback\?/);
    const linked = await visit(other, callback);
    expect([linked.status, linked.text.includes('Discogs linked')]).toEqual([200, true]);
    expect(members(await status(one, pair))['status']).toBe('authorized');
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, index) => finalize(index % 2 === 0 ? one : other, pair)),
    );
    expect(replies.map((reply) => reply.status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(new Set(replies.map((reply) => reply.text)).size).toBe(1);
    const again = await finalize(other, pair);
    expect([again.status, again.text]).toEqual([200, replies[0]?.text]);
  });

  it('exchange a request token once, however often and wherever the browser comes back', async () => {
    const pair = await start(one);
    const callback = await consent(other, sandbox.url, pair);
    const exchanges = () => sandbox.requests.filter((sent) => sent.path === '/oauth/access_token').length;
    const before = exchanges();
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => visit(index % 2 === 0 ? one : other, callback)),
    );
    // The others come while it is not known yet what becomes of the verifier, or when it is.
    expect(replies.map((reply) => reply.status)).toContain(200);
    expect(replies.filter((reply) => reply.status !== 200 && reply.status !== 400)).toEqual([]);
    expect(exchanges()).toBe(before + 1);
    expect(members(await status(other, pair))['status']).toBe('authorized');
  });

  it('show each other what they have found, and end a session for both', async () => {
    const { sessionToken } = await signedIn(one, sandbox.url);
    expect(members(await search(one, sessionToken, TRACK))['cache_hit']).toBe(false);
    for (let attempt = 0; attempt < 100; attempt += 1) {
      // It is published behind the answer.
      if (members(await search(other, sessionToken, TRACK))['cache_hit'] === true) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(sandbox.requests.filter((sent) => sent.path.includes('track=Smells'))).toHaveLength(1);
    const bearer = { method: 'POST', headers: { authorization: `Bearer ${sessionToken}` } };
    expect((await ask(other, '/v1/device/session/revoke', bearer)).status).toBe(200);
    expect((await search(one, sessionToken, TRACK)).status).toBe(401);
  });

  it('go on with a sign-in whose instance has died', async () => {
    const dying = await startApp();
    const pair = await start(dying.url);
    const callback = await consent(dying.url, sandbox.url, pair);
    await dying.close();
    expect((await visit(other, callback)).status).toBe(200);
    const { session_token: token } = members(await finalize(one, pair));
    expect((await search(other, String(token), TRACK)).status).toBe(200);
  });

  it('let one of them prune for both', async () => {
    const app = apps.find(({ url }) => url === one);
    const { sessions, pruneRuns } = createBrokerTables({
      address: { kind: 'connection', connectionString: tables.connectionString, local: true },
      now: Date.now,
      random: Math.random,
    });
    await sessions.insert({ ...SESSION, deviceId: 'long-over', expiresAt: 1 });
    await pruneRuns.record(Math.floor(Date.now() / 1000) - 3600);
    expect((await send(one, '/admin/functions/broker_prune', { method: 'POST' })).status).toBe(202);
    expect(app?.output()).toContain('broker_prune removed={"device_sessions":1,');
    expect(app?.output()).toContain('"discogs_search_cache":0}');
  });

  it('answer with a plain failure while the table is away, and take up the session afterwards', async () => {
    const pair = await start(one);
    tables.fails = { status: 503, calls: 1000 };
    const reply = await status(other, pair);
    tables.fails = { status: 503, calls: 0 };
    expect([reply.status, members(reply)]).toEqual([
      500,
      { error: 'internal_error', message: 'internal server error' },
    ]);
    expect(members(await status(other, pair))['status']).toBe('pending');
  });
});
