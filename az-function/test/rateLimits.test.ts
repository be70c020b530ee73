/** Who is refused hears one truth, and neither another caller nor a clock takes the minute away. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Reply } from './support/send.ts';
import { openTestGateway, type TestGateway, type TestGatewayOptions } from './support/testGateway.ts';

const KEYS = [
  { label: 'anna', key: 'key-of-anna' },
  { label: 'ben', key: 'key-of-ben' },
];
const WANT = '/users/crate_digger/wants/249504';

let gateway: TestGateway;
let id = 500_000_000;
const open = async (options: TestGatewayOptions = {}) => {
  gateway = await openTestGateway({ sandbox: { limits: { authenticated: 60, anonymous: 25 } }, ...options });
};
afterEach(() => gateway.close());

/** Asks for a record that nobody has asked for yet. */
function fresh(key: string | undefined, conversation: string): Promise<Reply> {
  id += 1;
  const as = key === undefined ? {} : { 'x-api-key': key };
  return gateway.ask(`/releases/${id}`, { headers: { ...as, 'openai-conversation-id': conversation } });
}

const many = (count: number, ask: (index: number) => Promise<Reply>): Promise<Reply[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => ask(index)));

/** Every place where a refusal tells how much is left and when to come back. */
function told({ headers, json }: Reply) {
  const { remaining, reset } = json() as { remaining: string; reset: number };
  return {
    remaining: [remaining, headers['x-discogs-ratelimit-remaining']],
    reset: [String(reset), headers['retry-after'], headers['x-discogs-ratelimit-reset']],
  };
}

const sameEverywhere = (reply: Reply) => {
  const { remaining, reset } = told(reply);
  expect(new Set(remaining)).toEqual(new Set(['0']));
  expect(new Set(reset).size).toBe(1);
  return Number(reset[0]);
};

describe('a 429 of Discogs whose headers say that the window is used up', () => {
  /** Strangers behind the same address, of whom the gateway knows nothing. */
  const strangers = (count: number) =>
    Promise.all(
      Array.from({ length: count }, () =>
        fetch(gateway.sandbox.url, { headers: { 'user-agent': 'Stranger/1.0' } }),
      ),
    );
  const write = () => gateway.ask(WANT, { method: 'PUT' });
  const windowOf = async () => ((await gateway.ask('/status')).json() as { window: object }).window;

  it('keeps callers away for the time that it states and no longer, and says so everywhere', async () => {
    await open();
    await strangers(60);
    gateway.sandbox.fault({ fault: { kind: 'status', status: 429, headers: { 'Retry-After': '2' } } });
    const refused = await write();
    expect([refused.status, refused.json()]).toMatchObject([429, { source: 'discogs' }]);
    expect(sameEverywhere(refused)).toBe(2);
    expect(await windowOf()).toMatchObject({ used: 60, remaining: 0 });
    gateway.sandbox.reset();
    await pause(2000);
    // Whoever comes next finds out.
    expect(await windowOf()).toMatchObject({ remaining: 1, reset: 0 });
    expect((await write()).status).toBe(201);
    expect(await windowOf()).toMatchObject({ used: 2, remaining: 58, reset: 0 });
  });

  it('keeps them away for ten seconds where it states none', async () => {
    await open();
    await strangers(60);
    expect(sameEverywhere(await write())).toBe(10);
    expect(await windowOf()).toMatchObject({ used: 60, remaining: 0, reset: 10 });
  });
});

describe('a key with many conversations', () => {
  it('leaves the first call of another key to that key, and hears one truth itself', async () => {
    await open({ environment: { CLIENT_KEYS: JSON.stringify(KEYS) } });
    const flood = await many(80, (index) => fresh('key-of-anna', `invented-${index % 2}`));
    expect(flood.filter(({ status }) => status === 200)).toHaveLength(55);
    const started = performance.now();
    const newcomer = await fresh('key-of-ben', 'b');
    expect([newcomer.status, newcomer.headers['x-cache']]).toEqual([200, 'miss']);
    expect(performance.now() - started).toBeLessThan(5000);
    const refused = flood.find(({ status }) => status === 429);
    if (!refused) throw new Error('nobody was refused');
    expect(sameEverywhere(refused)).toBeGreaterThan(50);
    expect(refused.json()).toMatchObject({
      source: 'proxy',
      message: expect.stringMatching(
        /^Rate limit reached\. Your share of this minute's calls is used; .* Retry after \d+ seconds\.$/,
      ),
    });
  });

  it('has the whole minute where no other key can exist', async () => {
    await open();
    const flood = await many(80, (index) => fresh(undefined, `invented-${index % 2}`));
    expect(flood.filter(({ status }) => status === 200)).toHaveLength(60);
    const refused = flood.find(({ status }) => status === 429);
    if (!refused) throw new Error('nobody was refused');
    sameEverywhere(refused);
    expect(refused.json()).toHaveProperty('message', expect.stringContaining('All calls of this minute'));
  });
});

describe('a caller that has used up its share while the window has calls left', () => {
  it('is told what is left for it, already with its last answer', async () => {
    await open();
    const answers = await many(55, () => fresh(undefined, 'alone'));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const refused = await fresh(undefined, 'alone');
    expect(refused.status).toBe(429);
    expect(sameEverywhere(refused)).toBeGreaterThan(50);
    const [last] = answers.filter(({ headers }) => headers['x-discogs-ratelimit-remaining'] === '0');
    expect(Number(last?.headers['x-discogs-ratelimit-reset'])).toBeGreaterThan(50);
    // For everybody, a newcomer among them, there are some.
    expect((await gateway.ask('/status')).json()).toMatchObject({ window: { remaining: 5, reset: 0 } });
  });
});

describe('a clock that leaps', () => {
  it.each([
    ['forward by a day', 86_400_000],
    ['back by an hour', -3_600_000],
  ])('%s neither empties the window nor freezes it', async (_, ms) => {
    // As an address, whose blanks are encoded: NODE_OPTIONS ends an option at a blank.
    const preload = new URL('./support/leapingClock.ts', import.meta.url);
    const environment = { NODE_OPTIONS: `--import=${preload.href}`, CLOCK_LEAP_MS: String(ms) };
    await open({ environment });
    const before = await many(50, (index) => fresh(undefined, `c-${index % 5}`));
    gateway.signal('SIGUSR2');
    await gateway.line('clock_leapt');
    const after = await many(62, (index) => fresh(undefined, `c-${index % 5}`));
    const served = [...before, ...after].filter(({ status }) => status === 200);
    expect(served).toHaveLength(60);
    // Whoever is refused is refused by the gateway: Discogs never had to.
    expect(gateway.sandbox.requests).toHaveLength(60);
    for (const refused of after.filter(({ status }) => status === 429)) {
      expect(sameEverywhere(refused)).toBeLessThanOrEqual(61);
    }
  });
});
