/** What plays the budget's workload by the clock on the wall works. No figure is asserted: a timing is not a test. */

import { COMPOSED_RECORDS_FROM, SANDBOX_TOKEN } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Apps, buildApps } from '../src/apps.ts';
import { figures } from '../src/budget/figures.ts';
import type { Outcome } from '../src/budget/play.ts';
import { ageOf } from '../src/budget/realTime/caller.ts';
import { realCandidates } from '../src/budget/realTime/candidates.ts';
import { readLogLine } from '../src/budget/realTime/discogs.ts';
import { keptCandidates } from '../src/budget/realTime/keptAnswers.ts';
import { prepare } from '../src/budget/realTime/play.ts';
import { realReport } from '../src/budget/realTime/report.ts';
import { type Workload, zipfLookUps } from '../src/budget/workloads.ts';
import { nginxVersion, startCachingNginx } from '../src/candidates/nginx.ts';
import { measureForwarding } from '../src/forwarding/measure.ts';
import { startChild } from '../src/processes/child.ts';

const NGINX = nginxVersion() === undefined ? [] : ['nginx'];

describe('from records to figures', () => {
  const one = (conversation: string, target: string, rest: Partial<Outcome>): Outcome => ({
    conversation,
    target,
    askedAt: 0,
    tookMs: 100,
    ok: true,
    ageSeconds: 0,
    ...rest,
  });

  test('answers, shares, 429s and ages are those of the records', () => {
    const outcomes = [
      one('a', '/releases/1', { tookMs: 200 }),
      one('a', '/releases/1', { tookMs: 10, ageSeconds: 7 }),
      one('b', '/releases/1', { tookMs: 20, ageSeconds: 9 }),
      one('b', '/releases/2', { ok: false, ageSeconds: 99 }),
    ];
    const calls = [
      { target: '/releases/1', at: 0, limited: false },
      { target: '/releases/2', at: 5000, limited: true },
      { target: '/releases/2', at: 5999, limited: true },
      { target: '/releases/2', at: 7000, limited: true },
    ];
    expect(figures({ outcomes, calls, minutes: 2 })).toMatchObject({
      answersPerCall: 0.75,
      answered: 0.75,
      worstAnswered: 0.5,
      limited: 3,
      limitedPerMinute: 1.5,
      limitedInARow: 1,
      waitP50Ms: 20,
      waitP95Ms: 200,
      oldestSeconds: 9,
    });
  });

  test.each([
    ['GET /releases/1 200 delay', { target: '/releases/1', limited: false }],
    ['GET /releases/1 429 delay', { target: '/releases/1', limited: true }],
    ['GET /database/search?q=429 200', { target: '/database/search?q=429', limited: false }],
    ['GET /releases/1 403 no User-Agent', undefined],
    ['failed: Error', undefined],
  ])('the line %j of the sandbox', (line, call) => {
    expect(readLogLine(line)).toEqual(call);
  });

  test.each([
    [{}, 0],
    [{ age: '12' }, 12],
    [{ date: 'Sat, 21 Nov 2026 12:00:00 GMT' }, 30],
    [{ date: 'Sat, 21 Nov 2026 12:00:29 GMT', age: '40' }, 40],
    [{ date: 'Sat, 21 Nov 2026 12:00:31 GMT' }, 0],
    [{ date: 'yesterday' }, 0],
  ])('the age of an answer with %j is %i s', (headers, seconds) => {
    expect(ageOf(headers, Date.parse('2026-11-21T12:00:30Z'))).toBe(seconds);
  });
});

test('a shorter run is the beginning of the hour, with the ids of the upstream', () => {
  const { arrivals } = zipfLookUps(1, 2, 1001);
  const hour = zipfLookUps(1).arrivals.slice(0, 1200);
  const number = (target: string): number => Number(target.slice('/releases/'.length));
  expect(arrivals.map(({ target }) => number(target) - 1000)).toEqual(
    hour.map(({ target }) => number(target)),
  );
  expect(arrivals.map(({ atMs }) => atMs)).toEqual(hour.map(({ atMs }) => atMs));
});

