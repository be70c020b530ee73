import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../src/index.ts';
import { at, rawGet, sandboxed } from './support/sandboxed.ts';

const discogs = sandboxed();
const PATH = '/releases/249504/stats';
const strike = (fault: Fault): void => discogs.sandbox.fault({ path: '/releases/', fault });
const raw = (waitMs?: number) => rawGet(discogs.sandbox.port, PATH, 'User-Agent: Raw/1.0\r\n', waitMs);
const bodyOf = (text: string): string => text.slice(text.indexOf('\r\n\r\n') + 4);
const announced = (text: string): number => Number(/content-length: (\d+)/i.exec(text)?.[1]);

describe('a fault that replaces the answer', () => {
  it('gives a status with a message and headers', async () => {
    strike({ kind: 'status', status: 429, headers: { 'Retry-After': '7' } });
    const answer = await discogs.call(PATH);
    expect([answer.status, answer.body]).toEqual([429, { message: 'You are making requests too quickly.' }]);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(answer.headers.get('x-discogs-ratelimit')).toBe('25');
  });

  it('writes its message as Discogs does, with a blank after the colon', async () => {
    strike({ kind: 'status', status: 404, message: 'Say "no".' });
    expect(bodyOf((await raw()).text)).toBe('{"message": "Say \\"no\\"."}');
    strike({ kind: 'status', status: 503 });
    expect(bodyOf((await raw()).text)).toBe('{"message": "Service Unavailable"}');
  });

  it('gives an empty body', async () => {
    strike({ kind: 'empty', status: 502 });
    expect(await discogs.call(PATH)).toMatchObject({ status: 502, body: '' });
  });

  it('gives the HTML of the network edge without rate headers', async () => {
    strike({ kind: 'html', status: 503 });
    const answer = await discogs.call(PATH);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'text/html; charset=UTF-8']);
    expect(answer.headers.get('x-discogs-ratelimit')).toBeNull();
  });

  it('gives any literal', async () => {
    strike({
      kind: 'body',
      status: 200,
      contentType: 'text/plain',
      body: 'Invalid consumer.',
      headers: { 'X-Odd': '1' },
    });
    const answer = await discogs.call(PATH);
    expect([answer.body, answer.headers.get('x-odd')]).toEqual(['Invalid consumer.', '1']);
  });

  it('redirects', async () => {
    strike({ kind: 'redirect', location: 'https://evil.example/', status: 307 });
    const answer = await discogs.call(PATH);
    expect([answer.status, answer.headers.get('location')]).toEqual([307, 'https://evil.example/']);
  });

  it('puts a body behind a 204', async () => {
    strike({ kind: 'noContentWithBody' });
    const { text, end } = await raw();
    expect(text).toMatch(/^HTTP\/1\.1 204 /);
    expect(bodyOf(text)).toContain('must not be here');
    expect(end).toBe('closed');
  });

  it('streams a huge JSON string', async () => {
    strike({ kind: 'huge', bytes: 300_000 });
    const { body } = await discogs.call(PATH);
    expect(String(body)).toHaveLength(300_000 - 2);
  });
});

