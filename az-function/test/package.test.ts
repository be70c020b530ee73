/** Runs on the Node of the test run, or on the one that `PACKAGE_TEST_NODE` names: see `scripts/checks/testNode22.ts`. */
import { execFileSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalog } from '@discogs-agent/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPackage, type Package } from './support/createPackage.ts';
import { rawRequest } from './support/rawRequest.ts';
import { startTinyDiscogs, type TinyDiscogs } from './support/tinyDiscogs.ts';
import { removeTemporaryFolders, temporaryFolder, unpack } from './support/unpackedApp.ts';
import { startWorkerProcess, TEST_NODE, type WorkerProcess } from './support/workerProcess.ts';

const KEY = { 'x-api-key': 'package-key' };
const LISTING = JSON.stringify({ release_id: 249504, condition: 'Mint (M)', price: 12.5, status: 'Draft' });

let first: Package;
let folder: string;
let discogs: TinyDiscogs;
const running: WorkerProcess[] = [];

async function start(
  environment: Readonly<Record<string, string>>,
  directory = folder,
): Promise<WorkerProcess> {
  const app = await startWorkerProcess(directory, environment);
  running.push(app);
  return app;
}

beforeAll(async () => {
  first = await createPackage(join(await temporaryFolder(), 'app.zip'));
  folder = await unpack(first.path);
  discogs = await startTinyDiscogs();
});

afterAll(async () => {
  await Promise.all(running.map((app) => app.close()));
  await discogs?.close();
  await removeTemporaryFolders();
});

describe('the archive', () => {
  it('has the same bytes when it is made again, elsewhere', async () => {
    const second = await createPackage(join(await temporaryFolder(), 'again.zip'));
    expect(second.sha256).toBe(first.sha256);
    expect((await readFile(second.path)).equals(await readFile(first.path))).toBe(true);
  });

  it('holds the entry, its chunks, host.json and package.json, and nothing else', async () => {
    const parts = [
      'applicationInsights',
      'brokerHost',
      'containerCatalogue',
      'documents',
      'folderCatalogue',
      'fromCatalogue',
      'gpt',
      'keyVault',
      'main',
      'mcpHost',
      'signInHost',
      'statusPage',
      'stores',
    ];
    // The SDK of Application Insights loads two of its files by itself.
    const isChunk = /^dist\/(chunk|customerSDKStats|httpSender)-[0-9A-Z]{8}\.js$/;
    const others = first.files.filter((name) => !isChunk.test(name));
    expect(others).toEqual([...parts.map((name) => `dist/${name}.js`), 'host.json', 'package.json']);
    expect((await readdir(folder)).sort()).toEqual(['dist', 'host.json', 'package.json']);
  });

  it('has the library of Azure Functions once: it knows only responses of its own class', async () => {
    const names = await readdir(join(folder, 'dist'));
    const texts = await Promise.all(names.map((name) => readFile(join(folder, 'dist', name), 'utf8')));
    expect(names.filter((_, index) => texts[index]?.includes('@azure/functions-core'))).toEqual(['main.js']);
  });

  it('has nothing of agents, MCP and documents in what a start loads', async () => {
    const entry = await readFile(join(folder, 'dist/main.js'), 'utf8');
    expect(entry).toContain('getRelease');
    for (const word of ['identifyRecord', 'tools/list', 'Records for agents'])
      expect(entry).not.toContain(word);
    // By name only, when they are first asked.
    expect(entry).not.toMatch(/(from|import)\s*"\.\//);
  });

  it('asks Azure to install nothing', async () => {
    expect(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))).toEqual({
      name: 'discogs-agent',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      private: true,
      license: 'MIT',
      type: 'module',
      main: 'dist/main.js',
      engines: { node: '>=22' },
    });
  });

  it('brings all that it asks for, but the module of the worker and what is never started', () => {
    expect(first.missing).toEqual(['@azure/functions-core', 'open']);
  });

  it('stays small', () => {
    expect(first.entryBytes).toBeLessThan(270_000);
    expect(first.bytes).toBeLessThan(850_000);
  });
});

