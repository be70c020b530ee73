/** The search in the real runtime: what a virtual clock cannot show about requests that end, die and share. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { searchWorkerd, UNUSED_WINDOW } from './support/searchWorkerd.ts';

const INTERVAL_MS = 110;
/** Two calls leave one interval apart; the way to the stand-in differs by this much at most. */
const WAY_MS = 60;

let world: Awaited<ReturnType<typeof searchWorkerd>>;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const usual = () => ({ status: 200 });

beforeAll(async () => {
  world = await searchWorkerd({ intervalMs: INTERVAL_MS });
});

afterEach(async () => {
  Object.assign(world.discogs, { answer: usual, tookMs: 30 });
  world.discogs.sends.length = 0;
  await world.evict(UNUSED_WINDOW);
  await sleep(50);
});

afterAll(async () => {
  await world?.close();
});

describe('the search in workerd', () => {
  it('asks Discogs once, and the cache from then on, in every isolate', async () => {
    const first = await world.search(0, 's', 'Once');
    expect(first).toMatchObject({ kind: 'found', payload: { cache_hit: false, match_quality: 'exact' } });
    expect(await world.search(0, 's', 'Once')).toMatchObject({ payload: { cache_hit: true } });
    expect(await world.search(1, 'other', 'Once')).toMatchObject({ payload: { cache_hit: true } });
    expect(world.discogs.sends).toHaveLength(1);
  });

  it('answers 200 waiters in two isolates with 40 calls, each inside its queries', async () => {
    const asking = Array.from({ length: 200 }, (_, index) =>
      world.search(index % 2, `s${index % 5}`, `Many ${index % 40}`),
    );
    const replies = await Promise.all(asking);
    expect(replies.filter(({ kind }) => kind !== 'found')).toEqual([]);
    replies.forEach(({ payload }, index) => {
      expect(payload?.result?.title).toBe(`Artist - Many ${index % 40}`);
    });
    expect(world.discogs.sends).toHaveLength(40);
    expect(await world.mostQueries()).toBeLessThanOrEqual(36);
  });

  it('answers those who wait for a leader whose client has left', async () => {
    world.discogs.tookMs = 600;
    const leader = world.searchAndLeave(0, 'a', 'Left behind');
    await sleep(200);
    const followers = [world.search(0, 'b', 'Left behind'), world.search(1, 'c', 'Left behind')];
    await sleep(100);
    leader.leave();
    for (const reply of await Promise.all(followers)) expect(reply.kind).toBe('found');
    expect(world.discogs.sends).toHaveLength(1);
  });

  it('answers those who wait when the leader leaves before its turn has come', async () => {
    const before = Array.from({ length: 12 }, (_, index) => world.search(0, 'a', `Before ${index}`));
    await sleep(200);
    const leader = world.searchAndLeave(0, 'a', 'Left in line');
    await sleep(200);
    const followers = [world.search(0, 'b', 'Left in line'), world.search(0, 'a', 'Left in line')];
    await sleep(100);
    leader.leave();
    for (const reply of await Promise.all([...before, ...followers])) expect(reply.kind).toBe('found');
    const sends = world.discogs.sends.filter(({ path }) => path.includes('Left+in+line'));
    expect(sends).toHaveLength(1);
    // It has kept its turn.
    expect(sends[0]?.authorization).toContain('token-of-a');
  });

  it('takes the answer that the leader of another request has just got', async () => {
    world.discogs.tookMs = 300;
    const leader = world.search(0, 'a', 'Early');
    await sleep(150);
    const followers = Array.from({ length: 20 }, (_, index) => world.search(index % 2, `f${index}`, 'Early'));
    expect((await leader).kind).toBe('found');
    for (const { kind } of await Promise.all(followers)) expect(kind).toBe('found');
    expect(world.discogs.sends).toHaveLength(1);
  });

  it('gives a sign-in the next slot, before searches that came earlier', async () => {
    const searches = Array.from({ length: 12 }, (_, index) => world.search(0, 's', `Behind ${index}`));
    await sleep(150);
    const { granted, at } = await world.signIn(1);
    expect(granted).toBe(true);
    await Promise.all(searches);
    const later = world.discogs.sends.filter((send) => send.at > at);
    expect(later.length).toBeGreaterThanOrEqual(5);
  });

  it('keeps the pause that a 429 asks for, in every isolate and for sign-ins, and answers from the cache', async () => {
    await world.search(0, 's', 'Known');
    world.discogs.answer = () => ({ status: 429, headers: { 'retry-after': '2' } });
    await sleep(INTERVAL_MS + WAY_MS);
    expect(await world.search(0, 's', 'Too much')).toMatchObject({
      kind: 'rate_limited',
      retryAfterSeconds: 2,
    });
    world.discogs.answer = usual;
    const asked = world.discogs.sends.length;
    const other = await world.search(1, 's', 'Not now');
    expect(other.kind).toBe('rate_limited');
    expect((await world.signIn(1)).granted).toBe(false);
    expect(await world.search(1, 's', 'Known')).toMatchObject({
      kind: 'found',
      payload: { cache_hit: true },
    });
    expect(world.discogs.sends).toHaveLength(asked);
    await sleep(2000);
    expect((await world.search(1, 's', 'Not now')).kind).toBe('found');
  });

  it('asks anew for what an older version has matched days ago, and keeps its own answer for longer', async () => {
    const now = Math.floor(Date.now() / 1000);
    const result = { title: 'Artist - Days Ago', year: '', label: '', genres: [], styles: [], url: '' };
    const old = { result: { ...result, fuzzy_match: false }, match_quality: 'exact', cache_hit: false };
    const days = 3 * 86_400;
    await world.database
      .prepare('INSERT INTO discogs_search_cache VALUES (?, ?, ?, ?)')
      .bind('artist|days ago|', JSON.stringify(old), now - days, now + days)
      .all();
    expect(await world.search(0, 's', 'Days Ago')).toMatchObject({ payload: { cache_hit: false } });
    await sleep(100);
    const { meta } = await world.database
      .prepare(`UPDATE discogs_search_cache SET cached_at = cached_at - ${days} WHERE cache_key = ?`)
      .bind('artist|days ago|')
      .all();
    expect(meta.changes).toBe(1);
    expect(await world.search(1, 's', 'Days Ago')).toMatchObject({ payload: { cache_hit: true } });
    expect(world.discogs.sends).toHaveLength(1);
  });

  it('reads a damaged row as none, and repairs it', async () => {
    const now = Math.floor(Date.now() / 1000);
    const insert = 'INSERT INTO discogs_search_cache VALUES (?, ?, ?, ?)';
    await world.database
      .prepare(insert)
      .bind('artist|damaged|', '{"result":', now, now + 900)
      .all();
    expect(await world.search(0, 's', 'Damaged')).toMatchObject({
      kind: 'found',
      payload: { cache_hit: false },
    });
    await sleep(100);
    expect(await world.search(1, 's', 'Damaged')).toMatchObject({
      kind: 'found',
      payload: { cache_hit: true },
    });
  });
});
