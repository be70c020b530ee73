/** The harness works. No figure is asserted: a timing is not a test. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Apps, buildApps } from '../src/apps.ts';
import { bodiesByDigit, discogsBody } from '../src/bodies.ts';
import { candidates } from '../src/forwarding/candidates.ts';
import { measureForwarding } from '../src/forwarding/measure.ts';
import { readOptions } from '../src/options.ts';
import { type Child, startChild } from '../src/processes/child.ts';
import { parseCpuList } from '../src/processes/pinning.ts';
import { forwardingReport } from '../src/report/forwarding.ts';
import { figure, ratio, table } from '../src/report/table.ts';
import { targetsReport } from '../src/report/targets.ts';
import { geometricMean, median, percentile } from '../src/stats.ts';

describe('statistics', () => {
  test('a percentile is the nearest rank', () => {
    const samples = Float64Array.from({ length: 100 }, (_, index) => index + 1);
    expect([0, 0.5, 0.99, 1].map((share) => percentile(samples, share))).toEqual([1, 50, 99, 100]);
    expect(percentile([7], 0.5)).toBe(7);
    expect(() => percentile([], 0.5)).toThrow('no samples');
  });

  test('median and geometric mean', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(geometricMean([0.5, 2])).toBeCloseTo(1);
  });
});

describe('report', () => {
  test('a table has a text column and columns of figures', () => {
    expect(table(['what', 'ms'], [['a', figure(1.2345)]])).toBe('| what | ms |\n| --- | --: |\n| a | 1.23 |');
    expect([figure(12345.6), figure(0.01234), ratio(1.005)]).toEqual(['12,346', '0.0123', '1.00']);
  });
});

test('options name what is wrong with them', () => {
  expect(readOptions(['--quick', '--only', 'start'])).toMatchObject({ rounds: 1, parts: ['start'] });
  expect(() => readOptions(['--rounds', 'many'])).toThrow('--rounds');
  expect(() => readOptions(['--only', 'nothing'])).toThrow('--only');
});

test('a list of processors is expanded', () => {
  expect(parseCpuList('0-2,5\n')).toEqual(['0', '1', '2', '5']);
});

test.each([2, 12, 60])('the body of %i KB is JSON of about that size', (kilobytes) => {
  const body = discogsBody(kilobytes * 1024);
  expect(Math.abs(body.length / (kilobytes * 1024) - 1)).toBeLessThan(0.15);
  expect(JSON.parse(body.toString())).toHaveProperty('resource_url');
  expect(bodiesByDigit().size).toBe(3);
});

describe('forwarding', () => {
  let apps: Apps;
  let upstream: Child;

  beforeAll(async () => {
    // Two of the same: what is tried is that another checkout takes part.
    apps = await buildApps(fileURLToPath(new URL('../..', import.meta.url)));
    upstream = await startChild({ script: apps.script('upstream'), core: undefined });
  }, 60_000);

  afterAll(async () => {
    await upstream?.stop();
    await apps?.remove();
  });

  test('every candidate answers every call', async () => {
    const effort = { rounds: 1, seconds: 0.1, warmUpSeconds: 0.1, sequentialCalls: 20 };
    const options = { apps, upstreamPort: upstream.port, core: undefined, profile: undefined };
    const results = await measureForwarding(candidates(options), upstream, effort);
    const ids = results.map(({ candidate }) => candidate.id);
    // nginx takes part where it is installed.
    expect(ids.filter((id) => id !== 'nginx')).toEqual(['gateway', 'earlier', 'bare', 'passThrough']);
    for (const { calls, figures } of results) {
      expect(calls).toBeGreaterThan(0);
      expect(figures).toHaveLength(3);
    }
    expect(forwardingReport(results)).toContain('no error');
    const targets = targetsReport({ forwarding: results, starts: undefined, rewriting: undefined });
    expect(targets.match(/the other checkout/g)).toHaveLength(2);
  }, 60_000);
});
