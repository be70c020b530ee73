/** Many callers at once, callers that go away, and what is left of the process afterwards. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { openSocket } from './support/send.ts';
import { KEY, openTestGateway, type TestGateway, type TestGatewayOptions } from './support/testGateway.ts';

const CALLERS = 500;
const HEAD = `Host: h\r\nx-api-key: ${KEY}\r\n`;

let gateway: TestGateway;
const open = async (options: TestGatewayOptions = {}) => {
  gateway = await openTestGateway(options);
};
afterEach(async () => {
  const ping = await gateway.askWithoutKey('/ping');
  expect([ping.status, gateway.isAlive()]).toEqual([200, true]);
  expect(gateway.lines.join('\n')).not.toMatch(/unhandled|unexpected error|internal_error/i);
  await gateway.close();
});

/** Different records, so that each costs a call; ten conversations, none of which may take a minute for itself. */
const atOnce = () =>
  Promise.all(
    Array.from({ length: CALLERS }, (_, caller) =>
      gateway.ask(`/artists/${500_000_001 + caller}`, {
        headers: { 'openai-conversation-id': `c-${caller % 10}` },
      }),
    ),
  );
/** The first answer tells the gateway how many calls the sandbox allows. */
const learnLimit = async () => expect((await gateway.ask('/labels/895')).status).toBe(200);

const waiting = async () => {
  const { queue } = (await gateway.ask('/status')).json() as { queue: { waiting: number } };
  return queue.waiting;
};

