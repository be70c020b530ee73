/** What can go wrong between the gateway and Discogs: the answer, the trace, and that the next call is good again. */
import type { Fault } from '@discogs-agent/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Reply } from './support/send.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
let id = 500_000_000;
/** A record that nobody has asked for yet: a kept answer would hide that Discogs fails. */
let path: string;
beforeEach(() => {
  gateway.sandbox.reset();
  id += 1;
  path = `/releases/${id}`;
});
afterAll(() => gateway.close());

const LISTINGS = '/marketplace/listings';
const offer = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ release_id: 249504, condition: 'Mint (M)', price: 1, status: 'Draft' }),
};
const strike = (fault: Fault, times = 1) => gateway.sandbox.fault({ fault, times });
const asked = () => gateway.sandbox.requests.length;

// The good call also ends the row of failures that the breaker counts.
afterEach(async () => {
  gateway.sandbox.clearFaults();
  expect((await gateway.ask(path)).status).toBe(200);
  expect((await gateway.askWithoutKey('/ping')).status).toBe(200);
  expect(gateway.lines.join('\n')).not.toMatch(/unhandled|unexpected error|internal_error/i);
});

interface Failing {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly trace: Readonly<Record<string, unknown>>;
}

const BAD_GATEWAY: Failing = {
  status: 502,
  body: { error: 'bad_gateway' },
  trace: { status: 502, client_status: 502, source: 'proxy', error: 'bad_gateway' },
};
const invalid = (reason: string, upstream?: number): Failing => ({
  status: 502,
  body: { error: 'upstream_invalid', reason, ...(upstream && { upstream_status: upstream }) },
  trace: {
    client_status: 502,
    error: 'upstream_invalid',
    ...(upstream && { status: upstream, source: 'discogs' }),
  },
});
const refused = (status: number, upstream: number, error: string): Failing => ({
  status,
  body: { error, upstream_status: upstream },
  trace: { status: upstream, client_status: status, source: 'discogs', error },
});

async function expectFailure(answer: Reply, { status, body, trace }: Failing, attempts: number) {
  const traceId = answer.headers['x-trace-id'];
  expect([answer.status, answer.json()]).toMatchObject([status, { ...body, trace_id: traceId }]);
  expect(await gateway.trace(answer)).toMatchObject({ ...trace, attempts, trace_id: traceId });
}

describe('what may be over in a moment', () => {
  const passing: readonly [Fault, Failing, string][] = [
    [{ kind: 'reset', stage: 'headers' }, BAD_GATEWAY, 'ReadError'],
    [{ kind: 'reset', stage: 'body' }, BAD_GATEWAY, 'ReadError'],
    [{ kind: 'cut' }, BAD_GATEWAY, 'ReadError'],
    [{ kind: 'length', off: 50 }, BAD_GATEWAY, 'ReadError'],
    [{ kind: 'empty', status: 200 }, invalid('json', 200), 'EmptyBody'],
    [{ kind: 'html', status: 502 }, refused(502, 502, 'upstream_error'), 'Http502'],
    [{ kind: 'html', status: 503 }, refused(502, 503, 'upstream_error'), 'Http503'],
    [{ kind: 'status', status: 504 }, refused(502, 504, 'upstream_error'), 'Http504'],
  ];
  for (const [fault, failing, name] of passing) {
    const what = JSON.stringify(fault);

    it(`${what} is tried again for a read, with one line about it`, async () => {
      strike(fault);
      const before = gateway.lines.length;
      const answer = await gateway.ask(path);
      expect(answer.json()).toHaveProperty('id', id);
      expect(await gateway.trace(answer)).toMatchObject({
        status: 200,
        client_status: 200,
        source: 'discogs',
        attempts: 2,
      });
      const retries = gateway.lines.slice(before).filter((line) => line.includes('transient_retry'));
      expect(retries).toHaveLength(1);
      const [, backoff, type] = /attempt=1 backoff_s=(\S+) error_type=(\w+)$/.exec(retries[0] ?? '') ?? [];
      expect(type).toBe(name);
      expect(Number(backoff)).toBeGreaterThanOrEqual(0.2);
      expect(Number(backoff)).toBeLessThanOrEqual(0.3);
      expect(asked()).toBe(2);
    });

    it(`${what} twice is an error for a read`, async () => {
      strike(fault, 2);
      await expectFailure(await gateway.ask(path), failing, 2);
      expect(asked()).toBe(2);
    });

    it(`${what} is never sent twice for a write`, async () => {
      strike(fault);
      const answer = await gateway.ask(LISTINGS, offer);
      expect(asked()).toBe(1);
      // An empty 200 is a success, see below.
      if (fault.kind !== 'empty') await expectFailure(answer, failing, 1);
    });
  }
});

