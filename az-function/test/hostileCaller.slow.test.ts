/** One caller with a key that may only read, and what he can do to others: nothing that lasts. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  FAILING_RECORDS,
  FAILING_SEARCHES,
  failForHostileCallers,
  REFUSED_SEARCHES,
  startHostileCaller,
} from './support/hostile.ts';
import type { Reply } from './support/send.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

const READER = 'key-that-may-only-read';
const OTHER = 'key-of-somebody-else';
const CLIENT_KEYS = JSON.stringify([
  { label: 'reader', key: READER, read_only: true },
  { label: 'other', key: OTHER },
]);

let gateway: TestGateway;
let id = 500_000_000;
beforeEach(async () => {
  gateway = await openTestGateway({ environment: { CLIENT_KEYS } });
  failForHostileCallers(gateway.sandbox);
});
afterEach(() => gateway.close());

const other = (path: string): Promise<Reply> => gateway.ask(path, { headers: { 'x-api-key': OTHER } });
/** A record that nobody has asked for yet. */
const fresh = (): string => {
  id += 1;
  return `/releases/${id}`;
};
const statusesOfOthers = async (calls: number, everyMs: number): Promise<number[]> => {
  const statuses: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const search = `/database/search?q=nevermind&per_page=${call + 1}`;
    statuses.push((await other(call % 2 === 0 ? fresh() : search)).status);
    await pause(everyMs);
  }
  return statuses;
};

describe('a caller whose queries Discogs cannot answer', () => {
  it('takes nothing from others, however often he asks', async () => {
    const attack = [...FAILING_SEARCHES, ...REFUSED_SEARCHES];
    for (const path of attack) await gateway.ask(path, { headers: { 'x-api-key': READER } });
    const hostile = startHostileCaller(gateway, READER, attack, 40);
    const statuses = await statusesOfOthers(8, 600);
    await hostile.stop();
    expect(statuses).toEqual(statuses.map(() => 200));
    // What he repeats is held back by itself.
    expect(Object.keys(hostile.statuses)).toEqual(['502', '503']);
  });
});

describe('a caller who has found five records that Discogs cannot show', () => {
  it('shuts others out once, until the time that they are told, and never again', async () => {
    for (const path of FAILING_RECORDS) {
      expect((await gateway.ask(path, { headers: { 'x-api-key': READER } })).status).toBe(502);
    }
    const hostile = startHostileCaller(gateway, READER, FAILING_RECORDS);
    const refused = await other(fresh());
    expect(refused.status).toBe(503);
    await pause(Number(refused.headers['retry-after']) * 1_000);
    const statuses = await statusesOfOthers(10, 700);
    await hostile.stop();
    expect(statuses).toEqual(statuses.map(() => 200));
  });
});

describe('a caller whose searches Discogs takes long over', () => {
  it('makes nobody else wait for a connection', async () => {
    gateway.sandbox.fault({ times: 0, query: 'slow', fault: { kind: 'delay', ms: 4000 } });
    const searches = Array.from({ length: 40 }, (_, number) =>
      gateway.ask(`/database/search?q=slow-${number}`, { headers: { 'x-api-key': READER } }),
    );
    await pause(1000);
    const all = Promise.all(searches);
    const first = await Promise.race([...searches, other(fresh())]);
    expect(first.json()).toMatchObject({ id });
    await all;
  });
});