describe('a fault on the way', () => {
  it('delays', async () => {
    strike({ kind: 'delay', ms: 120 });
    const started = performance.now();
    expect((await discogs.call(PATH)).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(100);
  });

  it.each([
    ['headers', ''],
    ['body', 'HTTP/1.1 200'],
  ] as const)('hangs at the %s', async (stage, start) => {
    strike({ kind: 'hang', stage });
    const { text, end } = await raw(200);
    expect(end).toBe('open');
    expect(text.slice(0, 12)).toBe(start);
  });

  it.each(['headers', 'body'] as const)('resets the connection at the %s', async (stage) => {
    strike({ kind: 'reset', stage });
    expect((await raw()).end).toBe('reset');
  });

  it('cuts the body half-way', async () => {
    strike({ kind: 'cut' });
    const { text, end } = await raw();
    expect(end).toBe('closed');
    expect(bodyOf(text).length).toBe(Math.ceil(announced(text) / 2));
  });

  it('drips', async () => {
    strike({ kind: 'drip', bytesPerSecond: 200 });
    const early = await raw(100);
    expect(early.end).toBe('open');
    expect(bodyOf(early.text).length).toBeLessThan(announced(early.text));
    strike({ kind: 'drip', bytesPerSecond: 400 });
    expect((await discogs.call(PATH)).body).toHaveProperty('num_have');
  });

  it.each(['garbage', 'truncated'] as const)('spoils gzip as %s', async (damage) => {
    strike({ kind: 'gzip', damage });
    const { text } = await raw();
    expect(text).toContain('Content-Encoding: gzip');
    expect(() => gunzipSync(Buffer.from(bodyOf(text), 'latin1'))).toThrow();
  });

  it.each([5, -5])('announces a length that is off by %i', async (off) => {
    strike({ kind: 'length', off });
    const { text, end } = await raw();
    expect(announced(text) - bodyOf(text).length).toBe(off);
    expect(end).toBe('closed');
  });

  it('changes headers of the normal answer', async () => {
    strike({ kind: 'headers', set: { 'x-discogs-ratelimit-remaining': '-3' } });
    const answer = await discogs.call(PATH);
    expect(answer.headers.get('x-discogs-ratelimit-remaining')).toBe('-3');
    expect(answer.body).toHaveProperty('num_have');
  });
});

describe('a fault rule', () => {
  it('strikes matching requests as often as it says, and each of them counts in the window', async () => {
    discogs.sandbox.fault({
      method: 'GET',
      path: '/releases/',
      times: 2,
      fault: { kind: 'empty', status: 500 },
    });
    const statuses = [];
    for (const path of ['/', PATH, PATH, PATH]) statuses.push((await discogs.call(path)).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
    expect((await discogs.call('/')).headers.get('x-discogs-ratelimit-used')).toBe('4');
  });

  it('with times 0 holds until cleared', async () => {
    discogs.sandbox.fault({ times: 0, fault: { kind: 'empty', status: 500 } });
    for (let count = 0; count < 3; count++) expect((await discogs.call(PATH)).status).toBe(500);
    discogs.sandbox.clearFaults();
    expect((await discogs.call(PATH)).status).toBe(200);
  });

  it('strikes queries that contain a text, and no others', async () => {
    discogs.sandbox.fault({ query: 'q=odd', times: 0, fault: { kind: 'empty', status: 500 } });
    const statuses = [];
    for (const query of ['?q=odd', '?q=even', '', '?type=release&q=oddity']) {
      statuses.push((await discogs.call(`/releases/249504${query}`)).status);
    }
    expect(statuses).toEqual([500, 200, 200, 500]);
  });

  it('does not carry out a write whose answer it replaces', async () => {
    discogs.sandbox.fault({ method: 'PUT', fault: { kind: 'status', status: 500 } });
    const path = '/users/crate_digger/wants/249504';
    expect((await discogs.send('PUT', path)).status).toBe(500);
    expect((await discogs.send('DELETE', path)).status).toBe(404);
  });

  it.each([
    [{ fault: { kind: 'drip' } }, 'fault.bytesPerSecond'],
    [{ fault: { kind: 'cut', speed: 1 } }, 'fault.speed: unknown field'],
    [{ fault: { kind: 'explode' } }, 'fault.kind: expected one of'],
    [{ fault: { kind: 'cut' }, times: -1 }, 'times: expected an integer'],
    [{ fault: { kind: 'headers', set: { 'bad name': 'x' } } }, 'fault.set.bad name'],
    [{ path: 'releases', fault: { kind: 'cut' } }, 'path: expected a leading slash'],
    [{}, 'fault: expected an object'],
    [[], 'rule: expected an object'],
  ])('is refused with the field named: %j', async (rule, text) => {
    const answer = await discogs.send('POST', '/__sandbox/faults', rule);
    expect(answer.status).toBe(400);
    expect(at(answer.body, 'message')).toContain(text);
  });
});

describe('the control routes', () => {
  it('add, list and clear rules', async () => {
    const rule = { fault: { kind: 'empty', status: 500 } };
    expect((await discogs.send('POST', '/__sandbox/faults', rule)).status).toBe(201);
    expect((await discogs.call('/__sandbox/faults')).body).toEqual({ faults: [{ ...rule, remaining: 1 }] });
    await discogs.call('/__sandbox/faults', { method: 'DELETE' });
    expect((await discogs.call('/')).status).toBe(200);
  });

  it('show the requests that arrived and reset everything', async () => {
    await discogs.send('PUT', '/users/crate_digger/wants/249504?rating=3', { notes: 'ø' });
    const { body } = await discogs.call('/__sandbox/requests');
    expect(at(body, 'requests', 0)).toMatchObject({
      method: 'PUT',
      path: '/users/crate_digger/wants/249504?rating=3',
      body: '{"notes":"ø"}',
    });
    await discogs.call('/__sandbox/reset', { method: 'POST' });
    expect(discogs.sandbox.requests).toEqual([]);
    expect((await discogs.send('DELETE', '/users/crate_digger/wants/249504')).status).toBe(404);
  });

  it.each(['Forwarded: for=1.2.3.4', 'X-Forwarded-For: 1.2.3.4', 'Origin: https://example.com'])(
    'refuse a call with %s',
    async (header) => {
      const { text } = await rawGet(
        discogs.sandbox.port,
        '/__sandbox/faults',
        `${header}\r\nConnection: close\r\n`,
      );
      expect(text).toMatch(/^HTTP\/1\.1 403 /);
    },
  );
});

describe('closing', () => {
  it('ends hanging connections at once and counts them before', async () => {
    const { startSandbox } = await import('../src/index.ts');
    const sandbox = await startSandbox({ record: false });
    sandbox.fault({ fault: { kind: 'hang', stage: 'headers' } });
    const hanging = rawGet(sandbox.port, '/', 'User-Agent: Raw/1.0\r\n', 5_000);
    await pause(50);
    expect([sandbox.connections(), sandbox.requests.length]).toEqual([1, 0]);
    await sandbox.close();
    expect((await hanging).end).not.toBe('open');
  });
});