describe('what stays the same when asked again', () => {
  const lasting: readonly [Fault, Failing][] = [
    [{ kind: 'html', status: 200 }, invalid('html', 200)],
    [{ kind: 'html', status: 403 }, invalid('blocked', 403)],
    [{ kind: 'body', status: 200, contentType: 'application/json', body: '{"a":[1' }, invalid('json', 200)],
    [{ kind: 'body', status: 200, contentType: 'application/json', body: '"text"' }, invalid('json', 200)],
    [{ kind: 'body', status: 200, contentType: 'text/plain', body: '<html>' }, invalid('html', 200)],
    [{ kind: 'gzip', damage: 'garbage' }, invalid('encoding')],
    [{ kind: 'gzip', damage: 'truncated' }, invalid('encoding')],
    [{ kind: 'headers', set: { 'Content-Encoding': 'br' } }, invalid('encoding')],
    [{ kind: 'length', off: -50 }, invalid('encoding')],
    [{ kind: 'huge', bytes: 100_000_000 }, invalid('too_large')],
    [{ kind: 'status', status: 500 }, refused(502, 500, 'upstream_error')],
    [
      { kind: 'empty', status: 404 },
      { ...refused(404, 404, 'not_found'), body: { error: 'not_found' } },
    ],
  ];
  for (const [fault, failing] of lasting) {
    it(`${JSON.stringify(fault)} is answered after one attempt`, async () => {
      strike(fault, 2);
      await expectFailure(await gateway.ask(path), failing, 1);
      expect(asked()).toBe(1);
    });
  }

  it('an answer whose body is unusable still tells its status and the rate limit', async () => {
    for (const fault of [
      { kind: 'gzip', damage: 'garbage' },
      { kind: 'huge', bytes: 40_000_000 },
    ] as const) {
      strike(fault);
      const answer = await gateway.ask(path);
      expect(answer.headers).toHaveProperty('x-discogs-ratelimit-remaining');
      expect(answer.json()).toMatchObject({ error: 'upstream_invalid', upstream_status: 200 });
      expect(await gateway.trace(answer)).toMatchObject({
        status: 200,
        client_status: 502,
        source: 'discogs',
      });
    }
  });

  it('a packed body that grows beyond 32 MiB is refused', async () => {
    const body = `{"bomb":"${'0'.repeat(33 * 1024 * 1024)}"}`;
    strike({ kind: 'body', status: 200, contentType: 'application/json', body });
    await expectFailure(await gateway.ask(path), invalid('too_large'), 1);
  });

  it('a body of 30 MiB is answered', async () => {
    const body = `{"large":"${'0'.repeat(30 * 1024 * 1024)}"}`;
    strike({ kind: 'body', status: 200, contentType: 'application/json', body });
    const answer = await gateway.ask(path);
    expect([answer.status, answer.bytes.length]).toEqual([200, body.length]);
  });
});

