/** The HTTP client itself, with deadlines that are short enough to wait for. */
import type { DiscogsRequest } from '@discogs-agent/core';
import { type Sandbox, startSandbox } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createFetcher as createBoundFetcher } from '../src/http/fetcher.ts';
import { rawAnswer, startRawUpstream } from './support/rawUpstream.ts';

const MAX = 1024 * 1024;
const SHORT = { timeoutMs: 150, maxBytes: MAX };
const LONG = { timeoutMs: 5_000, maxBytes: MAX };
const TIMEOUT = {
  kind: 'failure',
  cause: 'timeout',
  name: 'TimeoutException',
  detail: 'no answer in time',
};

const createFetcher = (baseUrl: string) => createBoundFetcher(baseUrl, 100 * MAX);
const get = (pathAndQuery: string): DiscogsRequest => ({
  method: 'GET',
  pathAndQuery,
  headers: { 'user-agent': 'Tests/1.0' },
  body: undefined,
});

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ limits: { authenticated: 10_000, anonymous: 10_000 } });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

describe('the fetcher', () => {
  it('reads an answer, unpacked, with headers by lower-case name', async () => {
    const answer = await createFetcher(sandbox.url)(get('/artists/108713'), LONG);
    if (answer.kind !== 'answer') throw new Error(answer.detail);
    expect(answer.status).toBe(200);
    expect(answer.header('x-discogs-ratelimit')).toBe('10000');
    expect(answer.header('content-encoding')).toBe('gzip');
    expect(answer.header('nothing')).toBeUndefined();
    expect(JSON.parse(Buffer.from(answer.body).toString())).toHaveProperty('name', 'Nickelback');
  });

  it('keeps the path of its base address', async () => {
    await createFetcher(`${sandbox.url}/v2/`)(get('/artists/1?x=1'), LONG);
    expect(sandbox.requests.map(({ path }) => path)).toEqual(['/v2/artists/1?x=1']);
  });

  it('opens no more than 64 connections, however many calls there are', async () => {
    const fetcher = createFetcher(sandbox.url);
    const before = sandbox.connections();
    const calls = Array.from({ length: 100 }, () => fetcher(get('/labels/895'), LONG));
    const kinds = (await Promise.all(calls)).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['answer']));
    expect(sandbox.connections() - before).toBeLessThanOrEqual(64);
  });
});

describe('a deadline', () => {
  for (const fault of [
    { kind: 'hang', stage: 'headers' },
    { kind: 'hang', stage: 'body' },
    { kind: 'drip', bytesPerSecond: 20 },
    { kind: 'delay', ms: 60_000 },
  ] as const) {
    it(`ends an answer with ${JSON.stringify(fault)}, not before its time, and the next one is good`, async () => {
      const fetcher = createFetcher(sandbox.url);
      sandbox.fault({ fault });
      const started = performance.now();
      expect(await fetcher(get('/labels/895'), SHORT)).toEqual(TIMEOUT);
      expect(performance.now() - started).toBeGreaterThanOrEqual(149);
      expect(await fetcher(get('/labels/895'), LONG)).toHaveProperty('status', 200);
    });
  }

  it('ends a body of unknown length, too', async () => {
    const upstream = await startRawUpstream((socket) =>
      socket.write(rawAnswer('200 OK', ['Transfer-Encoding: chunked'], '2\r\n{}\r\n')),
    );
    expect(await createFetcher(upstream.url)(get('/'), SHORT)).toEqual(TIMEOUT);
    await upstream.close();
  });

  it('ends calls that wait for a connection while all of them hang', async () => {
    const fetcher = createFetcher(sandbox.url);
    sandbox.fault({ times: 0, fault: { kind: 'hang', stage: 'headers' } });
    const results = await Promise.all(Array.from({ length: 40 }, () => fetcher(get('/labels/895'), SHORT)));
    expect(results).toEqual(Array.from({ length: 40 }, () => TIMEOUT));
    sandbox.clearFaults();
    expect(await fetcher(get('/labels/895'), LONG)).toHaveProperty('status', 200);
  });

  it('that is over already is a timeout', async () => {
    const limits = { ...SHORT, timeoutMs: 0 };
    sandbox.fault({ fault: { kind: 'hang', stage: 'headers' } });
    expect(await createFetcher(sandbox.url)(get('/labels/895'), limits)).toEqual(TIMEOUT);
  });
});

describe('a body', () => {
  const TOO_LARGE = { kind: 'failure', cause: 'too_large', name: 'BodyTooLarge' };
  const release = get('/releases/249504');

  it('is refused beyond its limit, announced or not', async () => {
    const fetcher = createFetcher(sandbox.url);
    expect(await fetcher(release, { ...LONG, maxBytes: 100 })).toMatchObject(TOO_LARGE);
    sandbox.fault({ fault: { kind: 'huge', bytes: 10_000_000 } });
    expect(await fetcher(release, LONG)).toMatchObject(TOO_LARGE);
    expect(await fetcher(release, LONG)).toHaveProperty('status', 200);
  });

  it('of exactly the limit is read', async () => {
    const upstream = await startRawUpstream((socket, head) => {
      const chunks = `${MAX.toString(16)}\r\n${'x'.repeat(MAX)}\r\n0\r\n\r\n`;
      if (head.startsWith('GET /chunked'))
        socket.write(rawAnswer('200 OK', ['Transfer-Encoding: chunked'], chunks));
      else socket.write(rawAnswer('200 OK', [`Content-Length: ${MAX}`], 'x'.repeat(MAX)));
    });
    const fetcher = createFetcher(upstream.url);
    for (const path of ['/chunked', '/announced']) {
      const answer = await fetcher(get(path), LONG);
      expect(answer.kind === 'answer' && answer.body.length).toBe(MAX);
      expect(await fetcher(get(path), { ...LONG, maxBytes: MAX - 1 })).toMatchObject(TOO_LARGE);
    }
    await upstream.close();
  });
});
