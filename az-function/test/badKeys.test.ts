/** Keys as they should not be: each is refused with JSON, and none of them shows in the log. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Reply, sendBytes } from './support/send.ts';
import { KEY, openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
afterAll(() => gateway.close());

const MISMATCH = [401, 'api_key_mismatch'];
const shown = ({ status, text }: Reply) => [
  status,
  /^\{"error":"unauthorized","reason":"(\w+)"/.exec(text)?.[1],
];
const askWithoutKey = async (headers: Readonly<Record<string, string | string[]>>) => {
  return shown(await gateway.askWithoutKey('/artists/108713', { headers }));
};
/** Header lines as bytes, which no client library would let through. */
const raw = async (lines: string) => {
  const head = `GET /api/artists/108713 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n${lines}\r\n\r\n`;
  return shown(await sendBytes(gateway.url, Buffer.from(head, 'utf8')));
};

describe('a key is refused', () => {
  it('when it is missing or empty', async () => {
    expect(await askWithoutKey({})).toEqual(MISMATCH);
    expect(await askWithoutKey({ 'x-api-key': '' })).toEqual(MISMATCH);
    expect(await askWithoutKey({ 'x-api-key': '   ' })).toEqual(MISMATCH);
    expect(await askWithoutKey({ authorization: 'Bearer' })).toEqual(MISMATCH);
    expect(await askWithoutKey({ authorization: 'Bearer   ' })).toEqual(MISMATCH);
  });

  it('when it is another one, a part, or more than the right one', async () => {
    const wrong = [KEY.slice(0, -1), `${KEY}x`, KEY.toUpperCase(), `${KEY}${KEY}`, `"${KEY}"`, `${KEY},`];
    for (const key of wrong) {
      expect(await askWithoutKey({ 'x-api-key': key })).toEqual(MISMATCH);
      expect(await askWithoutKey({ authorization: `Bearer ${key}` })).toEqual(MISMATCH);
    }
  });

  it('when it comes by another way than the documented ones', async () => {
    expect(await askWithoutKey({ authorization: KEY })).toEqual(MISMATCH);
    expect(await askWithoutKey({ authorization: `Basic ${btoa(`:${KEY}`)}` })).toEqual(MISMATCH);
    expect(await askWithoutKey({ cookie: `x-api-key=${KEY}` })).toEqual(MISMATCH);
    expect((await gateway.askWithoutKey(`/artists/108713?x-api-key=${KEY}&key=${KEY}`)).status).toBe(401);
  });

  it('when the header is there twice, even with the right key', async () => {
    expect(await raw(`x-api-key: ${KEY}\r\nX-Api-Key: ${KEY}`)).toEqual(MISMATCH);
    expect(await raw(`x-api-key: wrong\r\nx-api-key: ${KEY}`)).toEqual(MISMATCH);
    expect(await raw(`Authorization: Bearer ${KEY}\r\nAuthorization: Bearer ${KEY}`)).toEqual(MISMATCH);
  });

  it('when there are two of them, whichever is right', async () => {
    expect(await askWithoutKey({ 'x-api-key': 'wrong', authorization: `Bearer ${KEY}` })).toEqual(MISMATCH);
    expect(await askWithoutKey({ 'x-api-key': KEY, authorization: 'Bearer wrong' })).toEqual(MISMATCH);
  });

  it('when it is not ASCII, in whatever bytes', async () => {
    expect(await raw('x-api-key: schlüssel-🔑')).toEqual(MISMATCH);
    expect(await raw('Authorization: Bearer schlüssel-🔑')).toEqual(MISMATCH);
    expect(await raw(`x-api-key: ${KEY}\u00a0`)).toEqual(MISMATCH);
  });

  it('when it is 20 KB long', async () => {
    expect(await askWithoutKey({ 'x-api-key': 'k'.repeat(20_000) })).toEqual(MISMATCH);
    expect(await askWithoutKey({ authorization: `Bearer ${'k'.repeat(20_000)}` })).toEqual(MISMATCH);
    expect(await askWithoutKey({ authorization: `Bearer${' '.repeat(20_000)}x y` })).toEqual(MISMATCH);
  });

  it('by the platform, with 431, when it is 40 KB long', async () => {
    expect((await raw(`x-api-key: ${'k'.repeat(40_000)}`))[0]).toBe(431);
  });
});

describe('afterwards', () => {
  it('the right key is still good, Discogs was asked only for it, and the log holds no key', async () => {
    const before = gateway.sandbox.requests.length;
    expect((await gateway.ask('/artists/108713')).status).toBe(200);
    expect([before, gateway.sandbox.requests.length]).toEqual([0, 1]);
    const log = gateway.lines.join('\n');
    expect(log).not.toContain(KEY);
    expect(log).not.toContain('schl');
    expect(log).not.toContain('kkkk');
  });

  it('a flood of wrong keys was not a flood of lines: ten a second, then a count', async () => {
    const rejected = () => gateway.lines.filter((line) => line.includes('discogs_proxy_rejected'));
    const before = rejected().length;
    const started = Date.now();
    await Promise.all(Array.from({ length: 200 }, () => askWithoutKey({ 'x-api-key': 'wrong' })));
    const seconds = Math.ceil((Date.now() - started) / 1000) + 1;
    await gateway.trace(await gateway.ask('/artists/108713'));
    expect(rejected().length - before).toBeLessThanOrEqual(seconds * 11);
    while (Math.floor(Date.now() / 1000) === Math.floor(started / 1000)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await askWithoutKey({ 'x-api-key': 'wrong' });
    expect(await gateway.line('"suppressed":')).toMatch(
      /discogs_proxy_rejected: \{"event":"discogs_proxy_rejected","suppressed":[0-9]+\}$/,
    );
  });
});
