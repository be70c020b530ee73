/** The second call of a search whose album finds nothing: inside the deadline, the limit and the lease of the first. */
import { describe, expect, it } from '@jest/globals';
import { answer, timeout } from '../../support/fakes.ts';
import { closest, rightAnswer, SPACING_MS, searchWorld } from '../support/searchWorld.ts';

const ALBUM = { album: 'Some Album' };
const KEY = 'artist|title|some album';
const NOTHING = answer(200, { results: [] });
const NONE = { kind: 'found', payload: { result: null, match_quality: 'none', cache_hit: false } };
const hasAlbum = (path: string): boolean => path.includes('release_title=');

/** A Discogs that has the track, and no album of the name. */
function world(options: Parameters<typeof searchWorld>[0] = {}) {
  const made = searchWorld(options);
  made.discogs.answer = (path) => (hasAlbum(path) ? NOTHING : rightAnswer(path));
  const isCached = async (): Promise<boolean> => (await made.answers.read(KEY)).bytes !== undefined;
  return { ...made, isCached };
}

describe('a search whose album finds nothing', () => {
  it('is asked for without it, one interval later, and what that finds is cached', async () => {
    const { time, isolate, search, sends } = world();
    const { result } = await time.until(search(isolate(), 's', 'Title', ALBUM));
    expect(result).toMatchObject({
      payload: { result: { title: 'Artist - Title' }, match_quality: 'fuzzy' },
    });
    expect(sends.map(({ path }) => hasAlbum(path))).toEqual([true, false]);
    expect(closest(sends)).toBeGreaterThanOrEqual(SPACING_MS);
    await time.advance(100);
    const again = await time.until(search(isolate(), 't', 'Title', ALBUM));
    expect(again.result).toMatchObject({ payload: { match_quality: 'fuzzy', cache_hit: true } });
    expect(sends).toHaveLength(2);
  });

  it('takes a slot of its own in the window', async () => {
    const { time, isolate, search, window } = world();
    await time.until(search(isolate(), 's', 'Title', ALBUM));
    expect(window.read().state.endedCalls).toBe(2);
  });

  it('spends two calls, whoever else wants the same, in this isolate and in others', async () => {
    const { time, isolate, search, sends } = world();
    const [one, other] = [isolate(), isolate()];
    const asking = [one, one, other, other].map((port, index) => search(port, `s${index}`, 'Title', ALBUM));
    // In the middle of the second call, and while its turn is waited for.
    await time.advance(900);
    asking.push(search(one, 'late', 'Title', ALBUM), search(isolate(), 'later', 'Title', ALBUM));
    for (const { result } of await time.until(Promise.all(asking))) {
      expect(result).toMatchObject({ kind: 'found', payload: { match_quality: 'fuzzy' } });
    }
    expect(sends).toHaveLength(2);
  });

  it('does not keep others from their turns, nor asks more of the database than a request may', async () => {
    const { time, isolate, search, sends, operations } = world();
    const [one, other] = [isolate(), isolate()];
    const flood = Array.from({ length: 8 }, (_, index) => search(other, 'flooding', `Flood ${index}`));
    const albums = Array.from({ length: 4 }, (_, index) => search(one, 's', `Title ${index}`, ALBUM));
    for (const { result } of await time.until(Promise.all([...flood, ...albums]))) {
      expect(result.kind).toBe('found');
    }
    expect(sends.length).toBeGreaterThan(12);
    expect(closest(sends)).toBeGreaterThanOrEqual(SPACING_MS);
    expect(Math.max(...operations.map(({ count }) => count))).toBeLessThanOrEqual(36);
  });

  it('has found nothing for good when the second call finds nothing', async () => {
    const { time, isolate, search, sends, discogs, isCached } = world();
    discogs.answer = () => NOTHING;
    expect((await time.until(search(isolate(), 's', 'Title', ALBUM))).result).toEqual(NONE);
    await time.advance(100);
    expect([sends.length, await isCached()]).toEqual([2, true]);
  });
});

describe('a second call that cannot be made or fails', () => {
  it('leaves the answer of the first, which is not cached, when the limiter refuses it', async () => {
    const { time, isolate, search, sends, discogs, window, isCached } = world();
    const port = isolate();
    discogs.answer = () => {
      const { state, version } = window.read();
      const cooldown = { until: time.now() + 30_000, lengthMs: 30_000, probe: undefined };
      window.write({ ...state, cooldown }, version);
      return NOTHING;
    };
    expect((await time.until(search(port, 's', 'Title', ALBUM))).result).toEqual(NONE);
    await time.advance(100);
    expect([sends.length, await isCached()]).toEqual([1, false]);
    discogs.answer = rightAnswer;
    await time.advance(30_000);
    const later = await time.until(search(port, 's', 'Title', ALBUM));
    expect(later.result).toMatchObject({ payload: { result: { title: 'Artist - Title' } } });
  });

  it('is not tried with too little time left', async () => {
    const { time, isolate, search, sends, isCached } = world({ tookMs: 1000 });
    const { result } = await time.until(search(isolate(), 's', 'Title', { ...ALBUM, deadlineMs: 6000 }));
    expect(result).toEqual(NONE);
    await time.advance(100);
    expect([sends.length, await isCached()]).toEqual([1, false]);
  });

  it.each([
    ['500', answer(500)],
    ['429', answer(429, '{}', { 'retry-after': '30' })],
    ['401', answer(401)],
    ['no JSON', answer(200, 'hello')],
    ['nothing', timeout],
  ])('leaves the answer of the first, which is not cached: %s', async (name, told) => {
    const { time, isolate, search, sends, discogs, window, isCached } = world();
    discogs.answer = (path) => (hasAlbum(path) ? NOTHING : told);
    expect((await time.until(search(isolate(), 's', 'Title', ALBUM))).result).toEqual(NONE);
    await time.advance(100);
    expect([sends.length, await isCached()]).toEqual([2, false]);
    expect(window.read().state.cooldown !== undefined).toBe(name === '429');
  });

  it('ends before the deadline, so that the answer of the first can be told', async () => {
    const { time, isolate, search, discogs } = world();
    discogs.answer = (path) => {
      if (!hasAlbum(path)) discogs.tookMs = 1e9;
      return NOTHING;
    };
    const { result, endedAt } = await time.until(
      search(isolate(), 's', 'Title', { ...ALBUM, deadlineMs: 8000 }),
    );
    expect(result).toEqual(NONE);
    expect(endedAt).toBeLessThan(8000);
  });

  it('is left to another instance that has taken the search over, with its lease', async () => {
    const { time, isolate, search, sends, discogs, answers } = world();
    discogs.answer = () => {
      // Its own lease ends in the middle of a call that takes too long.
      void (async () => {
        const { version } = await answers.read(KEY);
        await answers.lease(KEY, version, 60_000);
      })();
      return NOTHING;
    };
    expect((await time.until(search(isolate(), 's', 'Title', ALBUM))).result).toEqual(NONE);
    await time.advance(100);
    expect(sends).toHaveLength(1);
    expect(await answers.read(KEY)).toMatchObject({ bytes: undefined, leased: true });
  });
});
