/** The stores over real D1, held to what all stores of their kind must do. */
import { NO_ENTRY } from '@discogs-agent/core/broker';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokerWindowTests, WINDOW_POLICY } from '../../core/test/broker/support/brokerWindowTests.ts';
import { sharedStoreTests } from '../../core/test/support/sharedStoreTests.ts';
import { countedD1, QueriesSpent } from '../src/d1/database.ts';
import { d1SearchCache } from '../src/d1/searchCache.ts';
import { d1WindowStore, databaseClock } from '../src/d1/windowStore.ts';
import { prunables } from '../src/prunables.ts';
import { migrations, searchWorkerd } from './support/searchWorkerd.ts';

let world: Awaited<ReturnType<typeof searchWorkerd>>;

const TABLES = ['broker_line', 'broker_leases', 'rate_limit_state', 'discogs_search_cache'];
/** For times of a test's own, which the database knows nothing of. */
const UNMEASURED = { offsetMs: 0, observe: () => {} };
const counted = (limit = 1000) => countedD1(() => world.database, limit);

async function emptied(): Promise<void> {
  for (const table of TABLES) await world.database.exec(`DELETE FROM ${table}`);
}

beforeAll(async () => {
  world = await searchWorkerd();
});
afterAll(async () => {
  await world?.close();
});

describe('the window in D1', () => {
  brokerWindowTests(async (now) => {
    await emptied();
    return () => d1WindowStore(counted(), WINDOW_POLICY, now, UNMEASURED);
  });

  it('goes on from the rows of the original', async () => {
    await emptied();
    const now = Date.now();
    await world.database.exec(`INSERT INTO rate_limit_state VALUES ('discogs-api-global', ${now - 10})`);
    await world.database.exec(
      `INSERT INTO rate_limit_state VALUES ('discogs-api-cooldown', ${now + 60_000})`,
    );
    await world.database.exec(`INSERT INTO rate_limit_state VALUES ('of-somebody-else', 1)`);
    const { state } = await d1WindowStore(counted(), WINDOW_POLICY, Date.now, databaseClock()).read();
    expect([state.lastSentAt, state.pause?.until]).toEqual([now - 10, now + 60_000]);
  });

  it.each([
    ['a day ahead', 86_400_000],
    ['an hour behind', -3_600_000],
  ])(
    'is the same for an isolate whose clock is %s, and keeps the pace of what that one sends',
    async (_, offMs) => {
      await emptied();
      const wrongNow = () => Date.now() + offMs;
      const wrong = d1WindowStore(counted(), WINDOW_POLICY, wrongNow, databaseClock());
      const right = d1WindowStore(counted(), WINDOW_POLICY, Date.now, databaseClock());
      const waiter = (id: string, now: () => number) =>
        ({
          id,
          lane: 'caller',
          key: id,
          conversation: `${id}/`,
          enteredAt: now(),
          latestAt: now() + 20_000,
        }) as const;
      await right.line.stand(waiter('a', Date.now));
      const seen = await wrong.read();
      expect(seen.line?.waiters.map(({ id }) => id)).toEqual(['a']);
      await wrong.line.stand(waiter('b', wrongNow));
      const sentAt = wrongNow();
      const taken = await wrong.write({ ...seen.state, lastSentAt: sentAt }, seen.version, [
        waiter('c', wrongNow),
      ]);
      expect(taken).toEqual(expect.any(String));
      const now = Date.now();
      const { state, line } = await right.read();
      expect(Math.abs(state.lastSentAt - (sentAt - offMs))).toBeLessThan(1000);
      expect(state.lastSentAt).toBeLessThan(now + 1000);
      expect(line?.waiters.map(({ id }) => id).sort()).toEqual(['a', 'b']);
      expect(line?.served.map(({ key }) => key)).toEqual(['c']);
      // The newest send time moves on, and a pause is one for both.
      expect(await wrong.postpone(sentAt, sentAt + 500)).toBe(true);
      await wrong.coolDown(wrongNow() + 30_000);
      const until = (await right.read()).state.pause?.until ?? 0;
      expect(Math.abs(until - Date.now() - 30_000)).toBeLessThan(1000);
    },
  );

  it('asks one query to look, and four to send', async () => {
    await emptied();
    const database = counted();
    const store = d1WindowStore(database, WINDOW_POLICY, Date.now, databaseClock());
    const { state, version } = await store.read();
    expect(database.used).toBe(1);
    const turn = { lane: 'caller', key: 's', conversation: 's/' } as const;
    const waiter = { ...turn, id: 'a', enteredAt: 1, latestAt: 2, call: 'c' };
    await store.write({ ...state, lastSentAt: Date.now() }, version, [waiter]);
    expect(database.used).toBe(5);
  });
});

