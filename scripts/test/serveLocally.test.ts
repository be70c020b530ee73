/** `npm start`: whom it answers, and with which key. */
import { readFileSync } from 'node:fs';
import { SANDBOX_TOKEN, type Sandbox, startSandbox } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { send, sendBytes } from '../../az-function/test/support/send.ts';
import { type LocalRun, startLocally } from './support/localRun.ts';

/** 32 random bytes. */
const RANDOM_KEY = /^[\w-]{43}$/;
const WANT = '/api/users/crate_digger/wants/249504';

describe('in front of the sandbox', () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await startLocally({});
  });
  afterAll(() => run.end());

  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const lines = [
    ...readme.matchAll(/^curl (-I )?"http:\/\/127\.0\.0\.1:7071(\S+)" -H "x-api-key: (\S+)"$/gm),
  ];

  test('the README has its lines', () => {
    expect(lines.length).toBeGreaterThanOrEqual(5);
  });

  test.each(lines.map(([line, head, path = '', key = '']) => ({ line, head, path, key })))(
    'the line of the README works: $line',
    async ({ head, path, key }) => {
      const method = head === undefined ? 'GET' : 'HEAD';
      const { status } = await send(run.url, path, { method, headers: { 'x-api-key': key } });
      expect(status).toBe(200);
    },
  );

  test('any name and any page may call', async () => {
    const headers = { 'x-api-key': 'change-me', host: 'gateway.test', origin: 'https://page.test' };
    expect((await send(run.url, '/api/artists/108713', { headers })).status).toBe(200);
    expect((await send(run.url, WANT, { method: 'PUT', headers })).status).toBe(201);
  });
});

