/** Much at once, very large, and at the wrong time. */
import { describe, expect, it } from '@jest/globals';
import { answer, ask, call, fakeFetcher, gateway } from '../support/fakes.ts';
import { onClock } from '../support/onClock.ts';
import { virtualTime } from '../support/virtualTime.ts';

const talk = (id: number) => ({ headers: { 'openai-conversation-id': `c${id % 20}` } });

const cacheOf = async (one: ReturnType<typeof gateway>) => {
  const { json } = await ask(one, call('GET', '/status'));
  return (json as { cache: { entries: number; bytes: number } }).cache;
};

describe('huge answers', () => {
  it('push out the oldest ones, and never take more than the memory that is theirs', async () => {
    const fetcher = fakeFetcher(answer(200, { text: 'x'.repeat(100_000) }));
    const { time, one } = onClock({ fetcher });
    for (let id = 1; id <= 30; id += 1) {
      expect((await ask(one, call('GET', `/artists/${id}`, talk(id)))).status).toBe(200);
      await time.advance(2000);
      expect((await cacheOf(one)).bytes).toBeLessThanOrEqual(1_000_000);
    }
    expect((await cacheOf(one)).entries).toBe(9);
    expect((await ask(one, call('GET', '/artists/30', talk(1)))).headers['x-cache']).toBe('hit');
    expect((await ask(one, call('GET', '/artists/1', talk(1)))).headers['x-cache']).toBe('miss');
  });

  it('never push out what is asked for all the time', async () => {
    const fetcher = fakeFetcher(answer(200, { text: 'x'.repeat(100_000) }));
    const { time, one } = onClock({ fetcher });
    await ask(one, call('GET', '/artists/1', talk(1)));
    for (let id = 2; id <= 30; id += 1) {
      await ask(one, call('GET', `/artists/${id}`, talk(id)));
      await time.advance(2000);
      expect((await ask(one, call('GET', '/artists/1', talk(1)))).headers['x-cache']).toBe('hit');
    }
  });

  it('that would empty the cache are handed on and not kept', async () => {
    const fetcher = fakeFetcher(answer(200, { id: 1 }), answer(200, { text: 'x'.repeat(900_000) }));
    const { one } = onClock({ fetcher });
    await ask(one, call('GET', '/artists/1'));
    expect((await ask(one, call('GET', '/artists/2'))).text).toHaveLength(900_011);
    expect((await ask(one, call('GET', '/artists/1'))).headers['x-cache']).toBe('hit');
    expect((await ask(one, call('GET', '/artists/2'))).headers['x-cache']).toBe('miss');
  });
});

describe('1,000 different requests at once', () => {
  it('get the slots of the minute, and the rest hear at once when one frees', async () => {
    const fetcher = fakeFetcher(answer(200, { id: 1 }));
    const { one } = onClock({ fetcher });
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, id) => ask(one, call('GET', `/artists/${id + 1}`, talk(id)))),
    );
    const served = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 429);
    expect([served.length, refused.length, fetcher.requests.length]).toEqual([60, 940, 60]);
    for (const { json, headers } of refused) {
      expect(json).toMatchObject({ source: 'proxy', reset: expect.any(Number) });
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
  });
});

describe('two conversations at once', () => {
  it('share the minute, whoever comes first in that moment', async () => {
    const fetcher = fakeFetcher(answer(200, { id: 1 }));
    const { one } = onClock({ fetcher });
    const get = (conversation: string, id: number) =>
      ask(one, call('GET', `/artists/${id}`, { headers: { 'openai-conversation-id': conversation } }));
    const greedy = Array.from({ length: 60 }, (_, id) => get('a', id + 1));
    const modest = Array.from({ length: 10 }, (_, id) => get('b', id + 101));
    const served = async (asked: typeof greedy) =>
      (await Promise.all(asked)).filter(({ status }) => status === 200).length;
    expect([await served(greedy), await served(modest)]).toEqual([40, 10]);
  });
});

describe('a clock that steps', () => {
  it.each([-5000, 5000])('by %i ms leaves nobody waiting for ever, and no slot lost', async (step) => {
    const time = virtualTime();
    let offset = 0;
    const fetcher = fakeFetcher(answer(200, { id: 1 }));
    const one = gateway({ now: () => time.now() + offset, setTimer: time.setTimer, fetcher });
    for (let id = 1; id <= 60; id += 1) await ask(one, call('GET', `/artists/${id}`, talk(id)));
    offset = step;
    await time.advance(50_000);
    const waiting = Array.from({ length: 10 }, (_, id) =>
      ask(one, call('GET', `/labels/${id + 1}`, talk(id))),
    );
    await time.advance(31_000);
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await ask(one, call('GET', '/status'))).json).toMatchObject({ window: { used: 10 } });
  });
});

describe('headers of Discogs', () => {
  it('that are missing, nonsense or jump about never make it send more than 60 a minute', async () => {
    const headers = [
      {},
      {
        'x-discogs-ratelimit': 'many',
        'x-discogs-ratelimit-used': '-3',
        'x-discogs-ratelimit-remaining': '',
      },
      { 'x-discogs-ratelimit': '60', 'x-discogs-ratelimit-used': '1', 'x-discogs-ratelimit-remaining': '59' },
      { 'x-discogs-ratelimit': '60', 'x-discogs-ratelimit-used': '58', 'x-discogs-ratelimit-remaining': '2' },
      { 'x-discogs-ratelimit': '0', 'x-discogs-ratelimit-used': '0', 'x-discogs-ratelimit-remaining': '60' },
      {
        'x-discogs-ratelimit': '60.5',
        'x-discogs-ratelimit-used': 'NaN',
        'x-discogs-ratelimit-remaining': '1e9',
      },
    ];
    const time = virtualTime();
    const sentAt: number[] = [];
    const fetcher = async () => {
      sentAt.push(time.now());
      const told = headers[sentAt.length % headers.length] ?? {};
      // An answer in no time would be seen, and obeyed, before the next call of the same moment.
      await time.sleep(100);
      return answer(200, { id: 1 }, told);
    };
    const one = gateway({ now: time.now, setTimer: time.setTimer, fetcher });
    const answers = Array.from({ length: 400 }, async (_, id) => {
      await time.sleep(id * 450);
      return ask(one, call('GET', `/artists/${id + 1}`, talk(id)));
    });
    await time.advance(240_000);
    await Promise.all(answers);
    expect(sentAt.length).toBeGreaterThan(60);
    for (const at of sentAt) {
      expect(sentAt.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThanOrEqual(60);
    }
  });

  it('of a 429 out of the blue, with 60 calls remaining, pause everybody all the same', async () => {
    const fetcher = fakeFetcher(
      answer(429, '', { 'x-discogs-ratelimit': '60', 'x-discogs-ratelimit-remaining': '60' }),
      answer(200, { id: 1 }),
    );
    const { time, one } = onClock({ fetcher });
    const both = [ask(one, call('GET', '/artists/1', talk(1))), ask(one, call('GET', '/artists/2', talk(2)))];
    await time.advance(0);
    const before = fetcher.requests.length;
    await time.advance(900);
    expect(fetcher.requests).toHaveLength(before);
    await time.advance(20_000);
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
  });
});
