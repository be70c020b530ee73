/** A machine that slept: the monotonic clock stood still, and what was kept before is as old as it is all the same. */
import { createSharedCache, memorySharedStore } from '@discogs-agent/core';
import { expect, it } from '@jest/globals';
import { answer, ask, call, fakeFetcher, gateway, recordedLog } from '../../support/fakes.ts';
import { PLAIN_CODEC } from '../../support/instances.ts';
import { virtualTime } from '../../support/virtualTime.ts';

const HOUR_MS = 3_600_000;
const RECORD = call('GET', '/artists/1');

function setup() {
  const time = virtualTime();
  const { now, setTimer } = time;
  let sleptMs = 0;
  const ageNow = () => time.now() + sleptMs;
  const fetcher = fakeFetcher(answer(200, { id: 1 }));
  return {
    time,
    fetcher,
    clocks: { now, setTimer, ageNow },
    sleep: (ms: number) => {
      sleptMs += ms;
    },
  };
}

it.each([
  [5 * HOUR_MS, 'hit', '18000'],
  [6 * HOUR_MS, 'miss', undefined],
  [7 * HOUR_MS, 'miss', undefined],
])('what was kept before a sleep of %i ms is a %s', async (ms, how, age) => {
  const { clocks, fetcher, sleep } = setup();
  const one = gateway({ ...clocks, fetcher });
  await ask(one, RECORD);
  sleep(ms);
  const { headers } = await ask(one, RECORD);
  expect([headers['x-cache'], headers['age']]).toEqual([how, age]);
});

it('what is asked for after a sleep is new', async () => {
  const { clocks, fetcher, sleep } = setup();
  const one = gateway({ ...clocks, fetcher });
  sleep(7 * HOUR_MS);
  await ask(one, RECORD);
  const { headers } = await ask(one, RECORD);
  expect([headers['x-cache'], headers['age']]).toEqual(['hit', '0']);
});

it('what another instance put before the sleep counts as that old, too', async () => {
  const { time, clocks, fetcher, sleep } = setup();
  // A service's clock goes on while this machine sleeps.
  const store = memorySharedStore(clocks.ageNow);
  const waitUntil = () => {};
  const tier = () =>
    createSharedCache({ store, codec: PLAIN_CODEC, ...clocks, waitUntil, log: recordedLog(), isOpen: true });
  await time.until(ask(gateway({ ...clocks, fetcher, sharedCache: tier() }), RECORD));
  const other = gateway({ ...clocks, fetcher, sharedCache: tier() });
  sleep(4 * HOUR_MS);
  const first = await time.until(ask(other, RECORD));
  expect([first.headers['x-cache'], first.headers['age']]).toEqual(['hit', '14402']);
  sleep(2 * HOUR_MS);
  expect((await time.until(ask(other, RECORD))).headers['x-cache']).toBe('miss');
});

it('calls that were sent before the sleep stay in the window for as long as the clock of the limits says', async () => {
  const { time, clocks, fetcher, sleep } = setup();
  const one = gateway({ ...clocks, fetcher });
  for (let id = 1; id <= 60; id += 1) {
    const headers = { 'openai-conversation-id': `c${id % 4}` };
    await ask(one, call('GET', `/artists/${id}`, { headers }));
  }
  sleep(7 * HOUR_MS);
  expect((await ask(one, call('GET', '/artists/99'))).status).toBe(429);
  await time.advance(60_250);
  expect((await ask(one, call('GET', '/artists/99'))).status).toBe(200);
});
