import { describe, expect, it } from '@jest/globals';
import { THROTTLE } from '../../src/broker/throttle.ts';
import { networkOf } from '../../src/signIn/networkOf.ts';
import { CLIENT_TOKEN, harness, NAVIGATION } from './support/harness.ts';

const TOKEN = { 'x-reklawdbox-broker-token': CLIENT_TOKEN };

/** Statuses of `count` requests, counted. */
async function tally(count: number, ask: (index: number) => Promise<{ readonly status: number }>) {
  const counts: Record<number, number> = {};
  for (let index = 0; index < count; index += 1) {
    const { status } = await ask(index);
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

/** Links of as many sessions as it takes, and starts; the addresses are of the test's choice. */
async function manySessions(count = 100) {
  const { app, ask } = harness();
  const pairs = await Promise.all(Array.from({ length: count }, () => app.start()));
  const links = (index: number, clientAddress: string) =>
    ask('GET', pairs[index % pairs.length]?.authUrl ?? '', { clientAddress });
  const starts = (clientAddress: string) =>
    ask('POST', '/v1/device/session/start', { headers: TOKEN, clientAddress });
  return { links, starts };
}

describe('the throttle', () => {
  it('refuses what is too much from one address, not from others, and not for ever', async () => {
    const { ask, passSeconds } = harness();
    const start = (clientAddress: string) =>
      ask('POST', '/v1/device/session/start', { headers: TOKEN, clientAddress });
    expect(await tally(THROTTLE.start.address + 5, () => start('192.0.2.1'))).toEqual({
      200: THROTTLE.start.address,
      429: 5,
    });
    passSeconds(200);
    const refused = await start('192.0.2.1');
    expect(refused.headers['retry-after']).toBe('400');
    expect(refused.json).toEqual({
      error: 'too_many_requests',
      message: 'Too many sign-ins at the moment. Wait 400 seconds before retrying.',
      retry_after_seconds: 400,
    });
    expect((await start('192.0.2.2')).status).toBe(200);
    passSeconds(400);
    expect((await start('192.0.2.1')).status).toBe(200);
  });

  it('counts the links of one session among themselves first, wherever they are opened', async () => {
    const { app, ask } = harness();
    const [one, other] = [await app.start(), await app.start()];
    const open = (index: number) => ask('GET', one.authUrl, { clientAddress: `192.0.2.${index % 11}` });
    expect(await tally(330, open)).toEqual({ 302: THROTTLE.link.session, 429: 330 - THROTTLE.link.session });
    expect(await open(0)).toMatchObject({ json: { retry_after_seconds: 600 } });
    expect((await ask('GET', other.authUrl, { clientAddress: '192.0.2.0' })).status).toBe(302);
  });

  it('counts the addresses that go too far among themselves only', async () => {
    const { links } = await manySessions();
    expect(await tally(THROTTLE.link.everybody, (index) => links(index, '192.0.2.1'))).toEqual({
      302: THROTTLE.link.address,
      429: THROTTLE.link.everybody - THROTTLE.link.address,
    });
    expect((await links(0, '192.0.2.2')).status).toBe(302);
  });

  it('counts the many networks of one IPv6 customer as one address', async () => {
    const { links } = await manySessions();
    const customer = (index: number) => links(index, `2001:db8:1:${(index % 256).toString(16)}::1`);
    expect(await tally(2 * THROTTLE.link.everybody, customer)).toEqual({
      302: THROTTLE.link.address,
      429: 2 * THROTTLE.link.everybody - THROTTLE.link.address,
    });
    expect((await links(0, '2001:db8:2::1')).status).toBe(302);
  });

  it.each([
    ['link', THROTTLE.link, 302],
    ['start', THROTTLE.start, 200],
  ] as const)(
    'keeps a reserve of every %s for addresses with few, while others have used up the rest',
    async (kind, { address, everybody, reserve }, good) => {
      const { links, starts } = await manySessions(kind === 'link' ? 100 : 0);
      const go = kind === 'link' ? links : (_: number, clientAddress: string) => starts(clientAddress);
      const greedy = Math.ceil(everybody / address) + 5;
      const greed = (index: number) => go(index, `198.51.100.${index % greedy}`);
      expect(await tally(greedy * address, greed)).toEqual({
        [good]: everybody,
        429: greedy * address - everybody,
      });
      // Who is refused goes on asking, and takes nothing away by that.
      expect(await tally(2 * reserve, greed)).toEqual({ 429: 2 * reserve });
      const modest = (index: number) => go(index, `203.0.113.${Math.floor(index / 3)}`);
      expect(await tally(reserve, modest)).toEqual({ [good]: reserve });
      expect((await go(0, '192.0.2.1')).status).toBe(429);
      expect((await modest(0)).status).toBe(429);
    },
  );

  it.each([
    [{ kind: 'busy', retryAfterSeconds: 30 }, 503],
    [{ kind: 'rate_limited', retryAfterSeconds: 9 }, 429],
  ] as const)('does not count who is told to come later: %j', async (failure, status) => {
    const { app, ask, discogs } = harness();
    const pair = await app.start();
    const open = () => ask('GET', pair.authUrl, { clientAddress: '192.0.2.1' });
    discogs.failing.requestToken = failure;
    expect(await tally(THROTTLE.link.everybody * 2, open)).toEqual({ [status]: THROTTLE.link.everybody * 2 });
    discogs.failing.requestToken = undefined;
    expect(await tally(THROTTLE.link.session + 1, open)).toEqual({ 302: THROTTLE.link.session, 429: 1 });
  });

  it('counts what Discogs was asked for in vain', async () => {
    const { app, ask, discogs } = harness();
    const pair = await app.start();
    discogs.failing.requestToken = { kind: 'unreachable' };
    const open = () => ask('GET', pair.authUrl);
    expect(await tally(THROTTLE.link.session + 1, open)).toEqual({ 502: THROTTLE.link.session, 429: 1 });
  });

  it('does not count what ends after its deadline, which was answered by a 503', async () => {
    const timers: (() => void)[] = [];
    const { app, ask, clock, discogs, stores } = harness({
      setTimer: (run) => {
        timers.push(run);
        return () => {};
      },
    });
    const pair = await app.start();
    timers.length = 0;
    const { requestToken } = discogs;
    const { release } = stores.throttle;
    const released: string[] = [];
    Object.assign(stores.throttle, {
      release: async (...given: Parameters<typeof release>) => {
        await release(...given);
        released.push(given[0]);
      },
    });
    const answering = new Promise<() => void>((asked) => {
      discogs.requestToken = (...given) =>
        new Promise((resolve) => asked(() => resolve(requestToken(...given))));
    });
    const answer = ask('GET', pair.authUrl);
    const discogsAnswers = await answering;
    clock.ms += 25_000;
    for (const end of timers) end();
    expect((await answer).status).toBe(503);
    expect(released).toEqual([]);
    discogsAnswers();
    while (released.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(released).toEqual([expect.stringMatching(/^link:[0-9a-f]{32}$/), 'link:everybody']);
  });

  it('answers all the same when it cannot take a hit back', async () => {
    const { app, ask, discogs, log, stores } = harness();
    const pair = await app.start();
    discogs.failing.requestToken = { kind: 'busy', retryAfterSeconds: 30 };
    Object.assign(stores.throttle, { release: () => Promise.reject(new Error('away')) });
    expect((await ask('GET', pair.authUrl)).status).toBe(503);
    expect(log.lines).toEqual([{ level: 'warn', line: 'A hit was not taken back: Error: away' }]);
  });

  it('costs a browser nothing for the page that asks, and answers it with a page', async () => {
    const { app, ask } = harness();
    const pair = await app.start();
    const options = { headers: NAVIGATION, clientAddress: '192.0.2.1' };
    let next = '';
    expect(
      await tally(THROTTLE.link.address * 2, async () => {
        const reply = await ask('GET', pair.authUrl, options);
        next = /href="(\?[^"]+)"/.exec(reply.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
        return reply;
      }),
    ).toEqual({ 200: THROTTLE.link.address * 2 });
    const address = new URL(next, pair.authUrl).href;
    await tally(THROTTLE.link.session, () => ask('GET', address, options));
    const reply = await ask('GET', address, options);
    expect(reply).toMatchObject({ status: 429, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(reply.text).toContain('Too many sign-ins at the moment.');
  });

  it('keeps no address and no device id as it is', async () => {
    const { app, ask, stores } = harness();
    const pair = await app.start();
    const buckets: string[] = [];
    const { hit } = stores.throttle;
    Object.assign(stores.throttle, {
      hit: (bucket: string, now: number, window: number) => {
        buckets.push(bucket);
        return hit(bucket, now, window);
      },
    });
    await ask('POST', '/v1/device/session/start', { headers: TOKEN, clientAddress: '192.0.2.1' });
    await ask('GET', pair.authUrl, { clientAddress: '192.0.2.1' });
    expect(buckets).toEqual([
      expect.stringMatching(/^start:[0-9a-f]{32}$/),
      'start:everybody',
      expect.stringMatching(/^link:[0-9a-f]{32}$/),
      expect.stringMatching(/^link:[0-9a-f]{32}$/),
      'link:everybody',
    ]);
    expect(buckets[2]).not.toBe(buckets[3]);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1'],
    ['2001:DB8:1:2::1', '2001:db8:1'],
    ['2001:0db8::1', '2001:db8:0'],
    ['::1', '0:0:0'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
  ])('takes %s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
