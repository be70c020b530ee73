/** Answers from memory through the gateway: what a caller sees of them, and who never sees them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

const KEYS = [
  { label: 'anna', key: 'key-of-anna' },
  { label: 'ben', key: 'key-of-ben' },
];
const WANTS = '/users/crate_digger/wants';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({ environment: { CLIENT_KEYS: JSON.stringify(KEYS) } });
});
let id = 500_000_000;
/** A record that nobody has asked for yet. */
let path: string;
beforeEach(() => {
  gateway.sandbox.reset();
  id += 1;
  path = `/releases/${id}`;
});
afterAll(() => gateway.close());

const asked = () => gateway.sandbox.requests.length;
const usually = (where: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  gateway.ask(where, { mayBeKept: true, headers, method });
const as = (name: string) => ({ 'x-api-key': `key-of-${name}` });
const cacheOf = async (answer: ReturnType<TestGateway['ask']>) => (await answer).headers['x-cache'];

describe('a repeated read', () => {
  it('is answered from memory with the same bytes, and says so with its age', async () => {
    const first = await usually(path);
    const second = await usually(path);
    expect(asked()).toBe(1);
    expect([second.status, second.text]).toEqual([200, first.text]);
    expect(first.headers).toMatchObject({ 'x-cache': 'miss', 'cache-control': 'private, max-age=21600' });
    expect(first.headers).not.toHaveProperty('age');
    const { age, 'cache-control': cacheControl } = second.headers;
    expect(second.headers['x-cache']).toBe('hit');
    // Together they are the six hours, but for the part of a second.
    const left = Number(/^private, max-age=([0-9]+)$/.exec(cacheControl ?? '')?.[1]);
    expect(Number(age) + left).toBe(21_599);
    for (const name of ['content-type', 'etag', 'vary', 'content-length']) {
      expect(second.headers[name]).toBe(first.headers[name]);
    }
    expect(second.headers['x-trace-id']).not.toBe(first.headers['x-trace-id']);
  });

  it('is traced as such', async () => {
    expect(await gateway.trace(await usually(path))).toMatchObject({
      source: 'discogs',
      cache: 'miss',
      attempts: 1,
      waited_ms: 0,
      lane: 'caller',
      store: 'memory',
      budget_remaining: expect.any(Number),
    });
    expect(await gateway.trace(await usually(path))).toMatchObject({
      status: 200,
      client_status: 200,
      source: 'cache',
      cache: 'hit',
      attempts: 0,
      waited_ms: 0,
    });
  });

  it('costs nothing of the window, which is told as it is now', async () => {
    const first = await usually(path);
    const used = Number(first.headers['x-discogs-ratelimit-used']);
    await gateway.ask(`/releases/${id + 1_000}`);
    const { headers } = await usually(path);
    expect(headers['x-cache']).toBe('hit');
    expect(headers['x-discogs-ratelimit-used']).toBe(String(used + 1));
    expect(headers['x-discogs-ratelimit-remaining']).toBe(String(1_000_000 - used - 1));
    expect(headers['x-discogs-ratelimit-reset']).toBe('0');
  });

  it('asks Discogs again with no-cache, and what comes is kept for the others', async () => {
    await usually(path);
    expect(await cacheOf(gateway.ask(path))).toBe('miss');
    expect(await cacheOf(usually(path, { 'cache-control': 'max-age=0, No-Cache' }))).toBe('miss');
    expect(asked()).toBe(3);
    const { headers } = await usually(path);
    expect([headers['x-cache'], headers['age']]).toEqual(['hit', '0']);
    // Only the word counts.
    expect(await cacheOf(usually(path, { 'cache-control': 'max-age=0' }))).toBe('hit');
  });

  it('finds answers kept for HEAD, for other spellings and orders, and 304 from memory', async () => {
    expect(await cacheOf(usually(path, {}, 'HEAD'))).toBe('miss');
    const get = await usually(path.replace('/releases/', '/RELEASES/'));
    expect([get.headers['x-cache'], get.json()]).toMatchObject(['hit', { id }]);
    const same = await usually(path, { 'if-none-match': get.headers['etag'] ?? '' });
    expect([same.status, same.text, same.headers['x-cache']]).toEqual([304, '', 'hit']);
    await usually('/database/search?q=nevermind&per_page=3');
    expect(await cacheOf(usually('/database/search?per_page=3&q=nevermind&unknown=1'))).toBe('hit');
    expect(await cacheOf(usually('/database/search?per_page=4&q=nevermind'))).toBe('miss');
    expect(asked()).toBe(3);
  });

  it('that says what its user owns is asked for anew after a write of that user', async () => {
    const search = '/database/search?q=nevermind&type=release&per_page=2';
    expect(await cacheOf(usually(search))).toBe('miss');
    expect(await cacheOf(usually(search))).toBe('hit');
    await usually('/users/crate_digger/wants/249504', { 'content-type': 'application/json' }, 'PUT');
    expect(await cacheOf(usually(search))).toBe('miss');
    expect(await cacheOf(usually('/masters/13814'))).toBe('miss');
    await usually('/users/crate_digger/wants/249504', {}, 'DELETE');
    expect(await cacheOf(usually('/masters/13814'))).toBe('hit');
  });

  it('has links to the address that each caller used', async () => {
    for (const host of ['one.example', 'two.example', 'one.example']) {
      const { json } = await usually('/artists/108713', { host });
      expect(json()).toHaveProperty('resource_url', `http://${host}/api/artists/108713`);
    }
    expect(asked()).toBe(1);
  });

  it('of a record that does not exist is answered from memory, too', async () => {
    const first = await usually('/artists/999999999');
    const second = await usually('/artists/999999999');
    expect(asked()).toBe(1);
    for (const { status, json, headers } of [first, second]) {
      expect(status).toBe(404);
      expect(json()).toMatchObject({ error: 'not_found', message: expect.any(String) });
      expect(headers['cache-control']).toBe('no-store');
    }
    expect(second.headers).toMatchObject({ 'x-cache': 'hit', age: '0' });
    expect(second.json()).toHaveProperty('trace_id', second.headers['x-trace-id']);
  });

  it('of lists and searches may be kept for half an hour at most', async () => {
    for (const list of ['/labels/895/releases', '/artists/108713/releases', '/database/search?q=x']) {
      const { headers } = await usually(list);
      const seconds = Number(/^private, max-age=([0-9]+)$/.exec(headers['cache-control'] ?? '')?.[1]);
      expect(seconds).toBeGreaterThanOrEqual(600);
      expect(seconds).toBeLessThanOrEqual(1_800);
    }
  });

  it('that failed or was refused is not kept', async () => {
    for (const status of [500, 422, 401]) {
      gateway.sandbox.fault({ fault: { kind: 'status', status } });
      expect((await usually(path)).status).toBe(status === 500 ? 502 : status);
    }
    expect(await cacheOf(usually(path))).toBe('miss');
  });
});

describe("a user's own data", () => {
  const reads = [WANTS, '/users/crate_digger/collection/folders', '/oauth/identity'];

  for (const own of reads) {
    it(`${own} is kept for its key alone, and for no cache in between`, async () => {
      expect(await cacheOf(usually(own, as('anna')))).toBe('miss');
      const again = await usually(own, as('anna'));
      expect(again.headers).toMatchObject({ 'x-cache': 'hit', 'cache-control': 'private, no-store' });
      expect(await cacheOf(usually(own, as('ben')))).toBe('miss');
      expect(asked()).toBe(2);
    });
  }

  it('is dropped by a write, for the reads of every key of that user', async () => {
    await usually(WANTS, as('anna'));
    await usually(WANTS, as('ben'));
    const write = await usually(`${WANTS}/249504`, as('anna'), 'PUT');
    expect(write.status).toBe(201);
    expect(write.headers).not.toHaveProperty('x-cache');
    for (const name of ['anna', 'ben']) {
      const answer = await usually(WANTS, as(name));
      expect(answer.headers['x-cache']).toBe('miss');
      expect(answer.text).toContain('249504');
    }
  });

  it('is dropped by a write that failed, which Discogs may have carried out all the same', async () => {
    await usually(WANTS, as('anna'));
    gateway.sandbox.fault({ method: 'PUT', fault: { kind: 'reset', stage: 'body' } });
    expect((await usually(`${WANTS}/249504`, as('anna'), 'PUT')).status).toBe(502);
    const answer = await usually(WANTS, as('anna'));
    expect(answer.headers['x-cache']).toBe('miss');
    expect(answer.text).toContain('249504');
  });

  it('leaves what a write of a record says to everybody alone', async () => {
    await usually(path, as('anna'));
    await usually(`${WANTS}/249504`, as('anna'), 'PUT');
    expect(await cacheOf(usually(path, as('ben')))).toBe('hit');
  });

  it('that is asked for by two keys at once is asked for twice', async () => {
    gateway.sandbox.fault({ times: 2, fault: { kind: 'delay', ms: 150 } });
    const names = ['anna', 'anna', 'ben'];
    const answers = await Promise.all(names.map((name) => usually('/users/crate_digger', as(name))));
    const how = answers.map(({ headers }) => headers['x-cache']);
    expect([how.slice(0, 2).sort(), how[2]]).toEqual([['coalesced', 'miss'], 'miss']);
    expect(asked()).toBe(2);
  });
});

describe('a key that may not be', () => {
  it('gets nothing from memory', async () => {
    await usually(path);
    expect((await gateway.askWithoutKey(path)).status).toBe(401);
    expect((await usually(path, { 'x-api-key': 'wrong' })).status).toBe(401);
    expect(asked()).toBe(1);
  });
});

describe('identical reads at once', () => {
  it('cost one call, each with its own trace id', async () => {
    gateway.sandbox.fault({ fault: { kind: 'delay', ms: 200 } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => usually(path)));
    expect(asked()).toBe(1);
    const how = answers.map(({ headers }) => headers['x-cache']).sort();
    expect(how).toEqual([...Array(19).fill('coalesced'), 'miss']);
    expect(new Set(answers.map(({ headers }) => headers['x-trace-id'])).size).toBe(20);
    const follower = answers.find(({ headers }) => headers['x-cache'] === 'coalesced');
    if (!follower) throw new Error('nobody followed');
    expect(await gateway.trace(follower)).toMatchObject({
      cache: 'coalesced',
      source: 'discogs',
      attempts: 0,
    });
  });
});