describe('the unpacked app', () => {
  let app: WorkerProcess;
  beforeAll(async () => {
    app = await start({
      X_API_KEY: KEY['x-api-key'],
      DISCOGS_TOKEN: 'package-token',
      DISCOGS_API_BASE_URL: discogs.url,
    });
  });

  it('runs on the Node that this test is about', () => {
    expect(app.node).toBe(execFileSync(TEST_NODE, ['-p', 'process.version'], { encoding: 'utf8' }).trim());
  });

  it('has a function for every operation of the catalog', () => {
    const routed = catalog.filter(({ path }) => path !== '/');
    for (const { method, path } of routed) {
      const listed = app.functions.find(({ route }) => `/${route}` === `/api${path}`);
      expect([path, listed?.methods]).toEqual([path, expect.arrayContaining([method])]);
      if (method === 'GET') expect([path, listed?.methods]).toEqual([path, expect.arrayContaining(['HEAD'])]);
    }
    expect(app.functions).toHaveLength(new Set(routed.map(({ path }) => path)).size + 3);
  });

  it('is asked for everything else last', () => {
    expect(app.functions.at(-1)).toMatchObject({ name: 'zz_everything_else', route: 'api/{*path}' });
  });

  it('answers a ping without a key', async () => {
    const { status, body } = await rawRequest(app.url, '/api/ping');
    expect([status, body]).toEqual([200, '{"status":"ok"}']);
  });

  it('mirrors an artist with its own address in the links', async () => {
    const { status, headers, body } = await rawRequest(app.url, '/api/artists/108713', { headers: KEY });
    expect(status).toBe(200);
    expect(JSON.parse(body).releases_url).toBe(`${app.url}/api/artists/108713/releases`);
    expect(headers['x-discogs-ratelimit']).toBe('60');
    const seen = discogs.requests.at(-1);
    expect(seen?.headers['authorization']).toBe('Discogs token=package-token');
    expect(seen?.headers['x-api-key']).toBeUndefined();
  });

  it('answers HEAD like GET, with the length and without the body', async () => {
    const get = await rawRequest(app.url, '/api/artists/108713', { headers: KEY });
    const head = await rawRequest(app.url, '/api/artists/108713', { method: 'HEAD', headers: KEY });
    expect([head.status, head.body]).toEqual([200, '']);
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(get.body)));
    expect(head.headers['etag']).toBe(get.headers['etag']);
  });

  it('answers 304 to a caller that has the artist already', async () => {
    const { headers } = await rawRequest(app.url, '/api/artists/108713', { headers: KEY });
    const again = { ...KEY, 'if-none-match': String(headers['etag']) };
    const { status, body } = await rawRequest(app.url, '/api/artists/108713', { headers: again });
    expect([status, body]).toEqual([304, '']);
  });

  it('passes a body on byte for byte', async () => {
    const answer = await rawRequest(app.url, '/api/marketplace/listings', {
      method: 'POST',
      headers: { ...KEY, 'content-type': 'application/json' },
      body: LISTING,
    });
    expect(answer.status).toBe(201);
    expect(discogs.requests.at(-1)).toMatchObject({
      method: 'POST',
      path: '/marketplace/listings',
      body: LISTING,
    });
  });

  const refusals: readonly [string, number, string, Parameters<typeof rawRequest>[2], object][] = [
    ['a call without a key', 401, '/api/artists/108713', {}, { error: 'unauthorized' }],
    ['a path that Discogs does not have', 404, '/api/nowhere', { headers: KEY }, { reason: 'no_such_route' }],
    ['an artist that Discogs does not know', 404, '/api/artists/1', { headers: KEY }, { error: 'not_found' }],
    [
      'a method that the path does not take',
      405,
      '/api/artists/1',
      { method: 'DELETE', headers: KEY },
      { error: 'method_not_allowed' },
    ],
    [
      'a body without a length, which the host loses',
      411,
      '/api/marketplace/listings',
      { method: 'POST', headers: KEY, body: [LISTING] },
      { error: 'length_required' },
    ],
  ];
  for (const [what, status, path, request, members] of refusals) {
    it(`answers ${what} with ${status}`, async () => {
      const answer = await rawRequest(app.url, path, request);
      expect(answer.status).toBe(status);
      expect(JSON.parse(answer.body)).toMatchObject(members);
    });
  }
});

describe('an unpacked app with a broken configuration', () => {
  it('loads, says what is wrong in every answer, and still answers a ping', async () => {
    const app = await start({
      X_API_KEY: KEY['x-api-key'],
      DISCOGS_API_BASE_URL: 'nonsense',
      CLIENT_KEYS: '{',
      KEY_VAULT_URI: ':',
    });
    const known = await rawRequest(app.url, '/api/artists/108713', { headers: KEY });
    expect(known.status).toBe(503);
    expect(JSON.parse(known.body)).toMatchObject({
      error: 'server_misconfigured',
      which: 'DISCOGS_API_BASE_URL',
    });
    const stranger = await rawRequest(app.url, '/api/artists/108713');
    expect(stranger.status).toBe(503);
    expect(JSON.parse(stranger.body)).toMatchObject({ error: 'server_misconfigured', which: 'CLIENT_KEYS' });
    expect((await rawRequest(app.url, '/api/ping')).status).toBe(200);
  });

  it('answers 503 without any configuration', async () => {
    const app = await start({});
    const { status, body } = await rawRequest(app.url, '/api/artists/108713');
    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ error: 'server_misconfigured', reason: 'x_api_key_missing' });
  });

  it('loads the part that reads the vault, and answers 503 while the vault cannot be reached', async () => {
    const app = await start({ KEY_VAULT_URI: 'https://127.0.0.1:1' });
    const { status, body } = await rawRequest(app.url, '/api/artists/108713', { headers: KEY });
    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ error: 'secrets_unresolved', which: 'X_API_KEY' });
    // The code of the socket: the SDK was there to try. A part that did not load says `not_loaded`.
    expect(app.output()).toContain('key_vault_unreadable which=X_API_KEY detail=ECONNREFUSED');
  });
});

describe('the worker that loads the unpacked app', () => {
  it('has replaced the environment and entered the folder before the first line runs', async () => {
    const probed = await unpack(first.path);
    // A replaced environment is a plain object, which keeps a number as a number.
    const probe = `process.env.PROBE = 1;
      console.log('probe ' + JSON.stringify([process.cwd(), typeof process.env.PROBE, process.env.X_API_KEY]));`;
    await writeFile(join(probed, 'dist/a_probe.js'), probe);
    const packageJson = { type: 'module', main: 'dist/{a_probe,main}.js' };
    await writeFile(join(probed, 'package.json'), JSON.stringify(packageJson));
    const app = await start({ X_API_KEY: 'probe-key' }, probed);
    expect(app.output()).toContain(`probe ${JSON.stringify([probed, 'number', 'probe-key'])}`);
    expect(app.functions.length).toBeGreaterThan(1);
  });
});