describe('with a token of its owner', () => {
  let discogs: Sandbox;
  let run: LocalRun;
  beforeAll(async () => {
    discogs = await startSandbox();
    run = await startLocally({ DISCOGS_API_BASE_URL: discogs.url, DISCOGS_TOKEN: SANDBOX_TOKEN });
  });
  afterAll(() => Promise.all([run.end(), discogs.close()]));

  const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
    send(run.url, path, { method, headers: { 'x-api-key': run.key, ...headers } });

  test('makes a random key and prints it, alone and in lines that are ready to be used', async () => {
    expect(run.key).toMatch(RANDOM_KEY);
    expect(run.output()).not.toContain('change-me');
    const commands = run.output().match(/^ {2}curl .*$/gm) ?? [];
    expect(commands).toHaveLength(3);
    for (const command of commands) expect(command).toContain(`-H "x-api-key: ${run.key}"`);
    expect((await ask('/api/status', {})).status).toBe(200);
    expect((await ask('/api/status', { 'x-api-key': 'change-me' })).status).toBe(401);
  });

  const port = () => new URL(run.url).port;
  test.each([
    '127.0.0.1',
    '127.0.0.1:PORT',
    'localhost',
    'LocalHost:PORT',
    '[::1]',
    '[::1]:PORT',
    'localhost:8080',
  ])('answers to the name %s', async (host) => {
    expect((await ask('/api/ping', { host: host.replace('PORT', port()) })).status).toBe(200);
  });

  test.each([
    'page.test',
    'page.test:PORT',
    'localhost.page.test',
    'page.test.localhost',
    'localhost.',
    'xlocalhost',
    '127.0.0.1.page.test',
    '127.0.0.2',
    '0.0.0.0:PORT',
    'localhost:PORT@page.test',
    'localhost,page.test',
    '[::2]',
    ' ',
  ])('does not answer to the name "%s", whatever the path and the key', async (host) => {
    const before = discogs.requests.length;
    for (const path of ['/', '/api/ping', '/api/status/page', '/api/artists/108713', '/nowhere']) {
      const { status, headers, json } = await ask(path, { host: host.replace('PORT', port()) });
      expect([path, status]).toEqual([path, 421]);
      expect(headers['content-type']).toBe('application/json');
      expect(json()).toEqual({
        error: 'misdirected_request',
        message: expect.stringContaining('127.0.0.1, localhost and [::1]'),
      });
    }
    expect(discogs.requests).toHaveLength(before);
  });

  test.each([
    ['two Host headers', 'GET /api/ping HTTP/1.1\r\nHost: localhost\r\nHost: page.test\r\n'],
    ['the same Host header twice', 'GET /api/ping HTTP/1.1\r\nHost: localhost\r\nhost: localhost\r\n'],
    ['no Host header', 'GET /api/ping HTTP/1.0\r\n'],
    ['another address in the request line', 'GET http://page.test/api/ping HTTP/1.1\r\nHost: localhost\r\n'],
  ])('does not answer a request with %s', async (_, head) => {
    expect((await sendBytes(run.url, `${head}Connection: close\r\n\r\n`)).status).toBe(421);
  });

  test('answers an address of its own in the request line', async () => {
    const head = 'GET http://localhost/api/ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    expect((await sendBytes(run.url, head)).status).toBe(200);
  });

  test.each([
    { origin: 'https://page.test' },
    { origin: 'http://localhost.page.test' },
    { origin: 'null' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { origin: 'http://localhost', 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: '' },
  ])('takes no write from a page of another site: %j', async (headers: Record<string, string>) => {
    const before = discogs.requests.length;
    for (const method of ['PUT', 'DELETE', 'POST', 'OPTIONS']) {
      const { status, text } = await ask(WANT, headers, method);
      expect([method, status]).toEqual([method, 403]);
      if (text !== '') expect(JSON.parse(text)).toMatchObject({ error: 'cross_site_request' });
    }
    expect(discogs.requests).toHaveLength(before);
  });

  test.each([
    {},
    { origin: 'http://127.0.0.1:7071' },
    { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' },
    // What a page without a referrer sends to its own site.
    { origin: 'null', 'sec-fetch-site': 'same-origin' },
  ])(
    'takes a write from a program, and from a page of this machine: %j',
    async (headers: Record<string, string>) => {
      expect((await ask(WANT, headers, 'PUT')).status).toBe(201);
    },
  );

  test('takes writes from a page whose origin is in CORS_ORIGINS, and from no other', async () => {
    const origin = 'https://records.example';
    const open = await startLocally({
      DISCOGS_API_BASE_URL: discogs.url,
      DISCOGS_TOKEN: SANDBOX_TOKEN,
      CORS_ORIGINS: origin,
    });
    const put = (from: string) =>
      send(open.url, WANT, {
        method: 'PUT',
        headers: { 'x-api-key': open.key, origin: from, 'sec-fetch-site': 'cross-site' },
      });
    const answer = await put(origin);
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([201, origin]);
    expect((await put('https://page.test')).status).toBe(403);
    await open.end();
  });

  test('does not start with CORS_ORIGINS that is no list of origins', async () => {
    const run = await startLocally({ CORS_ORIGINS: 'https://a.example/path' });
    expect([run.url, run.output()]).toEqual([
      '',
      expect.stringContaining('CORS_ORIGINS must be exact origins'),
    ]);
  });

  test('lets no page of another site read an answer', async () => {
    const { status, headers } = await ask('/api/artists/108713', { origin: 'https://page.test' });
    expect(status).toBe(200);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});

describe('the broker', () => {
  const CLOSED = 'Warning   BROKER_CLIENT_TOKEN is not set, so every app is refused.';
  const banner = async (variables: Record<string, string>) => {
    const run = await startLocally(variables);
    await run.end();
    return {
      url: run.url,
      lines: run
        .output()
        .split('\n')
        .filter((line) => /^(Broker|Warning) /.test(line)),
    };
  };

  test('is not named where it is off', async () => {
    expect((await banner({})).lines).toEqual([]);
  });

  test('has its address in the banner, and what keeps apps out', async () => {
    const { url, lines } = await banner({ BROKER_ENABLED: 'true' });
    expect(lines).toEqual([`Broker    ${url}/api/v1`, expect.stringContaining(CLOSED)]);
  });

  test('is named without a warning where it has all that it needs', async () => {
    expect((await banner({ BROKER_ENABLED: 'true', BROKER_CLIENT_TOKEN: 'a-token' })).lines).toHaveLength(1);
  });

  test('warns of open doors, and of what is missing for a sign-in at the real Discogs', async () => {
    const { lines } = await banner({
      DISCOGS_TOKEN: 'a-token-that-is-never-sent',
      BROKER_ENABLED: 'true',
      ALLOW_UNAUTHENTICATED_BROKER: 'true',
    });
    expect(lines.slice(1)).toEqual([
      'Warning   ALLOW_UNAUTHENTICATED_BROKER lets in apps without a token.',
      "Warning   DISCOGS_CONSUMER_KEY must be set, from Discogs' developer settings, so nobody can sign in.",
      "Warning   DISCOGS_CONSUMER_SECRET must be set, from Discogs' developer settings, so nobody can sign in.",
    ]);
  });
});

describe('which key', () => {
  const TOKEN = { DISCOGS_TOKEN: 'a-token-that-is-never-sent' };

  test.each([
    ['the token alone, which means the real Discogs', TOKEN],
    ['the key of the quick start set by hand', { ...TOKEN, X_API_KEY: 'change-me' }],
    ['another address of Discogs and no token', { DISCOGS_API_BASE_URL: 'http://127.0.0.1:9' }],
  ])('with %s is a random one', async (_, variables: Record<string, string>) => {
    const run = await startLocally(variables);
    try {
      expect(run.key).toMatch(RANDOM_KEY);
      const status = async (key: string) =>
        (await send(run.url, '/api/status', { headers: { 'x-api-key': key } })).status;
      expect([await status(run.key), await status('change-me')]).toEqual([200, 401]);
    } finally {
      await run.end();
    }
  });

  test('that was set by hand stays, and foreign names are refused all the same', async () => {
    const run = await startLocally({ ...TOKEN, X_API_KEY: 'my-own-key' });
    try {
      expect(run.key).toBe('my-own-key');
      const headers = { 'x-api-key': 'my-own-key' };
      expect((await send(run.url, '/api/status', { headers })).status).toBe(200);
      expect(
        (await send(run.url, '/api/status', { headers: { ...headers, host: 'page.test' } })).status,
      ).toBe(421);
    } finally {
      await run.end();
    }
  });

  test.each([
    ['X_API_KEY', 'my-own-key,change-me'],
    ['CLIENT_KEYS', '[{"label":"gpt","key":"change-me"}]'],
  ])('is not the one that everybody knows in %s: that is refused at the start', async (name, value) => {
    const run = await startLocally({ ...TOKEN, [name]: value });
    expect(run.url).toBe('');
    expect(run.output()).toContain(`${name} has the key "change-me", which everybody knows.`);
  });
});
