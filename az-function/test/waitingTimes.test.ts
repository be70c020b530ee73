/** Discogs that says how long to wait, or does not. */
import type { Fault } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Door, openDoor } from './support/door.ts';

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
beforeEach(() => door.sandbox.reset());
afterAll(() => door.close());

const PATH = '/artists/108713';
const WANT = '/users/crate_digger/wants/249504';
const strike = (fault: Fault, times = 1) => door.sandbox.fault({ fault, times });
const asked = () => door.sandbox.requests.length;

describe('503', () => {
  it('with a waiting time is tried again after it, and with a long one not at all', async () => {
    strike({ kind: 'status', status: 503, headers: { 'Retry-After': '1' } });
    const started = performance.now();
    expect((await door.ask(PATH)).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(1_000);
    strike({ kind: 'status', status: 503, headers: { 'Retry-After': '120' } });
    const answer = await door.ask(PATH);
    expect([answer.status, answer.headers['retry-after']]).toEqual([502, '120']);
    expect(await door.trace(answer)).toMatchObject({ status: 503, attempts: 1 });
  });
});

describe('429', () => {
  it('without a waiting time is passed on at once', async () => {
    strike({ kind: 'status', status: 429 }, 2);
    const answer = await door.ask(PATH);
    expect(answer.status).toBe(429);
    expect(answer.json()).toMatchObject({ error: 'rate_limited', reset: null });
    expect(asked()).toBe(1);
  });

  it('with a short waiting time is tried again after it', async () => {
    strike({ kind: 'status', status: 429, headers: { 'Retry-After': '1' } });
    const started = performance.now();
    const answer = await door.ask(PATH);
    expect(answer.status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(1_000);
    expect(await door.trace(answer)).toMatchObject({ attempts: 2, client_status: 200 });
    expect(await door.line('transient_retry attempt=1 backoff_s=1.', 'error_type=Http429')).toBeDefined();
  });

  it('with a long waiting time is passed on with it', async () => {
    strike({ kind: 'status', status: 429, headers: { 'Retry-After': '59' } });
    const answer = await door.ask(PATH);
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '59']);
    expect(answer.json()).toMatchObject({ error: 'rate_limited', reset: 59 });
    expect(asked()).toBe(1);
  });

  it('is not tried again for a write, whatever the waiting time', async () => {
    strike({ kind: 'status', status: 429, headers: { 'Retry-After': '0' } });
    const answer = await door.ask(WANT, { method: 'PUT' });
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '0']);
    expect(asked()).toBe(1);
  });
});