describe('the search cache in D1', () => {
  sharedStoreTests(async () => {
    await emptied();
    return () => d1SearchCache(counted(), 900, Date.now, () => crypto.randomUUID());
  });

  it('shows what the original has kept, and nothing that has expired', async () => {
    await emptied();
    const now = Math.floor(Date.now() / 1000);
    const insert = 'INSERT INTO discogs_search_cache VALUES (?, ?, ?, ?)';
    await world.database
      .prepare(insert)
      .bind('kept', '{}', now - 10, now + 10)
      .all();
    await world.database
      .prepare(insert)
      .bind('over', '{}', now - 10, now)
      .all();
    const cache = d1SearchCache(counted(), 900, Date.now, () => 'id');
    expect((await cache.read('kept')).bytes).toHaveLength(2);
    expect((await cache.read('over')).bytes).toBeUndefined();
  });

  it('asks anew for what a clock that was a day ahead has stored, and waits for no lease of it', async () => {
    await emptied();
    const DAY_MS = 86_400_000;
    const clock = { ahead: DAY_MS };
    const now = () => Date.now() + clock.ahead;
    const cache = d1SearchCache(counted(), 900, now, () => crypto.randomUUID());
    await cache.put('stored', new TextEncoder().encode('{}'));
    await cache.lease('leased', NO_ENTRY, 12_000);
    clock.ahead = 0;
    expect(await cache.read('stored')).toMatchObject({ bytes: undefined, leased: false });
    const { leased, version } = await cache.read('leased');
    expect(leased).toBe(false);
    expect(await cache.lease('leased', version, 12_000)).toEqual(expect.any(String));
    expect((await cache.read('leased')).leased).toBe(true);
  });
});

describe('the queries of a request', () => {
  it('end with an error before the platform ends them, and leave enough to finish what was begun', async () => {
    const database = countedD1(() => world.database, 12, 10);
    await database.look('SELECT 1');
    await database.look('SELECT 1');
    await expect(database.look('SELECT 1')).rejects.toThrow(QueriesSpent);
    await database.changeAll(Array.from({ length: 10 }, () => ['SELECT 1'] as const));
    await expect(database.change('SELECT 1')).rejects.toThrow(QueriesSpent);
    expect(database.used).toBe(12);
  });
});

describe('the tables beside the sign-in', () => {
  it('lose what was over before the time that they are given, and nothing else', async () => {
    await emptied();
    const before = 1_800_000_000;
    const ms = before * 1000;
    const rows = [
      `discogs_search_cache VALUES ('over', '{}', 0, ${before})`,
      `discogs_search_cache VALUES ('kept', '{}', 0, ${before + 1})`,
      `rate_limit_state VALUES ('old', ${ms - 1})`,
      `rate_limit_state VALUES ('discogs-api-global', ${ms + 1})`,
      `broker_line VALUES ('dead', 'caller', 's', NULL, 0, ${ms - 1}, NULL)`,
      `broker_line VALUES ('served', 'caller', 's', NULL, 0, 0, ${ms + 1})`,
      `broker_leases VALUES ('ended', 'v', ${ms - 1})`,
      `broker_leases VALUES ('lately', 'v', ${ms + 1})`,
    ];
    for (const row of rows) await world.database.exec(`INSERT INTO ${row}`);
    for (const table of prunables(world.database)) expect(await table.prune(before)).toBe(1);
    const left = TABLES.map((table) => `SELECT COUNT(*) AS n FROM ${table}`).join(' UNION ALL ');
    const { results } = await world.database.prepare(left).bind().all();
    expect(results).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }, { n: 1 }]);
  });
});

describe('the migrations', () => {
  it('can be applied to a database that has all tables already', async () => {
    const repeatable = migrations().filter((statement) => !statement.startsWith('ALTER TABLE'));
    for (const statement of repeatable) await world.database.exec(statement);
    const { results } = await world.database.prepare('SELECT name FROM sqlite_master').bind().all();
    expect(JSON.stringify(results)).toContain('idx_discogs_search_cache_expiry');
  });
});
