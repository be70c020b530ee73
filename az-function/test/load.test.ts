/** Many callers at once, callers that go away, and what is left of the process afterwards. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Door, type DoorOptions, KEY, openDoor } from './support/door.ts';
import { openSocket } from './support/send.ts';

const CALLERS = 500;
const HEAD = `Host: h\r\nx-api-key: ${KEY}\r\n`;

let door: Door;
const open = async (options: DoorOptions = {}) => {
  door = await openDoor(options);
};
afterEach(async () => {
  const ping = await door.knock('/ping');
  expect([ping.status, door.isAlive()]).toEqual([200, true]);
  expect(door.lines.join('\n')).not.toMatch(/unhandled|unexpected error|internal_error/i);
  await door.close();
});

const atOnce = (path: string) => Promise.all(Array.from({ length: CALLERS }, () => door.ask(path)));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('500 calls at once', () => {
  it('are all answered, over no more than 16 connections to Discogs', async () => {
    await open();
    const answers = await atOnce('/artists/108713');
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(new Set(answers.map(({ headers }) => headers['x-trace-id'])).size).toBe(CALLERS);
    expect(door.sandbox.requests).toHaveLength(CALLERS);
    expect(door.sandbox.connections()).toBeLessThanOrEqual(16);
  });

  it('spend the 60 calls of a minute and no more: the rest hear so in valid JSON', async () => {
    await open({ sandbox: { limits: { authenticated: 60, anonymous: 25 } } });
    const answers = await atOnce('/artists/108713');
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(CALLERS - 60);
    for (const answer of limited) {
      expect(answer.json()).toEqual({
        error: 'rate_limited',
        trace_id: answer.headers['x-trace-id'],
        limit: '60',
        remaining: '0',
        reset: null,
        source: 'discogs',
        message: 'You are making requests too quickly.',
      });
    }
    expect(door.sandbox.requests).toHaveLength(CALLERS);
  });
});

describe('a caller that goes away', () => {
  it('while Discogs is asked is traced all the same', async () => {
    await open();
    door.sandbox.fault({ fault: { kind: 'delay', ms: 100 } });
    const socket = await openSocket(door.url, `GET /api/artists/108713 HTTP/1.1\r\n${HEAD}\r\n`);
    await until(() => door.sandbox.requests.length === 1);
    socket.resetAndDestroy();
    const line = await door.line(' discogs_proxy: ', '/artists/108713');
    expect(JSON.parse(line.slice(line.indexOf('{')))).toMatchObject({ status: 200, attempts: 1 });
  });

  it('while its body arrives never was a call', async () => {
    await open();
    const start = `PUT /api/users/crate_digger/wants/249504 HTTP/1.1\r\n${HEAD}Content-Length: 500\r\n\r\n{"rating":`;
    for (let caller = 0; caller < 20; caller += 1) (await openSocket(door.url, start)).resetAndDestroy();
    expect((await door.ask('/artists/108713')).status).toBe(200);
    expect(door.sandbox.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('while it is answered leaves the process to the others', async () => {
    await open();
    const request = `GET /api/database/search?q=nevermind&per_page=100 HTTP/1.1\r\n${HEAD}\r\n`;
    const sockets = await Promise.all(
      Array.from({ length: 50 }, () => openSocket(door.url, request.repeat(3))),
    );
    await until(() => door.sandbox.requests.length >= 50);
    for (const socket of sockets) socket.resetAndDestroy();
    expect((await door.ask('/artists/108713')).status).toBe(200);
  });
});
