/** Answers with sound framing that are no JSON, and too many large ones at once, through the gateway. */
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type RawUpstream, rawAnswer, startRawUpstream } from './support/rawUpstream.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

const JSON_TYPE = 'Content-Type: application/json';
/** More calls than these tests make. */
const LIMIT = 'X-Discogs-Ratelimit: 1000000';
const sized = (status: string, body: string | Uint8Array, lines: readonly string[] = [JSON_TYPE]): Buffer =>
  rawAnswer(status, [LIMIT, `Content-Length: ${Buffer.byteLength(body)}`, ...lines], body);
const GOOD = sized('200 OK', '{"id":1}');

let upstream: RawUpstream;
let gateway: TestGateway;
/** What the upstream does with a request; tests replace it. */
let answer: (socket: Socket, head: string) => void;
let seenBefore = 0;
let id = 0;
/** A record that nobody has asked for yet. */
let path: string;
beforeAll(async () => {
  upstream = await startRawUpstream((socket, head) => answer(socket, head));
  gateway = await openTestGateway({ environment: { DISCOGS_API_BASE_URL: upstream.url } });
});
beforeEach(() => {
  answer = (socket) => socket.write(GOOD);
  seenBefore = upstream.requests.length;
  id += 1;
  path = `/artists/${id}`;
});
afterAll(() => Promise.all([gateway.close(), upstream.close()]));

const asked = () => upstream.requests.length - seenBefore;
const usually = (where: string) => gateway.ask(where, { mayBeKept: true });
const bytes = (...values: (number | string)[]) =>
  Buffer.concat(values.map((value) => (typeof value === 'string' ? Buffer.from(value) : Buffer.of(value))));

describe('a body that is no JSON', () => {
  const broken: readonly [string, string | Uint8Array, readonly string[]][] = [
    ['a word that JavaScript knows', '{"x":NaN}', [JSON_TYPE]],
    ['a cut in the middle, ends that fit', '{"a":{"b":1}', [JSON_TYPE]],
    ['bytes that are no UTF-8', bytes('{"a":"', 0xff, '"}'), [JSON_TYPE]],
    ['a byte order mark', '\ufeff{"a":1}', [JSON_TYPE]],
    ['nesting without end', '['.repeat(200_000) + ']'.repeat(200_000), [JSON_TYPE]],
    ['something behind its end', '{"a":1}{}', [JSON_TYPE]],
    ['a single text', '"text"', [JSON_TYPE]],
    ['text, announced as such', 'all is well', ['Content-Type: text/plain']],
    ['no announcement', '{"a":}', []],
    ['packing', gzipSync('{"x":NaN}'), [JSON_TYPE, 'Content-Encoding: gzip']],
  ];
  for (const [what, body, lines] of broken) {
    it(`because of ${what} is an error for whoever asked, is not kept, and is worse than an older one`, async () => {
      answer = (socket) => socket.write(sized('200 OK', body, lines));
      const reply = await usually(path);
      expect([reply.status, reply.json()]).toMatchObject([
        502,
        { error: 'upstream_invalid', reason: 'json', upstream_status: 200 },
      ]);
      expect(await gateway.trace(reply)).toMatchObject({ error: 'upstream_invalid', attempts: 1 });
      answer = (socket) => socket.write(GOOD);
      expect(await usually(path)).toMatchObject({ status: 200, headers: { 'x-cache': 'miss' } });
      expect(asked()).toBe(2);
      answer = (socket) => socket.write(sized('200 OK', body, lines));
      expect(await gateway.ask(path)).toMatchObject({
        status: 200,
        text: '{"id":1}',
        headers: { 'x-cache': 'stale' },
      });
    });
  }

  it('ends a write that Discogs has carried out without a body, once', async () => {
    answer = (socket) => socket.write(sized('201 Created', '{"x":NaN}'));
    const reply = await gateway.ask('/users/anna/wants/1', { method: 'PUT' });
    expect([reply.status, reply.text, asked()]).toEqual([201, '', 1]);
    expect(await gateway.trace(reply)).toMatchObject({ status: 201, client_status: 201, attempts: 1 });
  });

  it('says with 404 that there is no such record, and is not kept', async () => {
    answer = (socket) =>
      socket.write(sized('404 Not Found', '<html>Not Found</html>', ['Content-Type: text/html']));
    expect((await usually(path)).json()).toMatchObject({ error: 'not_found' });
    answer = (socket) => socket.write(GOOD);
    expect((await usually(path)).status).toBe(200);
  });
});

describe('sixteen answers of 31 MB at once', () => {
  it('are read as far as there is room: the newest are told to come again, and Discogs is not blamed', async () => {
    const large = sized('200 OK', `{"large":"${'0'.repeat(31 * 1024 * 1024)}"}`);
    const finish: (() => void)[] = [];
    answer = (socket, head) => {
      if (head.startsWith('GET /labels/')) return void socket.write(GOOD);
      socket.write(large.subarray(0, -1));
      finish.push(() => socket.write(large.subarray(-1)));
    };
    const known = await gateway.ask('/labels/1');
    const oldest = ['/artists/9001', '/artists/9002'].map((where) => usually(where));
    while (finish.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const follower = usually('/artists/9001');
    const newest = await Promise.all(
      Array.from({ length: 14 }, (_, index) => usually(`/artists/${9003 + index}`)),
    );
    for (const reply of newest) {
      expect([reply.status, reply.headers['retry-after'], reply.json()]).toMatchObject([
        503,
        '5',
        { error: 'overloaded', trace_id: reply.headers['x-trace-id'] },
      ]);
    }
    // A small one meanwhile is read.
    expect((await gateway.ask('/labels/2')).text).toBe(known.text);
    for (const end of finish.slice(0, 2)) end();
    const lengths = (await Promise.all([...oldest, follower])).map(({ status, bytes: { length } }) => [
      status,
      length,
    ]);
    expect(lengths).toEqual(Array(3).fill([200, large.length - large.indexOf('{')]));
    const [first] = newest;
    if (!first) throw new Error('nobody was refused');
    expect(await gateway.trace(first)).toMatchObject({
      status: 200,
      client_status: 503,
      source: 'discogs',
      error: 'overloaded',
      attempts: 1,
    });
    expect((await gateway.ask('/status')).json()).toMatchObject({ breaker: { state: 'closed' } });
    answer = (socket) => socket.write(GOOD);
    expect((await gateway.ask('/artists/9016')).status).toBe(200);
  });
});
