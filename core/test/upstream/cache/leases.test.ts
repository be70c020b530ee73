/** Leases in trouble: who holds one, who lost one, and whoever waits for the answer. */
import { describe, expect, it } from '@jest/globals';
import { createAnswerCodec } from '../../../src/upstream/cache/answerCodec.ts';
import { createSharedCache } from '../../../src/upstream/cache/sharedCache.ts';
import { noEntry } from '../../../src/upstream/cache/sharedStore.ts';
import { answer, ask, call, recordedLog, timeout } from '../../support/fakes.ts';
import { instances, PLAIN_CODEC } from '../../support/instances.ts';

type Instance = ReturnType<ReturnType<typeof instances>['add']>;

const artist = (one: Instance, headers = {}) => ask(one, call('GET', '/artists/1', { headers }));

async function opened(set: ReturnType<typeof instances>, ...all: readonly Instance[]): Promise<void> {
  for (const [index, one] of all.entries()) {
    await set.time.until(ask(one, call('GET', `/labels/${index + 900}`)));
  }
  await set.time.advance(100);
  set.discogs.requests.length = 0;
}

function tierOf({ time, store }: ReturnType<typeof instances>, codec = PLAIN_CODEC) {
  const { now, setTimer } = time;
  const waitUntil = () => {};
  const log = recordedLog();
  return createSharedCache({ store, codec, now, setTimer, waitUntil, log, isOpen: true });
}

describe('a caller who waits for the answer of another instance', () => {
  it('is told at its deadline that it took too long, and sends nothing', async () => {
    const set = instances();
    const one = set.add();
    await opened(set, one);
    const always = { bytes: undefined, ageMs: 0, leased: true, version: 'of another' };
    set.store.read = () => set.time.sleep(5).then(() => always);
    const started = set.time.now();
    const got = await set.time.until(artist(one));
    expect(got).toMatchObject({ status: 504, json: { error: 'timeout' } });
    expect(set.time.now() - started).toBeLessThan(31_000);
    expect(set.discogs.requests).toEqual([]);
    await set.time.advance(10);
    expect((await ask(one, call('GET', '/status'))).json).toMatchObject({ queue: { waiting: 0 } });
  });

  it('sends nothing that Discogs has no time left to answer: that would count as a failure of Discogs', async () => {
    const set = instances();
    const one = set.add();
    await opened(set, one);
    const endsAt = set.time.now() + 29_700;
    set.store.read = () =>
      set.time.sleep(5).then(() => ({ ...noEntry, leased: set.time.now() < endsAt, version: 'of another' }));
    expect(await set.time.until(artist(one))).toMatchObject({ status: 504 });
    expect(set.discogs.requests).toEqual([]);
  });

  it('gets a fresh answer when it insists, also beside a caller who is content with a kept one', async () => {
    const set = instances();
    const [one, other] = [set.add(), set.add()];
    await opened(set, one, other);
    await set.time.until(artist(one));
    await set.time.advance(60_000);
    const content = artist(other);
    const insisting = artist(other, { 'cache-control': 'no-cache' });
    expect(await set.time.until(content)).toMatchObject({ json: { n: 1 }, headers: { 'x-cache': 'hit' } });
    const got = await set.time.until(insisting);
    expect(got).toMatchObject({ status: 200, json: { n: 2 }, headers: { 'x-cache': 'miss' } });
  });
});

describe('a lease that arrived although the store was slow to say so', () => {
  it('ends with the answer, so that nobody waits for it in vain', async () => {
    const set = instances();
    const [one, other] = [set.add(), set.add()];
    await opened(set, one, other);
    const { lease } = set.store;
    set.store.lease = async (name, version, ms) => {
      const taken = await lease(name, version, ms);
      await set.time.sleep(600);
      return taken;
    };
    expect((await set.time.until(artist(one))).status).toBe(200);
    set.store.lease = lease;
    await set.time.advance(100);
    const started = set.time.now();
    expect(await set.time.until(artist(other))).toMatchObject({ status: 200, headers: { 'x-cache': 'hit' } });
    expect(set.time.now() - started).toBeLessThan(1000);
  });
});

describe('an answer that took long to compress', () => {
  it('is not shared, because nobody could tell any more how old it is', async () => {
    const set = instances();
    const { time } = set;
    const slow = createAnswerCodec({
      compress: (bytes) => time.sleep(30_000).then(() => bytes),
      expand: async (bytes) => bytes,
    });
    const [one, other] = [tierOf(set, slow), tierOf(set)].map((tier) => tier.lease('name'));
    await time.until(Promise.all([one?.read(), one?.acquire()]));
    const body = new TextEncoder().encode('{}');
    one?.publish({ status: 200, mediaType: 'application/json', link: undefined, body, storedAt: time.now() });
    await time.advance(31_000);
    expect(await time.until(other?.read() ?? Promise.reject())).toBeUndefined();
  });
});

describe('an instance whose lease has ended', () => {
  it('leaves the lease of whoever has it now alone', async () => {
    const set = instances();
    const { time } = set;
    const [slow, quick, third] = [tierOf(set), tierOf(set), tierOf(set)].map((tier) => tier.lease('name'));
    if (!slow || !quick || !third) throw new Error('three quests');
    await time.until(slow.read());
    expect(await time.until(slow.acquire())).toBe(true);
    await time.advance(13_000);
    await time.until(quick.read());
    expect(await time.until(quick.acquire())).toBe(true);
    expect(await time.until(slow.acquire())).toBe(false);
    slow.release();
    await time.advance(100);
    await time.until(third.read());
    expect(third.isHeldElsewhere()).toBe(true);
    expect(await time.until(third.acquire())).toBe(false);
  });

  it('gets the answer of whoever has it now, instead of its own failure', async () => {
    const set = instances();
    const { time } = set;
    const slow = set.add(async ({ pathAndQuery }) => {
      if (pathAndQuery !== '/artists/1') return answer(200, {});
      // A service that hangs, and an instance that is late to notice.
      await time.sleep(12_500);
      return timeout;
    });
    const quick = set.add(async ({ pathAndQuery }) => {
      await time.sleep(pathAndQuery === '/artists/1' ? 3000 : 10);
      return answer(200, { from: 'quick' });
    });
    await opened(set, slow, quick);
    const first = artist(slow);
    await time.advance(100);
    expect(await time.until(artist(quick))).toMatchObject({ status: 200 });
    expect(await time.until(first)).toMatchObject({ status: 200, json: { from: 'quick' } });
  });
});
