/** Keys as they should not be: each is refused with JSON, and none of them shows in the log. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Door, KEY, openDoor } from './support/door.ts';
import { KEY_MISMATCH } from './support/errors.ts';
import { sendBytes } from './support/send.ts';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const MISMATCH = [401, KEY_MISMATCH];
const knock = async (headers: Readonly<Record<string, string | string[]>>) => {
  const { status, text } = await door.knock('/artists/108713', { headers });
  return [status, text];
};
/** Header lines as bytes, which no client library would let through. */
const raw = async (lines: string) => {
  const head = `GET /api/artists/108713 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n${lines}\r\n\r\n`;
  const { status, text } = await sendBytes(door.url, Buffer.from(head, 'utf8'));
  return [status, text];
};

describe('a key is refused', () => {
  it('when it is missing or empty', async () => {
    expect(await knock({})).toEqual(MISMATCH);
    expect(await knock({ 'x-api-key': '' })).toEqual(MISMATCH);
    expect(await knock({ 'x-api-key': '   ' })).toEqual(MISMATCH);
    expect(await knock({ authorization: 'Bearer' })).toEqual(MISMATCH);
    expect(await knock({ authorization: 'Bearer   ' })).toEqual(MISMATCH);
  });

  it('when it is another one, a part, or more than the right one', async () => {
    const wrong = [KEY.slice(0, -1), `${KEY}x`, KEY.toUpperCase(), `${KEY}${KEY}`, `"${KEY}"`, `${KEY},`];
    for (const key of wrong) {
      expect(await knock({ 'x-api-key': key })).toEqual(MISMATCH);
      expect(await knock({ authorization: `Bearer ${key}` })).toEqual(MISMATCH);
    }
  });

  it('when it comes by another way than the two documented ones', async () => {
    expect(await knock({ authorization: KEY })).toEqual(MISMATCH);
    expect(await knock({ authorization: `Basic ${btoa(`:${KEY}`)}` })).toEqual(MISMATCH);
    expect(await knock({ authorization: `Discogs token=${KEY}` })).toEqual(MISMATCH);
    expect(await knock({ cookie: `x-api-key=${KEY}` })).toEqual(MISMATCH);
    expect((await door.knock(`/artists/108713?x-api-key=${KEY}&key=${KEY}`)).status).toBe(401);
  });

  it('when the header is there twice, even with the right key', async () => {
    expect(await raw(`x-api-key: ${KEY}\r\nX-Api-Key: ${KEY}`)).toEqual(MISMATCH);
    expect(await raw(`x-api-key: wrong\r\nx-api-key: ${KEY}`)).toEqual(MISMATCH);
    expect(await raw(`Authorization: Bearer ${KEY}\r\nAuthorization: Bearer ${KEY}`)).toEqual(MISMATCH);
  });

  it('when x-api-key is wrong and the bearer token is right: x-api-key decides', async () => {
    expect(await knock({ 'x-api-key': 'wrong', authorization: `Bearer ${KEY}` })).toEqual(MISMATCH);
    const both = await knock({ 'x-api-key': KEY, authorization: 'Bearer wrong' });
    expect(both[0]).toBe(200);
  });

  it('when it is not ASCII, in whatever bytes', async () => {
    expect(await raw('x-api-key: schlüssel-🔑')).toEqual(MISMATCH);
    expect(await raw('Authorization: Bearer schlüssel-🔑')).toEqual(MISMATCH);
    expect(await raw(`x-api-key: ${KEY}\u00a0`)).toEqual(MISMATCH);
  });

  it('when it is 20 KB long', async () => {
    expect(await knock({ 'x-api-key': 'k'.repeat(20_000) })).toEqual(MISMATCH);
    expect(await knock({ authorization: `Bearer ${'k'.repeat(20_000)}` })).toEqual(MISMATCH);
    expect(await knock({ authorization: `Bearer${' '.repeat(20_000)}x y` })).toEqual(MISMATCH);
  });

  it('by the platform, with 431, when it is 40 KB long', async () => {
    expect((await raw(`x-api-key: ${'k'.repeat(40_000)}`))[0]).toBe(431);
  });
});

describe('afterwards', () => {
  it('the right key is still good, Discogs was asked only for it, and the log holds no key', async () => {
    const before = door.sandbox.requests.length;
    expect((await door.ask('/artists/108713')).status).toBe(200);
    expect([before, door.sandbox.requests.length]).toEqual([1, 2]);
    const log = door.lines.join('\n');
    expect(log).not.toContain(KEY);
    expect(log).not.toContain('schl');
    expect(log).not.toContain('kkkk');
  });

  it('a flood of wrong keys was not a flood of lines: ten a second, then a count', async () => {
    const rejected = () => door.lines.filter((line) => line.includes('discogs_proxy_rejected'));
    const before = rejected().length;
    const started = Date.now();
    await Promise.all(Array.from({ length: 200 }, () => knock({ 'x-api-key': 'wrong' })));
    const seconds = Math.ceil((Date.now() - started) / 1000) + 1;
    await door.trace(await door.ask('/artists/108713'));
    expect(rejected().length - before).toBeLessThanOrEqual(seconds * 11);
    while (Math.floor(Date.now() / 1000) === Math.floor(started / 1000)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await knock({ 'x-api-key': 'wrong' });
    expect(await door.line('"suppressed":')).toMatch(
      /discogs_proxy_rejected: \{"event":"discogs_proxy_rejected","suppressed":[0-9]+\}$/,
    );
  });
});
