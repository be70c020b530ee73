/** The broker at the rateLimiter of a process that also serves the proxy, in virtual time. */
import {
  createRateLimiter,
  discogsBudget,
  type FetchedAnswer,
  type FetchFailure,
  memorySharedStore,
  memoryWindowStore,
  type SharedStore,
} from '@discogs-agent/core';
import {
  createAcquire,
  createBrokerLimiter,
  createSearches,
  type SearchPort,
} from '@discogs-agent/core/broker';
import { describe, expect, it } from '@jest/globals';
import { answer, recordedLog } from '../../support/fakes.ts';
import { virtualTime } from '../../support/virtualTime.ts';
import { rightAnswer } from '../support/searchWorld.ts';

const SPACING_MS = 1000;
const DEADLINE_MS = 25_000;

/** `brokerAheadMs`: the broker's clock has leapt, the rateLimiter's has not. */
function world({ spacingMs = SPACING_MS, brokerAheadMs = 0 } = {}) {
  const time = virtualTime(1_800_000_000_000);
  const start = time.now();
  const policy = { ...discogsBudget(true), spacingMs };
  let ids = 0;
  const common = {
    now: time.now,
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    setTimer: time.setTimer,
    waitUntil: (work: Promise<unknown>) => void work.catch(() => {}),
  };
  const rateLimiter = createRateLimiter({ policy, store: memoryWindowStore(policy), ...common });
  const sends: { readonly at: number; readonly path: string }[] = [];
  const discogs = { answer: (path: string): FetchedAnswer | FetchFailure => rightAnswer(path) };
  const now = () => time.now() + brokerAheadMs;
  const limiter = createBrokerLimiter(rateLimiter);
  const acquired = { ...common, openLimiter: async () => limiter, now, log: recordedLog() };
  const searchesOver = (answers: SharedStore): SearchPort =>
    createSearches({
      ...acquired,
      fetcher: async ({ pathAndQuery }) => {
        sends.push({ at: time.now() - start, path: pathAndQuery });
        await time.sleep(100);
        return discogs.answer(pathAndQuery);
      },
      consumer: { key: 'ck', secret: 'cs' },
      signatureMethod: 'PLAINTEXT',
      random: (bytes) => new Uint8Array(bytes),
      apiBaseUrl: 'https://api.discogs.example',
      userAgent: 'Test/1.0',
      openAnswers: () => answers,
      cacheSeconds: 604_800,
    });
  const answers = memorySharedStore(time.now);
  const searches = searchesOver(answers);
  const search = (title: string, session = 's', port = searches) =>
    port.search(
      { deviceId: session, access: { token: 't', secret: 's' } },
      { artist: 'Artist', title, album: null },
      now() + DEADLINE_MS,
    );
  const served: string[] = [];
  /** A call of the proxy, which takes no time. */
  const call = async (name: string, latestMs = DEADLINE_MS): Promise<void> => {
    const latestAt = time.now() + latestMs;
    const pass = await rateLimiter.acquire({
      priority: 'caller',
      key: 'proxy',
      conversation: name,
      latestAt,
    });
    served.push(pass.kind === 'granted' ? name : `${name} refused`);
    if (pass.kind === 'granted') pass.complete(undefined);
  };
  const acquire = createAcquire(acquired);
  return { time, now, rateLimiter, sends, discogs, answers, searchesOver, search, served, call, acquire };
}

