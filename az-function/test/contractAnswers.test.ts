/** Good answers through the gateway: what a caller can build on, header by header. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sendBytes } from './support/send.ts';
import { KEY, openTestGateway, type TestGateway } from './support/testGateway.ts';

const SEARCH = '/database/search?q=nevermind';
const RATE = ['', '-used', '-remaining', '-reset'].map((name) => `x-discogs-ratelimit${name}`);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
beforeEach(() => gateway.sandbox.reset());
afterAll(() => gateway.close());

const lastSeen = () => gateway.sandbox.requests.at(-1);

describe('the lines of the README', () => {
  for (const [path, tells] of [
    ['/artists/108713', { id: 108713, name: 'Nickelback' }],
    ['/releases/249504', { id: 249504 }],
    [SEARCH, { pagination: { page: 1 } }],
    ['/database/search?release_title=Disintegration&artist=The%20Cure', { pagination: { page: 1 } }],
  ] as const) {
    it(`${path} answers 200 with JSON`, async () => {
      const answer = await gateway.ask(path);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('application/json');
      expect(answer.json()).toMatchObject(tells);
    });
  }

  it('a search finds what it was asked for', async () => {
    const answer = await gateway.ask('/database/search?release_title=Disintegration&artist=The%20Cure');
    const { results }: { results: { title: string }[] } = Object(answer.json());
    expect(results.length).toBeGreaterThan(0);
    for (const { title } of results) expect(title).toMatch(/The Cure - Disintegration/);
  });

  it('ping answers without a key, with any key, and never asks Discogs', async () => {
    for (const headers of [{}, { 'x-api-key': 'wrong' }, { authorization: 'Bearer wrong' }]) {
      const answer = await gateway.askWithoutKey('/ping', { headers });
      expect([answer.status, answer.text]).toEqual([200, '{"status":"ok"}']);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
    expect(gateway.sandbox.requests).toEqual([]);
  });
});

describe('HEAD', () => {
  it('has all headers of GET, the length of its body included, and no body', async () => {
    const get = await gateway.ask(SEARCH);
    const head = await gateway.ask(SEARCH, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.text).toBe('');
    expect(head.headers['content-length']).toBe(String(get.bytes.length));
    for (const name of ['content-type', 'etag', 'link', 'cache-control', 'vary']) {
      expect(head.headers[name]).toBe(get.headers[name]);
    }
    for (const name of [...RATE, 'x-trace-id']) expect(head.headers).toHaveProperty(name);
    expect(lastSeen()?.method).toBe('GET');
  });

  it('shows the status of an error without its body', async () => {
    const answer = await gateway.ask('/artists/999999999', { method: 'HEAD' });
    expect([answer.status, answer.text]).toEqual([404, '']);
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
  });

  it('answers for ping, too', async () => {
    const answer = await gateway.askWithoutKey('/ping', { method: 'HEAD' });
    expect([answer.status, answer.text, answer.headers['content-length']]).toEqual([200, '', '15']);
  });
});

describe('conditional requests', () => {
  const conditional = (ifNoneMatch: string | string[], method = 'GET') =>
    gateway.ask('/releases/249504', { method, headers: { 'if-none-match': ifNoneMatch } });

  it('answer 304 without a body when the ETag is still the same', async () => {
    const { etag = '' } = (await gateway.ask('/releases/249504')).headers;
    expect(etag).toMatch(/^"[\w-]{20,}"$/);
    for (const sent of [etag, `W/${etag}`, `"other", ${etag}`, '*', ['"other"', etag]]) {
      const answer = await conditional(sent);
      expect([answer.status, answer.text, answer.headers['etag']]).toEqual([304, '', etag]);
      expect(answer.headers).not.toHaveProperty('content-type');
      for (const name of [...RATE, 'x-trace-id', 'cache-control', 'vary']) {
        expect(answer.headers).toHaveProperty(name);
      }
    }
    expect((await conditional(etag, 'HEAD')).status).toBe(304);
  });

  it('show in the trace whether Discogs was asked and what was answered', async () => {
    const ask = () => gateway.ask('/masters/96559', { headers: { 'if-none-match': '*' } });
    const common = { status: 200, client_status: 304 };
    expect(await gateway.trace(await ask())).toMatchObject({ ...common, source: 'discogs', attempts: 1 });
    // Node's fetch adds no-cache to every If-None-Match by itself, so the pair is no wish for a fresh answer.
    expect(await gateway.trace(await ask())).toMatchObject({ ...common, source: 'cache', attempts: 0 });
  });

  it('answer 200 to another ETag, and to another page', async () => {
    const { etag = '' } = (await gateway.ask('/releases/249504')).headers;
    expect((await conditional('"other"')).status).toBe(200);
    expect((await conditional(etag.slice(1, -1))).status).toBe(200);
    const other = await gateway.ask('/releases/1', { headers: { 'if-none-match': etag } });
    expect(other.status).not.toBe(304);
  });
});

describe('links', () => {
  it('in body and Link point at the address that the caller used', async () => {
    for (const host of [new URL(gateway.url).host, 'gateway.example:8443', 'localhost']) {
      const answer = await gateway.ask(SEARCH, { headers: { host } });
      const next = `http://${host}/api/database/search?q=nevermind&per_page=50&page=2`;
      expect(answer.headers['link']).toBe(`<${next}>; rel="next", <${next}>; rel="last"`);
      expect(answer.json()).toMatchObject({ pagination: { urls: { next, last: next } } });
      expect(answer.text).not.toContain('api.discogs.com');
    }
  });

  it('lead to the next page when they are followed with the key', async () => {
    const { headers } = await gateway.ask(`${SEARCH}&per_page=1`);
    const next = new URL(/<([^>]+)>; rel="next"/.exec(headers['link'] ?? '')?.[1] ?? '');
    const page = await gateway.ask(`${next.pathname.replace('/api', '')}${next.search}`);
    expect(page.json()).toMatchObject({ pagination: { page: 2, per_page: 1 } });
  });

  it('to the web site and to images stay as they are', async () => {
    const { text } = await gateway.ask('/artists/108713');
    expect(text).toContain('"uri":"https://www.discogs.com/artist/108713-Nickelback"');
  });

  it('ignore forwarded hosts, which anybody can send', async () => {
    const answer = await gateway.ask('/artists/108713', {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    });
    expect(answer.text).not.toContain('evil.example');
    expect(answer.json()).toHaveProperty('resource_url', `${gateway.url}/api/artists/108713`);
  });
});

describe('headers of an answer', () => {
  it('tell the rate limit, how long to keep it and for whom', async () => {
    const { headers } = await gateway.ask('/artists/108713');
    for (const name of RATE) expect(headers[name]).toMatch(/^[0-9]+$/);
    expect(headers).toMatchObject({
      'cache-control': 'private, max-age=21600',
      vary: 'x-api-key, authorization, accept',
      'x-trace-id': expect.stringMatching(UUID),
    });
  });

  it('forbid keeping what belongs to one user, and what a write answered', async () => {
    const reads = ['/oauth/identity', '/users/crate_digger/wants', '/users/crate_digger'];
    const answers = await Promise.all(reads.map((path) => gateway.ask(path)));
    answers.push(await gateway.ask('/users/crate_digger/wants/249504', { method: 'PUT' }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 201]);
    for (const { headers } of answers) expect(headers['cache-control']).toBe('private, no-store');
  });

  it('tell the rate limit and the trace on errors as well, which are never kept', async () => {
    const { status, headers } = await gateway.ask('/artists/999999999');
    expect(status).toBe(404);
    for (const name of RATE) expect(headers[name]).toMatch(/^[0-9]+$/);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-trace-id': expect.stringMatching(UUID) });
  });

  it('echo the ids that a caller sends, and the trace shows them with those of ChatGPT', async () => {
    const ids = {
      'openai-conversation-id': 'conversation-1',
      'openai-ephemeral-user-id': 'user-1',
      'openai-gpt-id': 'g-1',
    };
    const answer = await gateway.ask('/artists/108713', {
      headers: { ...ids, 'x-client-trace-id': 'mine-1', 'x-action-operation-hash': 'hash-1' },
    });
    expect(answer.headers).toMatchObject({ 'x-client-trace-id': 'mine-1', 'x-operation-hash': 'hash-1' });
    for (const name of Object.keys(ids)) expect(answer.headers).not.toHaveProperty(name);
    expect(await gateway.trace(answer)).toMatchObject({
      x_client_trace_id: 'mine-1',
      x_operation_hash: 'hash-1',
      openai_conversation_id: 'conversation-1',
      openai_ephemeral_user_id: 'user-1',
      openai_gpt_id: 'g-1',
    });
  });

  it('echo an id on refusals, cut to a sane length and to printable characters', async () => {
    const long = await gateway.askWithoutKey('/artists/1', {
      headers: { 'x-client-trace-id': 'x'.repeat(5000) },
    });
    expect([long.status, long.headers['x-client-trace-id']]).toEqual([401, 'x'.repeat(256)]);
    const odd = await gateway.ask('/artists/x', { headers: { 'x-client-trace-id': 'caf\u00e9' } });
    expect([odd.status, odd.headers['x-client-trace-id']]).toEqual([400, 'caf']);
  });
});

describe('addresses', () => {
  it('are found in any case, and with a slash at the end', async () => {
    for (const path of ['/ARTISTS/108713', '/Artists/108713/', '/artists/108713/']) {
      expect((await gateway.ask(path)).json()).toHaveProperty('id', 108713);
      expect(lastSeen()?.path).toBe('/artists/108713');
    }
    const shouted = await sendBytes(
      gateway.url,
      `GET /API/Masters/96559/VERSIONS?per_page=1 HTTP/1.1\r\nHost: h\r\nx-api-key: ${KEY}\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n`,
    );
    expect(shouted.status).toBe(200);
    expect(lastSeen()?.path).toBe('/masters/96559/versions?per_page=1');
  });
});
