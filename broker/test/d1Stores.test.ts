/** The stores over real D1, held to what all stores of their kind must do. */
import { NO_ENTRY } from '@discogs-agent/core/broker';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sharedStoreTests } from '../../core/test/support/sharedStoreTests.ts';
import { countedD1, QueriesSpent } from '../src/d1/database.ts';
import { d1SearchCache } from '../src/d1/searchCache.ts';
import { prunables } from '../src/prunables.ts';
import { migrations, searchWorkerd } from './support/searchWorkerd.ts';

let world: Awaited<ReturnType<typeof searchWorkerd>>;

const TABLES = ['broker_leases', 'discogs_search_cache'];
const open = () => world.database;

async function emptied(): Promise<void> {
  for (const table of TABLES) await world.database.exec(`DELETE FROM ${table}`);
}

beforeAll(async () => {
  world = await searchWorkerd();
});
afterAll(async () => {
  await world?.close();
});

describe('the search cache in D1', () => {
  sharedStoreTests(async () => {
    await emptied();
    return () => d1SearchCache(open, 900, Date.now, () => crypto.randomUUID());
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
    const cache = d1SearchCache(open, 900, Date.now, () => 'id');
    expect((await cache.read('kept')).bytes).toHaveLength(2);
    expect((await cache.read('over')).bytes).toBeUndefined();
  });

  it('asks anew for what a clock that was a day ahead has stored, and waits for no lease of it', async () => {
    await emptied();
    const DAY_MS = 86_400_000;
    const clock = { ahead: DAY_MS };
    const now = () => Date.now() + clock.ahead;
    const cache = d1SearchCache(open, 900, now, () => crypto.randomUUID());
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
      `broker_leases VALUES ('ended', 'v', ${ms - 1})`,
      `broker_leases VALUES ('lately', 'v', ${ms + 1})`,
    ];
    for (const row of rows) await world.database.exec(`INSERT INTO ${row}`);
    for (const table of prunables(world.database)) expect(await table.prune(before)).toBe(1);
    const left = TABLES.map((table) => `SELECT COUNT(*) AS n FROM ${table}`).join(' UNION ALL ');
    const { results } = await world.database.prepare(left).bind().all();
    expect(results).toEqual([{ n: 1 }, { n: 1 }]);
  });
});

describe('the migrations', () => {
  it('can be applied to a database that has all tables already, and leave none of the old rate limiter', async () => {
    const repeatable = migrations().filter((statement) => !statement.startsWith('ALTER TABLE'));
    for (const statement of repeatable) await world.database.exec(statement);
    const { results } = await world.database.prepare('SELECT name FROM sqlite_master').bind().all();
    const names = JSON.stringify(results);
    expect(names).toContain('idx_discogs_search_cache_expiry');
    expect(names).not.toMatch(/broker_line|rate_limit_state/);
  });
});
