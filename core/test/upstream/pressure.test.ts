import { describe, expect, it } from '@jest/globals';
import { answer, ask, call, fakeFetcher, fixedSecrets } from '../support/fakes.ts';
import { onClock } from '../support/onClock.ts';

const HOUR_MS = 3_600_000;

const talk = (id: string, key = 'the-key') => ({
  headers: { 'x-api-key': key, 'openai-conversation-id': id },
});

describe('under pressure', () => {
  it('a breaker that opens stops the calls that wait for a slot, and gives their slots back', async () => {
    let failing = false;
    let sent = 0;
    const fetcher = async () => {
      sent += 1;
      return failing ? answer(500, '') : answer(200, { id: 1 });
    };
    const { time, one } = onClock({ fetcher });
    for (let id = 1; id < 60; id += 1) {
      await ask(one, call('GET', `/artists/${id}`, talk(`c${id % 8}`)));
      await time.advance(700);
    }
    failing = true;
    const before = sent;
    const queued = Array.from({ length: 40 }, (_, id) =>
      ask(one, call('GET', `/labels/${id + 1}`, talk(`c${id % 8}`))),
    );
    await time.advance(30_000);
    const statuses = (await Promise.all(queued)).map(({ status }) => status);
    expect(sent - before).toBeLessThan(12);
    expect(statuses).toContain(503);
    expect(statuses).not.toContain(200);
  });

  it('a 429 with Retry-After: 0 is a pause all the same', async () => {
    const fetcher = fakeFetcher(answer(429, '', { 'retry-after': '0' }));
    const { time, one } = onClock({ fetcher });
    const asked = Array.from({ length: 20 }, (_, id) =>
      ask(one, call('GET', `/artists/${id + 1}`, talk(`c${id}`))),
    );
    await time.advance(1900);
    expect(fetcher.requests.length).toBeLessThanOrEqual(20);
    await time.advance(120_000);
    await Promise.all(asked);
    expect(fetcher.requests.length).toBeLessThanOrEqual(26);
  });

  it('a key that invents conversations leaves a third of the minute to another key', async () => {
    const KEYS = '[{"label":"a","key":"key-a"},{"label":"b","key":"key-b"}]';
    const secrets = fixedSecrets({
      CLIENT_KEYS: { kind: 'value', value: KEYS },
      DISCOGS_TOKEN: { kind: 'value', value: 't' },
    });
    const { one } = onClock({ secrets });
    await ask(one, call('GET', '/artists/1', talk('quiet', 'key-b')));
    const greedy = Array.from({ length: 120 }, (_, id) =>
      ask(one, call('GET', `/artists/${id + 2}`, talk(`x${id}`, 'key-a'))),
    );
    const got = (await Promise.all(greedy)).filter(({ status }) => status === 200);
    expect(got).toHaveLength(40);
    expect(await ask(one, call('GET', '/artists/900', talk('quiet', 'key-b')))).toMatchObject({
      status: 200,
    });
  });

  it('a refresh that brings nothing is not tried again with every hit', async () => {
    const fetcher = fakeFetcher(answer(200, { id: 1 }), answer(403, { message: 'No.' }));
    const { time, one } = onClock({ fetcher });
    await ask(one, call('GET', '/artists/1'));
    await time.advance(5 * HOUR_MS);
    for (let hit = 0; hit < 30; hit += 1) {
      expect(await ask(one, call('GET', '/artists/1'))).toMatchObject({ status: 200 });
      await time.advance(100);
    }
    expect(fetcher.requests).toHaveLength(2);
  });
});
