import { memoryStores } from '@discogs-agent/core/broker';
import { describe, expect, it } from '@jest/globals';
import { cookieJar } from '../support/cookieJar.ts';
import { seeded } from '../support/seeded.ts';
import { harness, NAVIGATION } from './support/harness.ts';
import { type Around, wrapStores } from './support/wrapStores.ts';

const RUNS = 400;

/** Lets some other work go first, before and after each operation. */
function delayed(random: () => number): Around {
  const yieldSome = async () => {
    const turns = Math.floor(random() * 4);
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return async (run) => {
    await yieldSome();
    const result = await run();
    await yieldSome();
    return result;
  };
}

/** What one run came to, for counting that all ends were reached. */
type End = 'signed in' | 'expired' | 'left open';

/**
 * An app and two people do everything at once, in an order by chance: a consent by each, reloads, old links, several
 * finalize calls, a prune, and the clock passes the end of the sign-in somewhere (or not).
 */
async function run(seed: number): Promise<End> {
  const random = seeded(seed);
  const stores = memoryStores();
  const [one, other] = [cookieJar(), cookieJar()];
  const clean = harness({ stores, jar: one });
  const { clock, discogs } = clean;
  const raced = harness({ stores: wrapStores(stores, delayed(random)), clock, discogs, jar: one });
  const { app, ask } = raced;
  const pair = await clean.app.start();
  const first = clean.approved(pair, await clean.consentPage(pair, one));
  const second = clean.approved(pair, await clean.consentPage(pair, other));
  if (random() < 0.3) await clean.ask('GET', first);
  const late = random() < 0.5;
  const passTheEnd = async () => {
    clock.ms += 900_000;
  };
  const finalized: { status: number; text: string; token: string }[] = [];
  /** The proofs of those who read that they are linked. */
  const linked = new Set<string | null>();
  const callback = async (address: string, jar: typeof one) => {
    const { status } = await ask('GET', address, { jar });
    if (status === 200) linked.add(new URL(address).searchParams.get('browser'));
    expect(late ? [200, 400, 404, 409, 410] : [200, 400, 404, 409]).toContain(status);
  };
  const finalize = async () => {
    const { status, text, json } = await app.finalize(pair);
    expect(late ? [200, 409, 410] : [200, 409]).toContain(status);
    if (status === 200) finalized.push({ status, text, token: String(json?.['session_token']) });
  };
  const actions: (() => Promise<unknown>)[] = [
    () => callback(first, one),
    () => callback(first, one),
    () => callback(second, other),
    () => callback(second, other),
    finalize,
    finalize,
    finalize,
    () => app.status(pair),
    () => ask('GET', pair.authUrl, { headers: NAVIGATION }),
    () => raced.broker.prune(),
    ...(late ? [passTheEnd] : []),
  ];
  await Promise.all(
    actions.map(async (action) => {
      const turns = Math.floor(random() * 60);
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await action();
    }),
  );
  const row = await stores.sessions.get(pair.deviceId);
  // One person at most is told so, and it is the one whose credential is kept.
  expect([...linked].filter((proof) => proof !== row?.linkedBy)).toEqual([]);
  if (!late && row?.status !== 'finalized') {
    // In time, a page that said "linked" is a promise.
    const { status } = await clean.app.finalize(pair);
    expect(status).toBe(row?.status === 'authorized' ? 200 : 409);
    if (linked.size > 0) expect(status).toBe(200);
  }
  const token = finalized[0];
  if (!token) {
    // Nobody was told a token, so none may open anything.
    expect(row?.status).not.toBe('finalized');
    return late ? 'expired' : 'left open';
  }
  expect(discogs.calls).toContain('accessToken');
  expect(new Set(finalized.map(({ text }) => text)).size).toBe(1);
  clock.ms = (row?.finalizedAt ?? 0) * 1000 + 599_000;
  await clean.ask('GET', pair.authUrl);
  await clean.app.status(pair);
  await clean.ask('GET', first);
  await clean.broker.prune();
  expect(await clean.app.finalize(pair)).toMatchObject({ status: 200, text: token.text });
  expect((await clean.app.search(token.token)).status).toBe(200);
  return 'signed in';
}

describe('callback, finalize, link, prune and the end of the time, at once and in any order,', () => {
  it(`lose no session and open none, in ${RUNS} runs`, async () => {
    const ends: Record<End, number> = { 'signed in': 0, expired: 0, 'left open': 0 };
    for (let seed = 1; seed <= RUNS; seed += 1) {
      try {
        ends[await run(seed)] += 1;
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
    }
    for (const count of Object.values(ends)) expect(count).toBeGreaterThan(RUNS / 50);
  }, 60_000);
});