describe('a fault that strikes where an answer is kept', () => {
  const faults: readonly Fault[] = [
    { kind: 'status', status: 500 },
    { kind: 'status', status: 503 },
    { kind: 'reset', stage: 'headers' },
    { kind: 'html', status: 403 },
    { kind: 'html', status: 200 },
    { kind: 'gzip', damage: 'truncated' },
  ];
  for (const fault of faults) {
    it(`${JSON.stringify(fault)} is answered with what is kept, and says so`, async () => {
      const good = await gateway.ask(path);
      strike(fault, 2);
      const answer = await gateway.ask(path);
      expect([answer.status, answer.text]).toEqual([200, good.text]);
      expect(answer.headers).toMatchObject({ 'x-cache': 'stale', age: expect.stringMatching(/^[0-9]$/) });
      expect(await gateway.trace(answer)).toMatchObject({
        cache: 'stale',
        source: 'cache',
        client_status: 200,
      });
    });
  }

  it("is answered as such when Discogs refuses the call, which says something about the caller's rights", async () => {
    await gateway.ask(path);
    strike({ kind: 'status', status: 401 });
    expect((await gateway.ask(path)).status).toBe(401);
  });
});

describe('a redirect', () => {
  it('is neither followed nor shown to the caller', async () => {
    for (const status of [301, 302, 307]) {
      strike({ kind: 'redirect', status, location: `${gateway.sandbox.url}/artists/1` });
      const answer = await gateway.ask(path);
      expect([answer.status, answer.headers['location']]).toEqual([status, undefined]);
      await expectFailure(answer, refused(status, status, 'unexpected_status'), 1);
    }
    expect(asked()).toBe(3);
  });
});

describe('a 304 that nobody asked for', () => {
  it('is never shown: a caller without a condition has nothing that could be unchanged', async () => {
    strike({ kind: 'empty', status: 304 }, 2);
    await expectFailure(await gateway.ask(path), invalid('not_modified', 304), 1);
    const conditional = await gateway.ask(path, { headers: { 'if-none-match': '"x"' } });
    await expectFailure(conditional, invalid('not_modified', 304), 1);
  });

  it('is answered with what is kept', async () => {
    const good = await gateway.ask(path);
    strike({ kind: 'empty', status: 304 });
    const answer = await gateway.ask(path);
    expect([answer.status, answer.text, answer.headers['x-cache']]).toEqual([200, good.text, 'stale']);
  });
});

describe('a Retry-After of Discogs', () => {
  const told = async (status: number, value: string) => {
    id += 1;
    strike({ kind: 'status', status, headers: { 'Retry-After': value } });
    const { headers } = await gateway.ask(`/releases/${id}`);
    // Ends the row of failures.
    await gateway.ask('/labels/895');
    return headers['retry-after'];
  };

  it('is told in whole seconds, an hour at most, and not at all when it is nonsense', async () => {
    expect(await told(500, '7')).toBe('7');
    expect(await told(500, '999999999')).toBe('3600');
    expect(await told(422, '86400')).toBe('3600');
    expect(await told(500, new Date(Date.now() + 20_000).toUTCString())).toMatch(/^(1[89]|20)$/);
    expect(await told(500, new Date(Date.now() + 90_000_000).toUTCString())).toBe('3600');
    for (const value of ['soon', '-1', '1.5', '99999999999', '1, 2']) {
      expect([value, await told(500, value)]).toEqual([value, undefined]);
    }
  });
});

describe('a slow answer', () => {
  it('that comes in drops is whole in the end', async () => {
    strike({ kind: 'drip', bytesPerSecond: 1_000 });
    expect((await gateway.ask(path)).json()).toHaveProperty('id', id);
    expect(asked()).toBe(1);
  });
});

describe('a write that succeeded', () => {
  it('is answered as such when Discogs sends no body with it', async () => {
    for (const status of [200, 201]) {
      strike({ kind: 'empty', status });
      const answer = await gateway.ask(LISTINGS, offer);
      expect([answer.status, answer.text]).toEqual([status, '']);
      expect(asked()).toBe(1);
      gateway.sandbox.reset();
    }
  });

  it('is answered with 204 even when bytes follow that must not be there', async () => {
    strike({ kind: 'noContentWithBody' });
    const answer = await gateway.ask('/users/crate_digger/wants/249504', { method: 'DELETE' });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers).not.toHaveProperty('content-length');
    expect(await gateway.trace(answer)).toMatchObject({ status: 204, client_status: 204, attempts: 1 });
  });
});
