import { describe, expect, it } from '@jest/globals';
import { networkOf, THROTTLE } from '../../src/broker/throttle.ts';
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

  it('refuses what is too much altogether', async () => {
    const { app, ask } = harness();
    const pair = await app.start();
    const open = (index: number) => ask('GET', pair.authUrl, { clientAddress: `192.0.2.${index % 200}` });
    expect(await tally(THROTTLE.link.everybody + 3, open)).toEqual({ 302: THROTTLE.link.everybody, 429: 3 });
  });

  it('counts the addresses that go too far among themselves only', async () => {
    const { app, ask } = harness();
    const pair = await app.start();
    const open = (clientAddress: string) => ask('GET', pair.authUrl, { clientAddress });
    await tally(THROTTLE.link.everybody * 2, () => open('192.0.2.1'));
    expect((await open('192.0.2.2')).status).toBe(302);
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
    await tally(THROTTLE.link.address, () => ask('GET', address, options));
    const reply = await ask('GET', address, options);
    expect(reply).toMatchObject({ status: 429, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(reply.text).toContain('Too many sign-ins at the moment.');
  });

  it('keeps no address as it is', async () => {
    const { ask, stores } = harness();
    const buckets: string[] = [];
    const { hit } = stores.throttle;
    Object.assign(stores.throttle, {
      hit: (bucket: string, now: number, window: number) => {
        buckets.push(bucket);
        return hit(bucket, now, window);
      },
    });
    await ask('POST', '/v1/device/session/start', { headers: TOKEN, clientAddress: '192.0.2.1' });
    expect(buckets).toEqual([expect.stringMatching(/^start:[0-9a-f]{32}$/), 'start:everybody']);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::1', '2001:db8:1:2'],
    ['2001:0db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
  ])('takes %s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
