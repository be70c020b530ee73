/** Answers that no HTTP server would send, byte by byte, and an upstream that is not there. */
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { badGateway } from './support/errors.ts';
import { type RawUpstream, rawAnswer, startRawUpstream } from './support/rawUpstream.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

const JSON_TYPE = 'Content-Type: application/json';
const GOOD_BODY = '{"id":1,"name":"One"}';
/** More calls than these tests make. */
const LIMIT = 'X-Discogs-Ratelimit: 1000000';
const good = (lines: readonly string[] = []) =>
  rawAnswer('200 OK', [JSON_TYPE, LIMIT, `Content-Length: ${GOOD_BODY.length}`, ...lines], GOOD_BODY);

let upstream: RawUpstream;
let gateway: TestGateway;
/** What the upstream does with a request; tests replace it. */
let answer: (socket: Socket) => void;
let seenBefore = 0;
beforeAll(async () => {
  upstream = await startRawUpstream((socket) => answer(socket));
  gateway = await openTestGateway({ environment: { DISCOGS_API_BASE_URL: upstream.url } });
});
let id = 0;
/** An artist that nobody has asked for yet: a kept answer would hide that Discogs fails. */
let path: string;
beforeEach(async () => {
  answer = (socket) => socket.write(good());
  // A good call ends the row of failures that the breaker counts.
  expect((await gateway.ask('/labels/1')).status).toBe(200);
  seenBefore = upstream.requests.length;
  id += 1;
  path = `/artists/${id}`;
});
afterAll(() => Promise.all([gateway.close(), upstream.close()]));

const asked = () => upstream.requests.length - seenBefore;

