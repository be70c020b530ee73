/** Discogs that does not answer in time, or does not say for how long to wait: what takes ten seconds or twenty. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({ environment: { DEBUG_ERRORS: 'true' } });
});
afterAll(() => gateway.close());

const READS = ['/artists/108713', '/labels/895', '/releases/249504'];
const LISTING = { release_id: 249504, condition: 'Mint (M)', price: 1, status: 'Draft' };

describe('an upstream that hangs', () => {
  it('is given up after two attempts for a read and one for a write, then left alone for a moment', async () => {
    const [headers = '', body = '', drops = ''] = READS;
    gateway.sandbox.fault({ path: headers, times: 2, fault: { kind: 'hang', stage: 'headers' } });
    gateway.sandbox.fault({ path: body, times: 2, fault: { kind: 'hang', stage: 'body' } });
    gateway.sandbox.fault({ path: drops, times: 2, fault: { kind: 'drip', bytesPerSecond: 5 } });
    gateway.sandbox.fault({ method: 'POST', fault: { kind: 'hang', stage: 'headers' } });
    const write = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(LISTING),
    };
    const answers = await Promise.all([
      ...READS.map((path) => gateway.ask(path)),
      gateway.ask('/marketplace/listings', write),
    ]);

    for (const [index, answer] of answers.entries()) {
      const id = answer.headers['x-trace-id'];
      const path = READS[index] ?? '/marketplace/listings';
      expect([path, answer.status, answer.json()]).toEqual([
        path,
        504,
        {
          error: 'timeout',
          trace_id: id,
          message: expect.any(String),
          detail: 'TimeoutException: no answer in time',
        },
      ]);
      expect(await gateway.line('Timeout contacting Discogs')).toBeDefined();
      expect(gateway.lines.filter((line) => line.includes(`trace_id=${id}`))).toEqual([
        expect.stringMatching(`Timeout contacting Discogs path=${path} trace_id=${id}$`),
      ]);
      expect(await gateway.trace(answer)).toMatchObject({
        status: 504,
        client_status: 504,
        source: 'proxy',
        error: 'timeout',
        attempts: index < READS.length ? 2 : 1,
      });
    }
    const retries = gateway.lines.filter((line) => line.includes('transient_retry'));
    expect(retries).toHaveLength(READS.length);
    for (const line of retries)
      expect(line).toMatch(/attempt=1 backoff_s=0\.[23]\d* error_type=TimeoutException$/);
    expect(gateway.sandbox.requests).toHaveLength(2 * READS.length + 1);

    // Four paths have failed. With a fifth, Discogs is not asked until two seconds have passed.
    gateway.sandbox.fault({ fault: { kind: 'status', status: 500 } });
    expect((await gateway.ask('/masters/96559')).status).toBe(502);
    const spared = await gateway.ask('/artists/108713');
    expect([spared.status, spared.json()]).toMatchObject([503, { error: 'upstream_unavailable' }]);
    expect(gateway.sandbox.requests).toHaveLength(2 * READS.length + 2);
    await pause(Number(spared.headers['retry-after']) * 1_000);
    for (const path of READS) expect((await gateway.ask(path)).status).toBe(200);
    expect((await gateway.askWithoutKey('/ping')).status).toBe(200);
    expect(gateway.lines.join('\n')).not.toMatch(/unhandled/i);
  }, 40_000);
});

describe('429', () => {
  it('without a waiting time is tried again after ten seconds', async () => {
    // A pause is for everybody.
    const paused = await openTestGateway();
    paused.sandbox.fault({ fault: { kind: 'status', status: 429 } });
    const started = performance.now();
    const answer = await paused.ask('/artists/108713');
    const elapsed = performance.now() - started;
    expect(answer.status).toBe(200);
    expect(elapsed).toBeGreaterThanOrEqual(9_990);
    const trace = await paused.trace(answer);
    expect(trace).toMatchObject({ attempts: 2, status: 200, client_status: 200 });
    expect(trace['waited_ms']).toBeGreaterThanOrEqual(9_900);
    const retried = await paused.line('transient_retry attempt=1', 'error_type=Http429');
    expect(retried).toMatch(/ backoff_s=(9\.9|10)/);
    expect(paused.sandbox.requests).toHaveLength(2);
    await paused.close();
  });
});
