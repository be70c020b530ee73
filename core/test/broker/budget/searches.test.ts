import type { FetchedAnswer } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { answer, jsonLines, timeout } from '../../support/fakes.ts';
import { type Asked, closest, rightAnswer, SPACING_MS, searchWorld } from '../support/searchWorld.ts';

const titles = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`);
const kinds = (asked: readonly Asked[]) => asked.map(({ result }) => result.kind);

describe('a search', () => {
  it('is answered by Discogs once, and from the cache then, in every isolate', async () => {
    const { time, isolate, search, sends } = searchWorld();
    const [one, other] = [isolate(), isolate()];
    const first = await time.until(search(one, 's', 'Title'));
    expect(first.result).toMatchObject({ payload: { cache_hit: false, match_quality: 'exact' } });
    await time.advance(100);
    const again = await time.until(search(other, 't', 'Title'));
    expect(again.result).toMatchObject({ payload: { cache_hit: true, match_quality: 'exact' } });
    expect(sends).toHaveLength(1);
  });

  it('is signed for its own user, and sent as the original sends it', async () => {
    const { time, isolate, search, sends } = searchWorld();
    await time.until(search(isolate(), 's', 'A & B'));
    expect(sends[0]?.path).toBe('/database/search?artist=Artist&track=A+%26+B&type=release&per_page=15');
    expect(sends[0]?.authorization).toContain('oauth_token="token-of-s"');
  });

  it('is kept for as long as it is sure', async () => {
    const { time, isolate, search, sends, discogs } = searchWorld();
    const port = isolate();
    await time.until(search(port, 's', 'Sure'));
    discogs.answer = () => answer(200, { results: [] });
    await time.advance(SPACING_MS);
    await time.until(search(port, 's', 'Unknown'));
    await time.advance(901_000);
    expect((await time.until(search(port, 's', 'Sure'))).result).toMatchObject({
      payload: { cache_hit: true },
    });
    const unknown = await time.until(search(port, 's', 'Unknown'));
    expect(unknown.result).toMatchObject({
      payload: { cache_hit: false, match_quality: 'none', result: null },
    });
    expect(sends).toHaveLength(3);
  });

  it.each([
    [{ artist: 'A', title: ' ', album: null }, 'artist and title are required'],
    [{ artist: 'A', title: 1, album: undefined }, 'title must be a string'],
    [{ artist: 'ﷺ'.repeat(256), title: 'T', album: null }, 'search cache key is too long'],
  ])('that makes no sense is refused without a call: %j', async (body, message) => {
    const { time, isolate, sends } = searchWorld();
    const session = { deviceId: 's', access: { token: 't', secret: 's' } };
    const result = await time.until(isolate().search(session, body, time.now() + 25_000));
    expect(result).toEqual({ kind: 'invalid_params', message });
    expect(sends).toEqual([]);
  });
});

describe('what Discogs says instead of an answer', () => {
  const GRANT_GONE = { kind: 'unauthorized_grant' } as const;
  const FAILED = { kind: 'unavailable', reason: 'failed' } as const;
  const TEXT = { 'content-type': 'text/plain' };
  const refusal = (status: number, message: string) => answer(status, { message });
  const html = (status: number) => answer(status, '<html></html>', { 'content-type': 'text/html' });
  it.each([
    ['401', answer(401), GRANT_GONE],
    ['403', refusal(403, 'no'), GRANT_GONE],
    ['401 for the user', refusal(401, 'You must authenticate to access this resource.'), GRANT_GONE],
    ['401 for a token', refusal(401, 'Invalid consumer token. Please register an app.'), GRANT_GONE],
    ['401 for the consumer', answer(401, 'Invalid consumer.', TEXT), FAILED],
    ['401 for key and secret', refusal(401, 'Invalid consumer key/secret. Please register an app.'), FAILED],
    ['401 for no consumer', answer(401, 'Parameter not found: oauth_consumer_key', TEXT), FAILED],
    ['401 for the signature', answer(401, 'Invalid signature.', TEXT), FAILED],
    ['401 for the clock', answer(401, 'Expired timestamp.', TEXT), FAILED],
    ['403 that broke off', { ...timeout, status: 403 } as const, FAILED],
    ['the page of an edge', html(403), FAILED],
    ['500', answer(500), { kind: 'unavailable', reason: 'failed' }],
    ['404', answer(404), { kind: 'unavailable', reason: 'failed' }],
    ['302', answer(302), { kind: 'unavailable', reason: 'failed' }],
    ['nothing', timeout, { kind: 'unavailable', reason: 'failed' }],
    [
      'too much',
      { ...timeout, cause: 'too_large', status: 200 } as const,
      { kind: 'unavailable', reason: 'failed' },
    ],
    [
      'something garbled',
      { ...timeout, cause: 'encoding', status: 200 } as const,
      { kind: 'unavailable', reason: 'invalid' },
    ],
    ['no JSON', answer(200, 'hello'), { kind: 'unavailable', reason: 'invalid' }],
    [
      '429 with seconds',
      answer(429, '{}', { 'retry-after': '7' }),
      { kind: 'rate_limited', retryAfterSeconds: 7 },
    ],
    [
      '429 with nonsense',
      answer(429, '{}', { 'retry-after': 'soon' }),
      { kind: 'rate_limited', retryAfterSeconds: 60 },
    ],
  ])('%s is told as what it is, kept nowhere, and never asked again', async (_, told, result) => {
    const { time, isolate, search, sends, discogs, window, answers } = searchWorld();
    discogs.answer = () => told;
    expect((await time.until(search(isolate(), 's', 'Title'))).result).toEqual(result);
    await time.advance(1000);
    expect(sends).toHaveLength(1);
    expect(await answers.read('artist|title|')).toMatchObject({ bytes: undefined, leased: false });
    const pause = window.read().state.cooldown?.until ?? 0;
    expect(pause > time.now()).toBe(result.kind === 'rate_limited');
  });

  it('is in the log where it is a 429, numbers only', async () => {
    const { time, isolate, search, discogs, log } = searchWorld();
    const headers = {
      'retry-after': '7',
      'x-discogs-ratelimit': '60',
      'x-discogs-ratelimit-remaining': '0; secret',
    };
    discogs.answer = () => answer(429, { message: 'secret' }, headers);
    await time.until(search(isolate(), 's', 'Title'));
    expect(jsonLines(log, 'discogs rate limit: ')).toEqual([
      { stage: 'search', retry_after_seconds: 7, limit: 60, remaining: null, used: null },
    ]);
    expect(JSON.stringify(log.lines)).not.toContain('secret');
  });

  it('about one grant is not held against others who wait for the same', async () => {
    const { time, isolate, search, sends, discogs } = searchWorld();
    const port = isolate();
    discogs.answer = (path) => (sends.length === 1 ? answer(401) : rightAnswer(path));
    const asked = await time.until(
      Promise.all(['revoked', 'a', 'b'].map((who) => search(port, who, 'Title'))),
    );
    expect(kinds(asked)).toEqual(['unauthorized_grant', 'found', 'found']);
    expect(sends).toHaveLength(2);
  });
});

describe('the pause after a 429', () => {
  const limited = (seconds: string): FetchedAnswer => answer(429, '{}', { 'retry-after': seconds });

  it('lets no call go before its end, of any isolate or priority, tells how long it lasts, and leaves the cache open', async () => {
    const { time, isolate, search, sends, discogs, acquire } = searchWorld();
    const [one, other] = [isolate(), isolate()];
    await time.until(search(one, 's', 'Known'));
    discogs.answer = () => limited('30');
    await time.advance(SPACING_MS);
    await time.until(search(one, 's', 'First'));
    discogs.answer = rightAnswer;
    await time.advance(10_000);
    const refused = await time.until(search(other, 't', 'Second'));
    expect(refused.result).toEqual({ kind: 'rate_limited', retryAfterSeconds: 20 });
    const signIn = await time.until(acquire('sign_in', time.now() + 25_000));
    expect(signIn).toMatchObject({ kind: 'refused', failure: { kind: 'rate_limited' } });
    expect((await time.until(search(other, 't', 'Known'))).result).toMatchObject({
      payload: { cache_hit: true },
    });
    expect(sends).toHaveLength(2);
    await time.advance(20_000);
    expect((await time.until(search(other, 't', 'Second'))).result.kind).toBe('found');
  });

  it('ends the wait of those who cannot be served after it', async () => {
    const { time, isolate, search, sends, discogs } = searchWorld();
    const [one, other] = [isolate(), isolate()];
    discogs.answer = () => limited('60');
    const asking = [search(one, 's', 'A'), ...titles('B', 10).map((title) => search(other, 't', title))];
    const asked = await time.until(Promise.all(asking));
    expect(new Set(kinds(asked))).toEqual(new Set(['rate_limited']));
    expect(sends).toHaveLength(1);
  });

  it('is never longer than an hour, whatever a header asks for', async () => {
    const { time, isolate, search, discogs } = searchWorld();
    discogs.answer = () => limited('999999999');
    await time.until(search(isolate(), 's', 'A'));
    discogs.answer = rightAnswer;
    await time.advance(3_600_000);
    expect((await time.until(search(isolate(), 's', 'A'))).result.kind).toBe('found');
  });
});

describe('the queue', () => {
  it('takes turns between sessions: a flood of one does not hold up the other', async () => {
    const { time, isolate, search, sends } = searchWorld();
    const [one, other] = [isolate(), isolate()];
    const flood = titles('Flood', 15).map((title) => search(one, 'flooding', title));
    await time.advance(2000);
    const guest = titles('Guest', 3).map((title) => search(other, 'guest', title));
    const asked = await time.until(Promise.all(guest));
    expect(kinds(asked)).toEqual(['found', 'found', 'found']);
    // Every second call is the guest's.
    expect(Math.max(...asked.map(({ endedAt }) => endedAt))).toBeLessThanOrEqual(2000 + 7 * SPACING_MS);
    expect(kinds(await time.until(Promise.all(flood)))).toEqual(Array(15).fill('found'));
    expect(closest(sends)).toBeGreaterThanOrEqual(SPACING_MS);
  });

  it('lets sign-ins go first', async () => {
    const { time, isolate, search, acquire, sends } = searchWorld();
    const port = isolate();
    const searches = titles('Search', 12).map((title) => search(port, 's', title));
    await time.advance(3000);
    const before = sends.length;
    expect((await time.until(acquire('sign_in', time.now() + 25_000))).kind).toBe('granted');
    expect(sends.length - before).toBeLessThanOrEqual(1);
    await time.until(Promise.all(searches));
    expect(closest(sends)).toBeGreaterThanOrEqual(SPACING_MS);
  });

  it('never exceeds Discogs own limit, however short the interval is', async () => {
    const { time, isolate, search, sends } = searchWorld({ spacingMs: 10, tookMs: 5 });
    const port = isolate();
    const asked = await time.until(
      Promise.all(titles('T', 70).map((title, index) => search(port, `s${index % 7}`, title))),
    );
    expect(sends).toHaveLength(60);
    const refused = asked.filter(({ result }) => result.kind === 'busy');
    expect(refused).toHaveLength(10);
    for (const { result } of refused) {
      expect(result.kind === 'busy' ? result.retryAfterSeconds : 0).toBeGreaterThanOrEqual(59);
    }
  });

  it('gives a place to everybody who wants the same, and the best of them counts', async () => {
    const { time, isolate, search } = searchWorld();
    const [one, other] = [isolate(), isolate()];
    const flood = titles('Flood', 12).map((title) => search(one, 'flooding', title));
    await time.advance(2000);
    // Last in the line of the flood, were it not for the guest, who has had no turn yet.
    const shared = search(one, 'flooding', 'Shared');
    await time.advance(100);
    const guest = await time.until(search(one, 'guest', 'Shared'));
    expect(guest.result.kind).toBe('found');
    expect(guest.endedAt).toBeLessThanOrEqual(2100 + 3 * SPACING_MS);
    expect((await shared).endedAt).toBe(guest.endedAt);
    expect(kinds(await time.until(Promise.all([...flood, search(other, 'guest', 'Flood 1')])))).toHaveLength(
      13,
    );
  });

  it('spends one permit on a call that three isolates want at the same moment', async () => {
    const { time, isolate, search, window, sends } = searchWorld();
    const asked = [isolate(), isolate(), isolate()].map((port, index) => search(port, `s${index}`, 'Title'));
    expect(kinds(await time.until(Promise.all(asked)))).toEqual(['found', 'found', 'found']);
    await time.advance(3000);
    expect([window.read().state.endedCalls, sends.length]).toEqual([1, 1]);
  });

  it('is left by everybody in the end', async () => {
    const { time, isolate, search, rateLimiter } = searchWorld();
    const [one, other] = [isolate(), isolate()];
    const asking = titles('T', 30).map((title, index) =>
      search(index % 2 ? one : other, `s${index % 7}`, title),
    );
    await time.until(Promise.all(asking));
    await time.advance(1000);
    expect(rateLimiter.view().waiting).toBe(0);
  });
});

describe('a rate limiter in trouble', () => {
  it.each(['is not there', 'fails'])(
    'that %s lets nothing go: nobody knows who else is sending',
    async (how) => {
      const { time, isolate, search, sends, log, limiter } = searchWorld();
      const away = () => Promise.reject(new Error('away'));
      const failing = { ...limiter, acquire: () => ({ result: away, complete: away, cancel: away }) };
      const port = isolate({ openLimiter: how === 'fails' ? async () => failing : away });
      const asked = await time.until(search(port, 's', 'Title'));
      expect(asked.result).toEqual({ kind: 'busy', retryAfterSeconds: 5 });
      expect(sends).toEqual([]);
      expect(log.lines[0]?.line).toContain('broker_limiter_away');
    },
  );

  it('that never answers lets nobody wait past the deadline, and is told that the place is free', async () => {
    const { time, isolate, search, limiter, sends } = searchWorld();
    const never = () => new Promise<never>(() => {});
    let cancelled = 0;
    const cancel = async () => {
      cancelled += 1;
    };
    const hanging = { ...limiter, acquire: () => ({ result: never, complete: never, cancel }) };
    const asked = await time.until(search(isolate({ openLimiter: async () => hanging }), 's', 'Title'));
    expect(['busy', 'unavailable']).toContain(asked.result.kind);
    expect(asked.endedAt).toBeLessThanOrEqual(25_000);
    await time.advance(1);
    expect([sends, cancelled]).toEqual([[], 1]);
  });

  it('that loses the end of a call leaves the answer as it is', async () => {
    const { time, isolate, search, limiter } = searchWorld();
    const lossy: typeof limiter = {
      ...limiter,
      acquire: (request) => ({
        ...limiter.acquire(request),
        complete: () => Promise.reject(new Error('restarted')),
      }),
    };
    const asked = await time.until(search(isolate({ openLimiter: async () => lossy }), 's', 'Title'));
    expect(asked.result.kind).toBe('found');
  });
});

describe('those who wait for a leader', () => {
  it('find its answer in the cache when its promise never tells them', async () => {
    const { time, isolate, search, answers, sends, discogs } = searchWorld();
    const port = isolate();
    discogs.tookMs = 1e9;
    void search(port, 'leader', 'Title').catch(() => {});
    await time.advance(500);
    const follower = search(port, 'follower', 'Title');
    await time.advance(500);
    const payload = { result: null, match_quality: 'none', cache_hit: false };
    await answers.put('artist|title|', new TextEncoder().encode(JSON.stringify(payload)), 60_000);
    const { result, endedAt } = await time.until(follower);
    expect(result).toMatchObject({ kind: 'found', payload: { cache_hit: true } });
    expect(endedAt).toBeLessThan(4000);
    expect(sends).toHaveLength(1);
  });

  it('take over when it has died', async () => {
    const { time, isolate, search, limiter, sends } = searchWorld();
    let requests = 0;
    // The first request stops as if its host had killed it, with its timers.
    const openLimiter = async () => {
      requests += 1;
      return requests > 1 ? limiter : new Promise<never>(() => {});
    };
    const port = isolate({
      openLimiter,
      setTimer: (run, ms) => time.setTimer(requests > 1 ? run : () => {}, ms),
    });
    void search(port, 'leader', 'Title');
    await time.advance(100);
    requests = 1;
    const { result, endedAt } = await time.until(search(port, 'follower', 'Title'));
    expect(result.kind).toBe('found');
    expect(endedAt).toBeLessThan(18_000);
    expect(sends).toHaveLength(1);
  });
});
