/** Places at the limiter of those who want the same answer. */
import { describe, expect, it } from '@jest/globals';
import type { AcquireRequest, RateLimiter } from '../../src/upstream/ratelimit/limiterTypes.ts';
import { createWaiterGroup } from '../../src/upstream/ratelimit/waiterGroup.ts';
import { answer, ask, call, fakeFetcher, type gateway, jsonLines, recordedLog } from '../support/fakes.ts';
import { onClock } from '../support/onClock.ts';

const HOUR_MS = 3_600_000;

const talk = (id: string) => ({ headers: { 'openai-conversation-id': id } });

/** A crawl has used up its share of the minute; a chat that was active has not. */
async function crawled(options: Parameters<typeof gateway>[0] = {}) {
  const fetcher = fakeFetcher(answer(200, { id: 1 }));
  const { time, one } = onClock({ fetcher, ...options });
  await ask(one, call('GET', '/labels/1', talk('chat')));
  for (let id = 1; id <= 40; id += 1) await ask(one, call('GET', `/releases/${id}`, talk('crawl')));
  fetcher.requests.length = 0;
  return { time, one, fetcher };
}

describe('somebody who asks for what a crawl waits for', () => {
  it('is served by a slot of its own, and so is the crawl', async () => {
    const { time, one, fetcher } = await crawled();
    await time.advance(45_000);
    const waiting = ask(one, call('GET', '/artists/7', talk('crawl')));
    await time.advance(100);
    expect(fetcher.requests).toHaveLength(0);
    const started = time.now();
    const chat = await time.until(ask(one, call('GET', '/artists/7', talk('chat'))));
    expect(chat).toMatchObject({ status: 200, headers: { 'x-cache': 'coalesced' } });
    expect(time.now() - started).toBeLessThan(100);
    expect((await time.until(waiting)).headers['x-cache']).toBe('miss');
    expect(fetcher.requests).toHaveLength(1);
  });

  it('leaves no place behind: the slots of the window are all there afterwards', async () => {
    const { time, one } = await crawled();
    await time.advance(45_000);
    const waiting = [1, 2, 3].map(() => ask(one, call('GET', '/artists/7', talk('crawl'))));
    await time.advance(100);
    await time.until(ask(one, call('GET', '/artists/7', talk('chat'))));
    await time.until(Promise.all(waiting));
    await time.advance(100);
    const status = await ask(one, call('GET', '/status'));
    expect(status.json).toMatchObject({ window: { used: 42 }, queue: { waiting: 0 } });
  });

  it('goes before background refresh, also when it asks for what is just being refreshed', async () => {
    let n = 0;
    const fetcher = async () => {
      n += 1;
      return answer(200, { n });
    };
    const { time, one } = onClock({ fetcher });
    await ask(one, call('GET', '/artists/1', talk('a')));
    await time.advance(5 * HOUR_MS);
    // Refresh leaves ten calls of a window unspent, so that this one waits.
    for (let id = 2; id <= 52; id += 1) await ask(one, call('GET', `/artists/${id}`, talk(`c${id % 9}`)));
    expect(await ask(one, call('GET', '/artists/1', talk('a')))).toMatchObject({ json: { n: 1 } });
    await time.advance(100);
    const fresh = { headers: { 'cache-control': 'no-cache', 'openai-conversation-id': 'b' } };
    const started = time.now();
    const got = await time.until(ask(one, call('GET', '/artists/1', fresh)));
    expect(got).toMatchObject({ status: 200, json: { n: 53 } });
    expect(time.now() - started).toBeLessThan(100);
  });
});

describe('the trace of a refresh', () => {
  it('is a line like every other, in its own lane, with the ids of the call that began it', async () => {
    const backgroundLog = recordedLog();
    const { time, one } = onClock({ backgroundLog });
    await ask(one, call('GET', '/artists/1'));
    await time.advance(5 * HOUR_MS);
    await ask(one, call('GET', '/artists/1', talk('the-conversation')));
    await time.advance(100);
    expect(jsonLines(backgroundLog, 'discogs_proxy: ')).toEqual([
      expect.objectContaining({
        event: 'discogs_proxy_call',
        entity: 'artist',
        operation: 'getArtist',
        lane: 'refresh',
        status: 200,
        source: 'discogs',
        attempts: 1,
        trace_id: '11111111-2222-4333-8444-555555555555',
        key: 'default',
        openai_conversation_id: 'the-conversation',
      }),
    ]);
    expect(jsonLines(backgroundLog, 'discogs_proxy: ')[0]).not.toHaveProperty('client_status');
  });

  it('tells what Discogs said when it brought nothing', async () => {
    const backgroundLog = recordedLog();
    const fetcher = fakeFetcher(answer(200, {}), answer(500, ''));
    const { time, one } = onClock({ backgroundLog, fetcher });
    await ask(one, call('GET', '/artists/1'));
    await time.advance(5 * HOUR_MS);
    await ask(one, call('GET', '/artists/1'));
    await time.advance(30_000);
    expect(jsonLines(backgroundLog, 'discogs_proxy: ')).toEqual([
      expect.objectContaining({ lane: 'refresh', status: 500, error: 'upstream_error' }),
    ]);
  });
});

describe('a key that invents conversations for one and the same call', () => {
  it('takes few places at the limiter, and no place of another key', () => {
    const entered: string[] = [];
    const limiter = {
      view: () => {
        throw new TypeError('nobody looks');
      },
      acquire: (request: AcquireRequest) => {
        entered.push(request.key);
        request.onQueued?.(() => {});
        return new Promise<never>(() => {});
      },
    } as unknown as RateLimiter;
    const waiters = createWaiterGroup(limiter, 'call');
    void waiters.acquire({ priority: 'caller', key: 'a', conversation: 'c', latestAt: 25_000 });
    for (let id = 0; id < 200; id += 1)
      waiters.join({ priority: 'caller', key: 'a', conversation: `invented-${id}` });
    waiters.join({ priority: 'caller', key: 'b', conversation: 'c' });
    expect(entered).toEqual(['a', 'a', 'a', 'a', 'b']);
  });
});