describe('candidates', () => {
  let apps: Apps;
  beforeAll(async () => {
    apps = await buildApps();
  }, 60_000);
  afterAll(() => apps?.remove());

  const [first, second] = [COMPOSED_RECORDS_FROM, COMPOSED_RECORDS_FROM + 1].map((id) => `/releases/${id}`);
  /** Two at once, the same again later, and another one. */
  const workload: Workload = {
    ...zipfLookUps(1, 1),
    arrivals: [first, first, second, first].map((target = '', index) => ({
      atMs: index < 2 ? 0 : 600 * index,
      conversation: `reader-${index}`,
      target,
    })),
  };

  test('each of them answers every look-up, and asks Discogs as often as it has to', async () => {
    const calls: Record<string, number> = {};
    for (const candidate of realCandidates(apps)) {
      const prepared = await prepare(candidate, 1, 10);
      try {
        const played = await prepared.play(workload);
        expect(played.outcomes.map(({ ok }) => ok)).toEqual([true, true, true, true]);
        calls[candidate.title.split(' `')[0] ?? ''] = played.calls.length;
      } finally {
        await prepared.stop();
      }
    }
    // Four processes that have just started do not wait for the store: each may make a first call of its own.
    const { 'this gateway, 4 processes': four, nginx, ...others } = calls;
    expect(others).toEqual({ 'this gateway, 1 process': 2, 'pass-through': 4, undici: 2 });
    expect([2, 3, 4]).toContain(four);
    expect(nginx).toBe(NGINX.length === 0 ? undefined : 2);
  }, 60_000);

  (NGINX.length === 0 ? test.skip : test)(
    'nginx lets no more calls wait than it is told',
    async () => {
      const prepared = await prepare(
        {
          title: 'nginx',
          start: async (upstreamPort) => {
            const limit = { callsPerMinute: 30, waiting: 1 };
            const options = { upstreamPort, token: SANDBOX_TOKEN, ...limit };
            const child = await startCachingNginx(apps.scratch, undefined, options);
            return { ports: [child.port], stop: child.stop };
          },
        },
        1,
        10,
      );
      try {
        const arrivals = [0, 1, 2, 3].map((index) => ({
          atMs: 0,
          conversation: 'reader',
          target: `/releases/${COMPOSED_RECORDS_FROM + index}`,
        }));
        const { outcomes, calls } = await prepared.play({ ...workload, arrivals });
        expect(outcomes.filter(({ ok }) => ok)).toHaveLength(2);
        expect(calls).toHaveLength(2);
      } finally {
        await prepared.stop();
      }
    },
    60_000,
  );

  test('kept answers are measured without another call', async () => {
    const upstream = await startChild({ script: apps.script('upstream'), core: undefined });
    try {
      const options = { apps, upstreamPort: upstream.port, core: undefined, profile: undefined };
      const effort = { rounds: 1, seconds: 0.1, warmUpSeconds: 0.2, sequentialCalls: 0, ids: 3 };
      const kept = await measureForwarding(keptCandidates(options), upstream, effort);
      expect(kept.map(({ candidate }) => candidate.id)).toEqual(['gateway', 'bare', ...NGINX]);
      // Two caches, three sizes, three ids.
      expect(await upstream.figure('requests')).toBe((1 + NGINX.length) * 3 * 3);
      const section = { title: 'Zipf', rows: [] };
      const report = realReport({ machine: 'here', seed: 1, section, kept });
      expect(report).toContain('| this gateway, a kept answer | 60 KB | ');
      expect(report.includes('nginx is not installed')).toBe(NGINX.length === 0);
    } finally {
      await upstream.stop();
    }
  }, 60_000);
});