/** Ends after a while in any case: a loop without end would keep Jest from ending, too. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('500 calls at once', () => {
  it('are all answered, over no more than 64 connections to Discogs', async () => {
    await open();
    await learnLimit();
    const answers = await atOnce();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    for (const [caller, { json }] of answers.entries()) {
      expect(json()).toHaveProperty('id', 500_000_001 + caller);
    }
    expect(new Set(answers.map(({ headers }) => headers['x-trace-id'])).size).toBe(CALLERS);
    expect(gateway.sandbox.requests).toHaveLength(1 + CALLERS);
    expect(gateway.sandbox.connections()).toBeLessThanOrEqual(64);
  });

  it('spend the 60 calls of a minute and no more: the rest hear at once when one frees', async () => {
    const statuses: string[] = [];
    const log = (line: string) => void statuses.push(line.split(' ')[2] ?? '');
    await open({ sandbox: { limits: { authenticated: 60, anonymous: 25 }, log } });
    const started = performance.now();
    const answers = await atOnce();
    const seconds = Math.ceil((performance.now() - started) / 1000);
    expect(seconds).toBeLessThan(10);
    // Not one 429 of Discogs.
    expect(statuses).toEqual(Array(60).fill('200'));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(CALLERS - 60);
    for (const answer of limited) {
      const reset = Number(answer.headers['retry-after']);
      // The oldest call leaves the window a minute after its answer, which came within these seconds.
      expect(reset).toBeGreaterThanOrEqual(61 - seconds);
      expect(reset).toBeLessThanOrEqual(65);
      expect(answer.json()).toEqual({
        error: 'rate_limited',
        trace_id: answer.headers['x-trace-id'],
        limit: '60',
        remaining: '0',
        reset,
        source: 'proxy',
        message: `Rate limit reached. All calls of this minute are used. Retry after ${reset} seconds.`,
      });
      expect(answer.headers).toMatchObject({
        'x-discogs-ratelimit': '60',
        'x-discogs-ratelimit-used': '60',
        'x-discogs-ratelimit-remaining': '0',
        'x-discogs-ratelimit-reset': String(reset),
      });
    }
    // The kept answers are there for everybody all the same.
    const good = answers.findIndex(({ status }) => status === 200);
    const kept = await gateway.ask(`/artists/${500_000_001 + good}`, { mayBeKept: true });
    expect([kept.status, kept.headers['x-cache']]).toEqual([200, 'hit']);
  });
});

describe('1,000 identical calls at once', () => {
  it('cost one call', async () => {
    await open();
    gateway.sandbox.fault({ fault: { kind: 'delay', ms: 300 } });
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => gateway.ask('/artists/108713', { mayBeKept: true })),
    );
    expect(gateway.sandbox.requests).toHaveLength(1);
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const how = answers.map(({ headers }) => headers['x-cache']);
    expect(how.filter((cache) => cache === 'miss')).toHaveLength(1);
    expect(how.filter((cache) => cache === 'coalesced').length).toBeGreaterThan(0);
    expect(new Set(how)).toEqual(
      new Set(how.includes('hit') ? ['miss', 'coalesced', 'hit'] : ['miss', 'coalesced']),
    );
  });
});

describe('a caller that goes away', () => {
  it('while Discogs is asked is traced all the same', async () => {
    await open();
    gateway.sandbox.fault({ fault: { kind: 'delay', ms: 100 } });
    const socket = await openSocket(gateway.url, `GET /api/artists/108713 HTTP/1.1\r\n${HEAD}\r\n`);
    await until(() => gateway.sandbox.requests.length === 1);
    socket.resetAndDestroy();
    const line = await gateway.line(' discogs_proxy: ', '/artists/108713');
    expect(JSON.parse(line.slice(line.indexOf('{')))).toMatchObject({ status: 200, attempts: 1 });
  });

  it('while Discogs is asked leaves its answer to those who ask for the same', async () => {
    await open();
    gateway.sandbox.fault({ fault: { kind: 'delay', ms: 200 } });
    const socket = await openSocket(gateway.url, `GET /api/artists/108713 HTTP/1.1\r\n${HEAD}\r\n`);
    await until(() => gateway.sandbox.requests.length === 1);
    const other = gateway.ask('/artists/108713', { mayBeKept: true });
    socket.resetAndDestroy();
    expect([(await other).status, (await other).headers['x-cache']]).toEqual([200, 'coalesced']);
    expect((await gateway.ask('/artists/108713', { mayBeKept: true })).headers['x-cache']).toBe('hit');
    expect(gateway.sandbox.requests).toHaveLength(1);
  });

  it('while it waits for a slot is asked for in its turn, once, and leaves its answer to the others', async () => {
    await open();
    // The platform never tells that a client has left, so nobody can take its place out of the queue.
    gateway.sandbox.fault({
      fault: { kind: 'status', status: 429, headers: { 'Retry-After': '2' } },
      times: 1,
    });
    const paused = gateway.ask('/labels/895');
    await until(() => gateway.sandbox.requests.length === 1);
    const before = await waiting();
    const socket = await openSocket(gateway.url, `GET /api/artists/108713 HTTP/1.1\r\n${HEAD}\r\n`);
    await until(async () => (await waiting()) === before + 1);
    socket.resetAndDestroy();
    const line = await gateway.line(' discogs_proxy: ', '/artists/108713');
    expect(JSON.parse(line.slice(line.indexOf('{')))).toMatchObject({ status: 200, attempts: 1 });
    expect((await paused).status).toBe(200);
    const asked = gateway.sandbox.requests.length;
    expect((await gateway.ask('/artists/108713', { mayBeKept: true })).headers['x-cache']).toBe('hit');
    expect(gateway.sandbox.requests).toHaveLength(asked);
    expect(await waiting()).toBe(0);
  });

  it('in the middle of a composed read has it read to its end, for the next one', async () => {
    await open();
    gateway.sandbox.fault({ path: '/labels/86537', fault: { kind: 'delay', ms: 200 } });
    const socket = await openSocket(gateway.url, `GET /api/gpt/labels/1/tree HTTP/1.1\r\n${HEAD}\r\n`);
    await until(() => gateway.sandbox.requests.some(({ path }) => path === '/labels/86537'));
    socket.resetAndDestroy();
    await gateway.line(' discogs_proxy: ', '/labels/86537');
    const { json } = await gateway.ask('/gpt/labels/1/tree', { mayBeKept: true });
    expect(json()).toMatchObject({ name: 'Planet E', sublabels: [{ sublabels: [] }, { sublabels: [] }] });
    expect(gateway.sandbox.requests).toHaveLength(3);
  });

  it('while its body arrives never was a call', async () => {
    await open();
    const start = `PUT /api/users/crate_digger/wants/249504 HTTP/1.1\r\n${HEAD}Content-Length: 500\r\n\r\n{"rating":`;
    for (let caller = 0; caller < 20; caller += 1) (await openSocket(gateway.url, start)).resetAndDestroy();
    expect((await gateway.ask('/artists/108713')).status).toBe(200);
    expect(gateway.sandbox.requests.map(({ method }) => method)).toEqual(['GET']);
  });

  it('while it is answered leaves the process to the others', async () => {
    await open();
    await learnLimit();
    const request = (perPage: number) =>
      `GET /api/database/search?q=nevermind&per_page=${perPage} HTTP/1.1\r\n${HEAD}Cache-Control: no-cache\r\n\r\n`;
    const sockets = await Promise.all(
      Array.from({ length: 50 }, (_, caller) => openSocket(gateway.url, request(51 + caller).repeat(3))),
    );
    await until(() => gateway.sandbox.requests.length >= 50);
    for (const socket of sockets) socket.resetAndDestroy();
    expect((await gateway.ask('/artists/108713')).status).toBe(200);
  });
});
