/** Discogs that says how long to wait, or does not. */
import type { Fault } from '@discogs-agent/sandbox';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
// A pause is for everybody, so each test has a gateway of its own.
beforeEach(async () => {
  gateway = await openTestGateway();
});
afterEach(() => gateway.close());

const PATH = '/artists/108713';
const OTHER = '/labels/895';
const WANT = '/users/crate_digger/wants/249504';
const strike = (fault: Fault, times = 1) => gateway.sandbox.fault({ fault, times });
const asked = () => gateway.sandbox.requests.length;

describe('503', () => {
  it('with a waiting time is tried again after it, and with a long one not at all', async () => {
    strike({ kind: 'status', status: 503, headers: { 'Retry-After': '1' } });
    const started = performance.now();
    expect((await gateway.ask(PATH)).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(1_000);
    strike({ kind: 'status', status: 503, headers: { 'Retry-After': '120' } });
    const answer = await gateway.ask(OTHER);
    expect([answer.status, answer.headers['retry-after']]).toEqual([502, '120']);
    expect(await gateway.trace(answer)).toMatchObject({ status: 503, attempts: 1 });
  });
});

describe('429', () => {
  const OWN_WORDS = {
    error: 'rate_limited',
    limit: '1000000',
    // Whatever the headers say of the window: this caller has none.
    remaining: '0',
    source: 'discogs',
    message: 'You are making requests too quickly.',
  };

  it("twice is passed on in Discogs' own words, and the next call waits twice as long", async () => {
    strike({ kind: 'status', status: 429, headers: { 'Retry-After': '1' } }, 2);
    const answer = await gateway.ask(PATH);
    expect([answer.status, answer.json()]).toMatchObject([429, { ...OWN_WORDS, reset: 2 }]);
    expect(await gateway.trace(answer)).toMatchObject({ attempts: 2, status: 429, source: 'discogs' });
    expect(asked()).toBe(2);
    // The pause has just begun: no call is left, and the header says until when.
    expect(answer.headers).toMatchObject({
      'x-discogs-ratelimit-remaining': '0',
      'x-discogs-ratelimit-reset': '2',
      'retry-after': '2',
    });
    const started = performance.now();
    expect((await gateway.ask(OTHER)).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(1_500);
    expect(asked()).toBe(3);
  });

  it('with a short waiting time is tried again after it', async () => {
    strike({ kind: 'status', status: 429, headers: { 'Retry-After': '1' } });
    const started = performance.now();
    const answer = await gateway.ask(PATH);
    expect(answer.status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(1_000);
    expect(await gateway.trace(answer)).toMatchObject({ attempts: 2, client_status: 200 });
    expect(await gateway.line('transient_retry attempt=1 backoff_s=1', 'error_type=Http429')).toBeDefined();
  });

  it('with a long waiting time is passed on with it, and others are spared the call', async () => {
    expect((await gateway.ask(OTHER)).status).toBe(200);
    strike({ kind: 'status', status: 429, headers: { 'Retry-After': '59' } });
    const answer = await gateway.ask(PATH);
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '59']);
    expect(answer.json()).toMatchObject({ ...OWN_WORDS, reset: 59 });
    expect(answer.headers).toMatchObject({
      'x-discogs-ratelimit-remaining': '0',
      'x-discogs-ratelimit-reset': '59',
    });
    expect(asked()).toBe(2);
    const started = performance.now();
    for (const ask of [() => gateway.ask(PATH), () => gateway.ask(WANT, { method: 'PUT' })]) {
      const refused = await ask();
      expect([refused.status, refused.json()]).toMatchObject([429, { source: 'proxy', remaining: '0' }]);
      expect(refused.json()).toHaveProperty('reset', Number(refused.headers['retry-after']));
      expect(refused.headers['retry-after']).toMatch(/^5[89]$/);
    }
    expect((await gateway.ask(OTHER, { mayBeKept: true })).headers['x-cache']).toBe('hit');
    expect((await gateway.ask(OTHER)).headers['x-cache']).toBe('stale');
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(asked()).toBe(2);
  });

  it('with a waiting time of many minutes tells the others how many', async () => {
    strike({ kind: 'status', status: 429, headers: { 'Retry-After': '600' } });
    await gateway.ask(PATH);
    const refused = await gateway.ask(OTHER);
    expect(refused.headers['retry-after']).toMatch(/^(600|59[89])$/);
    expect(refused.json()).toMatchObject({ source: 'proxy', reset: Number(refused.headers['retry-after']) });
    expect(asked()).toBe(1);
  });

  it('is not tried again for a write, whatever the waiting time', async () => {
    strike({ kind: 'status', status: 429, headers: { 'Retry-After': '0' } });
    const answer = await gateway.ask(WANT, { method: 'PUT' });
    // It states none: ours does.
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '10']);
    expect(asked()).toBe(1);
  });
});
