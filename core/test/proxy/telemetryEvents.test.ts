/** What an observer is told, beside the lines. */
import type { AttemptEvent, LogEvent, TelemetryEvent } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import {
  answer,
  ask,
  call,
  fakeFetcher,
  gateway,
  jsonLines,
  recordedLog,
  timeout,
} from '../support/fakes.ts';
import { virtualTime } from '../support/virtualTime.ts';

const TRACE_ID = '11111111-2222-4333-8444-555555555555';

function observedLog() {
  const facts: TelemetryEvent[] = [];
  return { ...recordedLog(), facts, record: (fact: TelemetryEvent) => void facts.push(fact) };
}

const attemptsIn = (facts: readonly TelemetryEvent[]) =>
  facts.filter((fact): fact is AttemptEvent => fact.kind === 'attempt');
const linesIn = (facts: readonly TelemetryEvent[]) =>
  facts.filter((fact): fact is LogEvent => fact.kind !== 'attempt');

describe('an observer', () => {
  it('is told of the call in the very members of its line, and how many wait', async () => {
    const log = observedLog();
    await ask(gateway(), call('GET', '/artists/1?page=1', { log }));
    const [fact] = linesIn(log.facts);
    expect(fact).toMatchObject({ kind: 'call', waiting: 0 });
    expect(JSON.parse(JSON.stringify(fact?.members))).toEqual(jsonLines(log, 'discogs_proxy: ')[0]);
  });

  it('is told of a refusal in the very members of its line', async () => {
    const log = observedLog();
    await ask(gateway(), call('GET', '/nowhere', { log }));
    expect(linesIn(log.facts).map(({ kind }) => kind)).toEqual(['rejected']);
    expect(JSON.parse(JSON.stringify(linesIn(log.facts)[0]?.members))).toEqual(
      jsonLines(log, 'discogs_proxy_rejected: ')[0],
    );
  });

  it('is told of each attempt: where it went, when, and what came of it', async () => {
    const time = virtualTime();
    const log = observedLog();
    const one = gateway({
      fetcher: fakeFetcher(timeout, answer(404)),
      now: time.now,
      setTimer: time.setTimer,
    });
    const startedAt = time.now();
    const answering = ask(one, call('GET', '/artists/1/releases?page=2', { log }));
    await time.advance(1000);
    await answering;
    const shared = { traceId: TRACE_ID, path: '/artists/1/releases', elapsedMs: 0 };
    const attempts = attemptsIn(log.facts);
    expect(attempts).toMatchObject([
      { ...shared, attempt: 1, startedAt, outcome: 'timeout' },
      { ...shared, attempt: 2, startedAt: startedAt + 250, outcome: 404 },
    ]);
    expect(attempts.map(({ operation }) => operation.id)).toEqual(['getArtistReleases', 'getArtistReleases']);
  });

  it('is told of a refresh behind an answer, by the trace of the call that began it', async () => {
    const time = virtualTime();
    const log = observedLog();
    const behind = observedLog();
    const one = gateway({ now: time.now, setTimer: time.setTimer, backgroundLog: behind });
    await ask(one, call('GET', '/artists/1', { log }));
    await time.advance(5 * 3_600_000);
    await ask(one, call('GET', '/artists/1', { log }));
    await time.advance(10);
    expect(attemptsIn(log.facts)).toHaveLength(1);
    expect(attemptsIn(behind.facts)).toMatchObject([{ traceId: TRACE_ID, path: '/artists/1', attempt: 1 }]);
  });
});
