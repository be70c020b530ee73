/** Discogs that keeps failing: after five failures in a row it is left alone for a moment. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
let id = 500_000_000;
beforeEach(async () => {
  gateway = await openTestGateway();
});
afterEach(() => gateway.close());

const WANTS = '/users/crate_digger/wants';
/** A record that nobody has asked for yet. */
const fresh = () => {
  id += 1;
  return `/releases/${id}`;
};
const asked = () => gateway.sandbox.requests.length;
const down = () => gateway.sandbox.fault({ times: 0, fault: { kind: 'status', status: 500 } });
const fail = async (times: number) => {
  for (let time = 0; time < times; time += 1) expect((await gateway.ask(fresh())).status).toBe(502);
};

describe('five failures in a row', () => {
  it('make the sixth call a quick 503 that says when to come back, without asking Discogs', async () => {
    down();
    await fail(5);
    const started = performance.now();
    const answer = await gateway.ask(fresh());
    expect(performance.now() - started).toBeLessThan(1_000);
    const traceId = answer.headers['x-trace-id'];
    expect([answer.status, answer.text]).toEqual([
      503,
      `{"error":"upstream_unavailable","trace_id":"${traceId}","message":"Discogs has failed several times in a row. The gateway tries it again in a moment."}`,
    ]);
    expect(answer.headers['retry-after']).toMatch(/^[12]$/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers).toHaveProperty('x-discogs-ratelimit-remaining');
    expect(await gateway.trace(answer)).toMatchObject({
      status: 503,
      client_status: 503,
      source: 'proxy',
      error: 'upstream_unavailable',
      attempts: 0,
    });
    expect(asked()).toBe(5);
    expect((await gateway.askWithoutKey('/ping')).status).toBe(200);
    expect((await gateway.ask('/artists/x')).status).toBe(400);
  });

  it('leave a write unsent, which is told', async () => {
    down();
    await fail(5);
    const write = await gateway.ask(`${WANTS}/249504`, { method: 'PUT' });
    expect([write.status, write.json()]).toMatchObject([503, { error: 'upstream_unavailable' }]);
    expect(asked()).toBe(5);
  });

  it('leave what is kept within reach, as stale for who wants it fresh', async () => {
    const kept = fresh();
    const good = await gateway.ask(kept);
    down();
    await fail(5);
    const usual = await gateway.ask(kept, { mayBeKept: true });
    expect([usual.status, usual.headers['x-cache']]).toEqual([200, 'hit']);
    const stale = await gateway.ask(kept);
    expect([stale.status, stale.text]).toEqual([200, good.text]);
    expect(stale.headers).toMatchObject({ 'x-cache': 'stale', age: expect.stringMatching(/^[0-9]+$/) });
    expect(asked()).toBe(6);
  });

  it('are over when one call after the wait is good', async () => {
    down();
    await fail(5);
    const { headers } = await gateway.ask(fresh());
    gateway.sandbox.clearFaults();
    await pause(Number(headers['retry-after']) * 1_000);
    const answers = await Promise.all([gateway.ask(fresh()), gateway.ask(fresh()), gateway.ask(fresh())]);
    // One of them is the probe, and the others wait for what it finds out.
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await gateway.ask(fresh())).status).toBe(200);
    down();
    await fail(4);
    expect(asked()).toBe(5 + 3 + 1 + 4);
  });

  it('begin a longer wait when the call after the first one fails, too', async () => {
    down();
    await fail(5);
    await pause(2_050);
    await fail(1);
    const answer = await gateway.ask(fresh());
    expect([answer.status, answer.headers['retry-after']]).toMatchObject([
      503,
      expect.stringMatching(/^[34]$/),
    ]);
    expect(asked()).toBe(6);
  });

  it('are not five when one in between is good, or refused for what the caller wants', async () => {
    for (const good of [fresh(), '/artists/999999999', '/users/quiet_listener/wants']) {
      gateway.sandbox.fault({ times: 4, fault: { kind: 'status', status: 500 } });
      await fail(4);
      expect([200, 403, 404]).toContain((await gateway.ask(good)).status);
    }
    expect((await gateway.ask(fresh())).status).toBe(200);
  });

  it('of other kinds count as well: a broken connection, a page of the edge', async () => {
    // Both attempts for one record are one failure.
    gateway.sandbox.fault({ times: 4, fault: { kind: 'reset', stage: 'headers' } });
    await fail(2);
    gateway.sandbox.fault({ times: 2, fault: { kind: 'html', status: 403 } });
    await fail(2);
    gateway.sandbox.fault({ fault: { kind: 'html', status: 501 } });
    await fail(1);
    expect((await gateway.ask(fresh())).status).toBe(503);
  });
});

describe('what a caller does wrong', () => {
  it('never opens it', async () => {
    for (const status of [400, 401, 403, 404, 409, 422]) {
      gateway.sandbox.fault({ fault: { kind: 'status', status } });
      expect((await gateway.ask(fresh())).status).toBe(status);
    }
    expect((await gateway.ask(fresh())).status).toBe(200);
  });
});