describe('the broker at a shared rateLimiter', () => {
  it('counts in the window of the proxy, and is kept from sending too soon after it', async () => {
    const { time, rateLimiter, sends, search, call } = world();
    await time.until(call('proxy'));
    const found = await time.until(search('One'));
    expect(found).toMatchObject({ kind: 'found' });
    expect(sends.map(({ at }) => at)).toEqual([SPACING_MS]);
    expect(rateLimiter.view().used).toBe(2);
  });

  it('lets a sign-in go first, whoever waits', async () => {
    const { time, served, search, call, acquire } = world();
    await time.until(call('first'));
    const waiting = [call('second'), search('One').then(() => served.push('search'))];
    const signIn = async () => {
      const acquired = await acquire('sign_in', time.now() + DEADLINE_MS);
      served.push('sign-in');
      if (acquired.kind === 'granted') await acquired.settle(answer(200, {}));
    };
    await time.until(Promise.all([...waiting, signIn()]));
    expect(served.slice(0, 2)).toEqual(['first', 'sign-in']);
  });

  it('shares the slots between an app that searches a lot and the proxy', async () => {
    const { time, served, search, call } = world();
    const searches = Array.from({ length: 10 }, (_, index) =>
      search(`Title ${index}`).then(() => served.push('search')),
    );
    const calls = Array.from({ length: 3 }, (_, index) => call(`call-${index}`));
    await time.until(Promise.all([...searches, ...calls]));
    const lastCall = Math.max(...[0, 1, 2].map((index) => served.indexOf(`call-${index}`)));
    expect(served.slice(0, lastCall).filter((name) => name === 'search').length).toBeLessThanOrEqual(4);
  });

  it('refuses at once who would wait longer than it can, and says when to come back', async () => {
    const { time, search } = world({ spacingMs: 5000 });
    const all = Promise.all(Array.from({ length: 8 }, (_, index) => search(`Title ${index}`)));
    const kinds = (await time.until(all)).map((reply) => reply.kind);
    // At 0, 5, 10, 15 and 20 s.
    expect(kinds.filter((kind) => kind === 'found')).toHaveLength(5);
    expect(kinds.filter((kind) => kind === 'busy')).toHaveLength(3);
  });

  it('tells of a pause at once, and what it learns of one holds for the proxy', async () => {
    const { time, sends, discogs, search, served, call } = world();
    discogs.answer = () => answer(429, {}, { 'retry-after': '40' });
    expect(await time.until(search('One'))).toEqual({ kind: 'rate_limited', retryAfterSeconds: 40 });
    const again = await time.until(search('Two'));
    expect(again.kind).toBe('rate_limited');
    await time.until(call('proxy', 20_000));
    expect(served).toEqual(['proxy refused']);
    expect(sends).toHaveLength(1);
  });

  it.each([
    ['no time', {}, 10],
    ['a time', { 'retry-after': '7' }, 7],
  ])(
    'tells after a 429 that states %s when the next call can go, also with the first one',
    async (_, told, seconds) => {
      const { time, now, sends, discogs, search, acquire } = world();
      discogs.answer = () => answer(429, '', { 'x-discogs-ratelimit-used': '60', ...told });
      expect(await time.until(search('One'))).toEqual({ kind: 'rate_limited', retryAfterSeconds: seconds });
      await time.advance(4000);
      const refused = await acquire('sign_in', now() + DEADLINE_MS);
      expect(refused).toMatchObject({ kind: 'refused', failure: { retryAfterSeconds: seconds - 4 } });
      await time.advance((seconds - 4) * 1000);
      // It finds out, is refused, and hears of twice the time.
      expect(await time.until(search('Two'))).toEqual({
        kind: 'rate_limited',
        retryAfterSeconds: 2 * seconds,
      });
      await time.advance(2000 * seconds);
      discogs.answer = rightAnswer;
      expect(await time.until(search('Three'))).toMatchObject({ kind: 'found' });
      expect(sends).toHaveLength(3);
    },
  );

  it('counts a 429 whose body broke off', async () => {
    const { time, now, served, acquire, call } = world();
    const acquired = await acquire('sign_in', now() + DEADLINE_MS);
    if (acquired.kind === 'refused') throw new Error('no slot');
    const header = (name: string) => (name === 'retry-after' ? '30' : undefined);
    const broken = { kind: 'failure', cause: 'transport', name: 'ReadError', detail: '' } as const;
    expect(await acquired.settle({ ...broken, status: 429, header })).toBe(30);
    await time.until(call('proxy', 20_000));
    expect(served).toEqual(['proxy refused']);
  });

  it.each([86_400_000, -3_600_000])(
    'waits no longer and no shorter when its own clock is %i ms off',
    async (brokerAheadMs) => {
      const { time, served, search, call } = world({ spacingMs: 15_000, brokerAheadMs });
      await time.until(call('first'));
      const start = time.now();
      const both = await time.until(Promise.all([search('One'), search('Two')]));
      expect(both.map(({ kind }) => kind).sort()).toEqual(['busy', 'found']);
      expect(time.now() - start).toBeLessThan(16_000);
      expect(served).toEqual(['first']);
    },
  );

  it('gives a slot back that it has no use for: another instance is just asking for the same', async () => {
    const { time, rateLimiter, sends, answers, searchesOver, search } = world({ spacingMs: 0 });
    const slower: SharedStore = {
      ...answers,
      async lease(...asked) {
        await answers.lease(...asked);
        return undefined;
      },
    };
    const waiting = search('One', 's', searchesOver(slower));
    await time.advance(2000);
    expect([sends.length, rateLimiter.view().used]).toEqual([0, 0]);
    await time.until(waiting);
  });

  it('serves of 200 searches for 40 tracks what fits into 25 s, and tells the others at once', async () => {
    const { time, sends, search } = world({ spacingMs: 1100 });
    const start = time.now();
    const asked = Array.from({ length: 200 }, async (_, index) => {
      const { kind } = await search(`Title ${index % 40}`, `session-${index % 5}`);
      return { kind, tookMs: time.now() - start };
    });
    const replies = await time.until(Promise.all(asked));
    const found = replies.filter(({ kind }) => kind === 'found');
    expect(found.length).toBeGreaterThanOrEqual(90);
    expect(sends).toHaveLength(found.length / 5);
    for (const [index, { at }] of sends.slice(1).entries()) {
      expect(at - (sends[index]?.at ?? 0)).toBeGreaterThanOrEqual(1100);
    }
    for (const { kind, tookMs } of replies) {
      expect(tookMs).toBeLessThanOrEqual(kind === 'found' ? 25_000 : 2000);
    }
  });

  it('holds followers to the leader for as long as it may wait', async () => {
    const { time, sends, search, call } = world({ spacingMs: 15_000 });
    await time.until(call('proxy'));
    const all = Promise.all(['a', 'b', 'c'].map((session) => search('Same', session)));
    expect((await time.until(all)).map(({ kind }) => kind)).toEqual(['found', 'found', 'found']);
    expect(sends).toHaveLength(1);
  });
});
