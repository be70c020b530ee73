/** The rate limiter's Durable Object in the real runtime. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { startBroker } from './support/brokerHere.ts';
import { app } from './support/client.ts';
import { searchWorkerd, UNUSED_WINDOW } from './support/searchWorkerd.ts';

/** Longer than anybody waits. */
const FOREVER_MS = 60_000;

type World = Awaited<ReturnType<typeof searchWorkerd>>;
/** By interval and deadline: to start one takes two seconds. */
const worlds = new Map<string, Promise<World>>();

/** A runtime in which nothing has been sent and nothing is known. */
async function start(intervalMs: number, deadlineMs = 25_000): Promise<World> {
  const key = `${intervalMs} ${deadlineMs}`;
  const started = worlds.get(key) ?? searchWorkerd({ intervalMs, deadlineMs });
  worlds.set(key, started);
  const world = await started;
  world.discogs.sends.length = 0;
  world.discogs.answer = () => ({ status: 200 });
  await world.database.exec('DELETE FROM discogs_search_cache');
  await world.evict(UNUSED_WINDOW);
  await sleep(100);
  return world;
}

afterAll(async () => {
  for (const world of worlds.values()) await (await world).close();
});

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('the rate limiter', () => {
  it("holds two isolates together to Discogs' minute", async () => {
    const { search, discogs } = await start(1);
    const asked = Array.from({ length: 70 }, (_, index) => search(index % 2, `s${index % 7}`, `T ${index}`));
    const replies = await Promise.all(asked);
    expect(discogs.sends).toHaveLength(60);
    const refused = replies.filter(({ kind }) => kind !== 'found');
    expect(refused).toHaveLength(10);
    for (const { kind, retryAfterSeconds = 0 } of refused) {
      expect([kind, retryAfterSeconds > 20]).toEqual(['busy', true]);
    }
  });

  it('takes turns between sessions, whichever isolate they come to', async () => {
    const { search, discogs } = await start(200);
    const flood = Array.from({ length: 12 }, (_, index) => search(0, 'flooding', `Flood ${index}`));
    await sleep(500);
    const other = Array.from({ length: 3 }, (_, index) => search(1, 'other', `Other ${index}`));
    await Promise.all([...flood, ...other]);
    const order = discogs.sends.map(({ authorization }) => authorization.includes('token-of-other'));
    const last = order.lastIndexOf(true);
    expect(order.slice(order.indexOf(true), last + 1)).toEqual([true, false, true, false, true]);
  });

  it('remembers after an eviction what was sent', async () => {
    const { search, evict, discogs } = await start(FOREVER_MS);
    expect((await search(0, 's', 'One')).kind).toBe('found');
    await evict();
    await sleep(100);
    expect(await search(1, 's', 'Two')).toMatchObject({ kind: 'busy' });
    expect(discogs.sends).toHaveLength(1);
  });

  it('remembers after an eviction for how long Discogs wants no call', async () => {
    const { search, evict, discogs } = await start(1);
    discogs.answer = () => ({ status: 429, headers: { 'retry-after': '600' } });
    expect(await search(0, 's', 'One')).toMatchObject({ kind: 'rate_limited', retryAfterSeconds: 600 });
    await evict();
    await sleep(100);
    const { kind, retryAfterSeconds = 0 } = await search(1, 's', 'Two');
    expect([kind, retryAfterSeconds > 500]).toEqual(['rate_limited', true]);
    expect(discogs.sends).toHaveLength(1);
  });

  it.each([
    ['damaged', '{"v":1,"limit"'],
    [
      'of a clock that was a day ahead',
      JSON.stringify({
        v: 1,
        limit: 60,
        slots: [],
        ended: [],
        foreign: [0, 0],
        pause: null,
        sent: Date.now() + 86_400_000,
      }),
    ],
  ])('takes a minute that nobody knows for a full one: %s', async (_, stored) => {
    const { search, evict, discogs } = await start(1);
    await search(0, 's', 'One');
    await evict(stored);
    await sleep(100);
    const { kind, retryAfterSeconds = 0 } = await search(0, 's', 'Two');
    expect([kind, retryAfterSeconds > 50 && retryAfterSeconds <= 61]).toEqual(['busy', true]);
    expect(discogs.sends).toHaveLength(1);
  });

  it('gives the permit for a call to the next one when its holder has left', async () => {
    // Three seconds to wait, less than an unused permit is good for.
    const { search, hold } = await start(1, 8000);
    const holder = hold(0, 'gone', 'artist|held|');
    await sleep(500);
    holder.leave();
    await sleep(100);
    expect(await search(1, 's', 'Held')).toMatchObject({ kind: 'found' });
  });
});

describe('a Worker without a way to the rate limiter', () => {
  const broker = startBroker({}, { twin: 'without limiter' });
  afterAll(async () => void (await (await broker).close()));

  it('answers 503 and asks Discogs nothing, but serves what is cached', async () => {
    const { app: whole, twinUrl, sandbox, log } = await broker;
    const token = await whole.signIn();
    expect((await whole.search(token)).status).toBe(200);
    const before = sandbox.requests.length;
    const cut = app(twinUrl);
    expect((await cut.search(token)).json).toMatchObject({ cache_hit: true });
    const { status, headers, json } = await cut.search(token, { artist: 'Nirvana', title: 'Lithium' });
    expect([status, headers.get('retry-after'), json?.['error']]).toEqual([503, '5', 'broker_busy']);
    expect(sandbox.requests).toHaveLength(before);
    expect(log.filter((line) => line.includes('broker_limiter_away'))).toEqual([
      expect.stringContaining('RATE_LIMITER'),
    ]);
  });
});
