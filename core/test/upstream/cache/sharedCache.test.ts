/** Several instances over one store of answers, through the gateway. */
import { describe, expect, it } from '@jest/globals';
import { answer, ask, call, timeout } from '../../support/fakes.ts';
import { instances, PLAIN_CODEC } from '../../support/instances.ts';

type Instances = ReturnType<typeof instances>;
type Instance = ReturnType<Instances['add']>;

/** Has each instance open the store; its first call does not wait for that. */
async function opened(set: Instances, ...all: readonly Instance[]): Promise<void> {
  await Promise.all(all.map((one, index) => set.time.until(ask(one, call('GET', `/labels/${index + 900}`)))));
  await set.time.advance(100);
  set.discogs.requests.length = 0;
}

const artist = (one: Instance, headers = {}) => ask(one, call('GET', '/artists/1', { headers }));

describe('answers that instances share', () => {
  it('are shown by an instance that has never asked, as old as they are', async () => {
    const set = instances();
    const [one, other] = [set.add(), set.add()];
    await opened(set, one, other);
    await set.time.until(artist(one));
    await set.time.advance(60_000);
    const got = await set.time.until(artist(other));
    expect(set.discogs.requests).toEqual(['/artists/1']);
    expect(got).toMatchObject({ status: 200, json: { n: 1 }, headers: { 'x-cache': 'hit', age: '62' } });
    const { operations } = set.store;
    await set.time.until(artist(other));
    expect(set.store.operations).toBe(operations);
  });

  it('are not waited for by the first call of an instance', async () => {
    const set = instances();
    set.store.mode = 'never ends';
    const before = set.time.now();
    const got = await set.time.until(artist(set.add()));
    expect(got.status).toBe(200);
    expect(set.time.now() - before).toBe(200);
  });

  it('take one call when two instances want the same at once', async () => {
    const set = instances();
    const all = [set.add(), set.add(), set.add(), set.add()];
    await opened(set, ...all);
    const got = await set.time.until(Promise.all(all.map((one) => artist(one))));
    expect(got.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(set.discogs.requests).toEqual(['/artists/1']);
    expect(got.map(({ headers }) => headers['x-cache']).sort()).toEqual(['hit', 'hit', 'hit', 'miss']);
  });

  it('give back the slot of the instance that was second', async () => {
    const set = instances();
    const [one, other] = [set.add(), set.add()];
    await opened(set, one, other);
    await set.time.until(Promise.all([artist(one), artist(other)]));
    await set.time.advance(10);
    const { headers } = await set.time.until(artist(other));
    expect(headers['x-discogs-ratelimit-used']).toBe('1');
  });

  it('are asked for by another when the instance that holds the lease has died', async () => {
    const set = instances();
    const dying = set.add(() => new Promise(() => {}));
    const other = set.add();
    await set.time.until(ask(other, call('GET', '/labels/900')));
    void ask(dying, call('GET', '/labels/901'));
    await set.time.advance(100);
    void artist(dying);
    await set.time.advance(100);
    const started = set.time.now();
    const got = await set.time.until(artist(other));
    expect(got).toMatchObject({ status: 200, headers: { 'x-cache': 'miss' } });
    expect(set.time.now() - started).toBeGreaterThan(10_000);
    expect(set.time.now() - started).toBeLessThan(14_000);
  });

  it('are asked for by another at once when the first has failed', async () => {
    const set = instances();
    let first = true;
    const failing = set.add(async ({ pathAndQuery }) => {
      if (pathAndQuery !== '/artists/1') return answer(200, {});
      await set.time.sleep(300);
      first = false;
      return timeout;
    });
    const other = set.add();
    await opened(set, failing, other);
    const failed = artist(failing);
    await set.time.advance(100);
    const started = set.time.now();
    const got = await set.time.until(artist(other));
    expect([first, got.status]).toEqual([false, 200]);
    expect(set.time.now() - started).toBeGreaterThan(400);
    expect(set.time.now() - started).toBeLessThan(3000);
    await set.time.until(failed);
  });

  it('are refreshed by one instance, and taken by the other without a call', async () => {
    const set = instances();
    const [one, other] = [set.add(), set.add()];
    await opened(set, one, other);
    await set.time.until(artist(one));
    await set.time.until(artist(other));
    await set.time.advance(5 * 3_600_000);
    await set.time.until(artist(one));
    await set.time.advance(1000);
    await set.time.until(artist(other));
    await set.time.advance(1000);
    expect(set.discogs.requests).toHaveLength(2);
    expect(await set.time.until(artist(other))).toMatchObject({ json: { n: 2 }, headers: { age: '3' } });
  });

  it('are never shown when they are six hours old', async () => {
    const set = instances();
    const [one, other] = [set.add(), set.add()];
    await opened(set, one, other);
    await set.time.until(artist(one));
    set.discogs.answer = () => answer(500, '');
    await set.time.advance(21_600_000 - 1500);
    expect((await set.time.until(artist(other))).status).toBe(502);
    expect((await set.time.until(artist(set.add()))).status).toBe(502);
  });

  it('never hold what is a user’s own', async () => {
    const set = instances();
    const [one, other] = [set.add(), set.add()];
    await opened(set, one, other);
    const before = set.store.operations;
    for (const target of ['/users/me/wants', '/oauth/identity', '/users/me/collection/folders/0/releases']) {
      expect((await set.time.until(ask(one, call('GET', target)))).status).toBe(200);
      expect((await set.time.until(ask(other, call('GET', target)))).headers['x-cache']).toBe('miss');
    }
    expect(set.store.operations).toBe(before);
    expect([...set.store.names].join()).not.toContain('users');
  });

  it('are a miss when what the store holds is damaged', async () => {
    const set = instances();
    const [one, other] = [set.add(), set.add()];
    await opened(set, one, other);
    await set.time.until(artist(one));
    await set.time.advance(20_000);
    for (const name of set.store.names) await set.time.until(set.store.put(name, new Uint8Array(20)));
    await set.time.advance(20_000);
    const got = await set.time.until(artist(other));
    expect(got).toMatchObject({ status: 200, headers: { 'x-cache': 'miss' } });
  });

  it('are a miss when an earlier version has stored a body that is no JSON', async () => {
    const set = instances();
    const [one, other] = [set.add(), set.add()];
    await opened(set, one, other);
    await set.time.until(artist(one));
    await set.time.advance(20_000);
    const body = new TextEncoder().encode('{"x":NaN}');
    const stored = { status: 200, mediaType: 'application/json', link: undefined, body, storedAt: 0 };
    const bytes = await PLAIN_CODEC.encode(stored, 0);
    for (const name of set.store.names) await set.time.until(set.store.put(name, bytes));
    const got = await set.time.until(artist(other));
    expect(got).toMatchObject({ status: 200, json: { n: 2 }, headers: { 'x-cache': 'miss' } });
  });

  it('say in the words of Discogs that there is no such record', async () => {
    const set = instances();
    const [one, other] = [set.add(), set.add()];
    await opened(set, one, other);
    set.discogs.answer = () => answer(404, { message: 'Artist not found.' });
    await set.time.until(artist(one));
    await set.time.advance(100);
    expect(await set.time.until(artist(other))).toMatchObject({
      status: 404,
      json: { message: 'Artist not found.' },
      headers: { 'x-cache': 'hit' },
    });
  });

  it.each([
    ['than the store takes', 100_000],
    ['than an instance keeps: looking at it would cost as much each time', 10_000_000],
  ])('leave out what is larger %s, and hold nobody up', async (_, maxBytes) => {
    const set = instances();
    set.store.maxBytes = maxBytes;
    const [one, other] = [set.add(), set.add()];
    await opened(set, one, other);
    set.discogs.answer = () => answer(200, { text: 'x'.repeat(200_000) });
    await set.time.until(artist(one));
    await set.time.advance(100);
    const started = set.time.now();
    expect(await set.time.until(artist(other))).toMatchObject({ headers: { 'x-cache': 'miss' } });
    expect(set.time.now() - started).toBeLessThan(1000);
  });

  it('obey no-cache, and then show everybody what is new', async () => {
    const set = instances();
    const [one, other] = [set.add(), set.add()];
    await opened(set, one, other);
    await set.time.until(artist(one));
    await set.time.until(artist(other, { 'cache-control': 'no-cache' }));
    expect(set.discogs.requests).toHaveLength(2);
    await set.time.advance(100);
    const third = set.add();
    await opened(set, third);
    expect(await set.time.until(artist(third))).toMatchObject({ json: { n: 2 } });
  });
});

describe('a store of answers in trouble', () => {
  it.each(['down', 'never ends'] as const)(
    'that is %s costs half a second once, and comes back',
    async (mode) => {
      const set = instances();
      const [one, other] = [set.add(), set.add()];
      await opened(set, one, other);
      set.store.mode = mode;
      const first = set.time.now();
      expect((await set.time.until(artist(one))).status).toBe(200);
      expect(set.time.now() - first).toBeLessThanOrEqual(700);
      const second = set.time.now();
      expect((await set.time.until(ask(one, call('GET', '/artists/2')))).status).toBe(200);
      expect(set.time.now() - second).toBe(200);
      expect(set.log.lines.map(({ line }) => line)).toContainEqual(
        expect.stringMatching(/^answer_store_away kind=tables detail=(RestError|slow)$/),
      );
      set.store.mode = 'well';
      await set.time.advance(15_000);
      await set.time.until(ask(one, call('GET', '/artists/3')));
      await set.time.advance(100);
      expect(set.log.lines.at(-1)?.line).toBe('answer_store_open kind=tables');
      await set.time.until(ask(one, call('GET', '/artists/4')));
      await set.time.advance(100);
      expect(await set.time.until(ask(other, call('GET', '/artists/4')))).toMatchObject({
        headers: { 'x-cache': 'hit' },
      });
    },
  );
});