describe('a broken answer', () => {
  const chunked = ['Transfer-Encoding: chunked', JSON_TYPE];
  const broken: readonly [string, (socket: Socket) => void, string][] = [
    ['no HTTP at all', (socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'), 'RemoteProtocolError'],
    ['nothing but the end of the connection', (socket) => socket.end(), 'ReadError'],
    [
      'a chunked body that ends inside a chunk',
      (socket) => socket.end(rawAnswer('200 OK', chunked, 'ff\r\n{"id":1')),
      'ReadError',
    ],
    [
      'a chunk without a size',
      (socket) => socket.end(rawAnswer('200 OK', chunked, 'zz\r\n{}\r\n0\r\n\r\n')),
      'RemoteProtocolError',
    ],
    [
      'two different lengths',
      (socket) =>
        socket.end(rawAnswer('200 OK', [JSON_TYPE, 'Content-Length: 2', 'Content-Length: 3'], '{}x')),
      '\\w+',
    ],
    [
      'a length that is no number',
      (socket) => socket.end(rawAnswer('200 OK', [JSON_TYPE, 'Content-Length: many'], '{}')),
      'RemoteProtocolError',
    ],
    [
      'headers without end',
      (socket) => socket.end(rawAnswer('200 OK', [`X-Long: ${'x'.repeat(200_000)}`], '{}')),
      '\\w+',
    ],
  ];
  for (const [what, send, type] of broken) {
    it(`of ${what} is a bad gateway after two attempts, and the next call is good`, async () => {
      answer = send;
      const before = gateway.lines.length;
      const reply = await gateway.ask(path);
      expect([reply.status, reply.text]).toEqual([502, badGateway(reply.headers['x-trace-id'])]);
      expect(await gateway.trace(reply)).toMatchObject({
        source: 'proxy',
        error: 'bad_gateway',
        attempts: 2,
      });
      expect(gateway.lines.slice(before).join('\n')).toMatch(new RegExp(`error_type=${type}\\b`));
      const traceId = `trace_id=${reply.headers['x-trace-id']}`;
      expect(await gateway.line(`RequestError contacting Discogs path=${path}`, traceId)).toBeDefined();
      answer = (socket) => socket.write(good());
      expect((await gateway.ask(path)).text).toBe(GOOD_BODY);
      expect(asked()).toBe(3);
    });
  }
});

describe('an unusual answer', () => {
  it('after an interim one is the answer', async () => {
    for (const interim of ['103 Early Hints\r\nLink: </x.css>; rel=preload', '102 Processing']) {
      answer = (socket) => socket.write(Buffer.concat([Buffer.from(`HTTP/1.1 ${interim}\r\n\r\n`), good()]));
      expect((await gateway.ask(path)).text).toBe(GOOD_BODY);
    }
  });

  it('whose coding is written in capitals, or by its old name, is unpacked', async () => {
    const packed = gzipSync(GOOD_BODY);
    for (const coding of ['GZIP', 'x-gzip', 'gzip']) {
      const lines = [JSON_TYPE, `Content-Encoding: ${coding}`, `Content-Length: ${packed.length}`];
      answer = (socket) => socket.write(rawAnswer('200 OK', lines, packed));
      expect([coding, (await gateway.ask(path)).text]).toEqual([coding, GOOD_BODY]);
    }
  });

  it('that announces 100 MB is refused before they come', async () => {
    answer = (socket) => socket.write(rawAnswer('200 OK', [JSON_TYPE, 'Content-Length: 100000000'], '{'));
    const reply = await gateway.ask(path);
    expect(reply.json()).toMatchObject({ error: 'upstream_invalid', reason: 'too_large' });
    expect(asked()).toBe(1);
  });

  // Of a write, which is not asked for once more: a read would be, after ten seconds.
  it('of 429 without any header is valid JSON that says so', async () => {
    // Its own gateway: the pause after it is for everybody.
    const paused = await openTestGateway({ environment: { DISCOGS_API_BASE_URL: upstream.url } });
    answer = (socket) => socket.write(rawAnswer('429 Too Many Requests', ['Content-Length: 0']));
    const reply = await paused.ask('/users/a/wants/1', { method: 'PUT' });
    const traceId = reply.headers['x-trace-id'];
    expect([reply.status, reply.text]).toEqual([
      429,
      `{"error":"rate_limited","trace_id":"${traceId}","limit":null,"remaining":null,"reset":10,"source":"discogs","message":"Discogs is rate limiting this gateway. Retry after 10 seconds."}`,
    ]);
    expect(asked()).toBe(1);
    await paused.close();
  });

  it('with a status beyond all is an upstream error', async () => {
    answer = (socket) => socket.write(rawAnswer('999 Request denied', ['Content-Length: 0']));
    const reply = await gateway.ask(path);
    expect([reply.status, reply.json()]).toMatchObject([502, { upstream_status: 999 }]);
  });

  it('with a header in several lines keeps all of them', async () => {
    const api = 'https://api.discogs.com';
    answer = (socket) =>
      socket.write(good([`Link: <${api}/a?page=2>; rel="next"`, `Link: <${api}/a?page=9>; rel="last"`]));
    expect((await gateway.ask(path)).headers['link']).toBe(
      `<${gateway.url}/api/a?page=2>; rel="next", <${gateway.url}/api/a?page=9>; rel="last"`,
    );
  });
});

describe('a body whose end is the end of the connection', () => {
  const untilClose = (body: string) => {
    answer = (socket) => socket.end(rawAnswer('200 OK', [JSON_TYPE, 'Connection: close'], body));
  };

  it('is answered when it is whole', async () => {
    untilClose(GOOD_BODY);
    expect((await gateway.ask(path)).text).toBe(GOOD_BODY);
  });

  for (const cut of ['{"id":1,"na', '{"artist":{"id":1}', '{"list":[{"id":1},{"id":2}']) {
    it(`is refused when it was cut short: ${cut}`, async () => {
      untilClose(cut);
      const reply = await gateway.ask(path);
      expect([reply.status, reply.text]).toEqual([502, expect.stringContaining('"upstream_invalid"')]);
    });
  }
});

describe('connections', () => {
  it('that Discogs closed in the meantime cost a read nothing but a second attempt', async () => {
    await gateway.ask(path);
    let first = true;
    answer = (socket) => {
      if (first) socket.resetAndDestroy();
      else socket.write(good());
      first = false;
    };
    const reply = await gateway.ask(path);
    expect(reply.status).toBe(200);
    expect(await gateway.trace(reply)).toHaveProperty('attempts', 2);
  });

  it('are kept between calls', async () => {
    await gateway.ask(path);
    const before = upstream.connections();
    for (let call = 0; call < 5; call += 1) expect((await gateway.ask(path)).status).toBe(200);
    expect(asked()).toBe(6);
    expect(upstream.connections()).toBe(before);
  });

  it('that are refused are a bad gateway after two attempts, for a write after one', async () => {
    const nobody = await openTestGateway({ environment: { DISCOGS_API_BASE_URL: 'http://127.0.0.1:1' } });
    const read = await nobody.ask('/artists/1');
    expect([read.status, read.text]).toEqual([502, badGateway(read.headers['x-trace-id'])]);
    expect(await nobody.trace(read)).toMatchObject({
      status: 502,
      client_status: 502,
      source: 'proxy',
      error: 'bad_gateway',
      attempts: 2,
    });
    expect(await nobody.line('transient_retry attempt=1', 'error_type=ConnectError')).toBeDefined();
    const write = await nobody.ask('/users/a/wants/1', { method: 'PUT' });
    expect(await nobody.trace(write)).toMatchObject({ client_status: 502, attempts: 1 });
    // No caller is the cause, so that each attempt counts, whatever was asked for.
    expect((await nobody.ask('/artists/1')).status).toBe(502);
    expect((await nobody.ask('/artists/2')).status).toBe(503);
    expect((await nobody.askWithoutKey('/ping')).status).toBe(200);
    await nobody.close();
  });
});
