import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeBrokerStores } from '../../core/test/broker/support/storeTests.ts';
import { describeRecordStores } from '../../core/test/oauth/support/recordStoreTests.ts';
import { d1OAuthStores } from '../src/oauth/records.ts';
import type { D1Database } from '../src/platform.ts';
import { d1Stores } from '../src/signIn/stores.ts';
import { migrate, startWorkerd, type Workerd } from './support/workerd.ts';

let workerd: Workerd;

beforeAll(async () => {
  workerd = await startWorkerd();
  await migrate(workerd.database);
});
afterAll(() => workerd.kill());

/** A database whose answers are stale unless a statement is the first of a session that begins at the primary. */
function replicated(database: D1Database): D1Database {
  const isStale = () => {
    throw new Error('a replica may not know yet');
  };
  return {
    prepare: isStale,
    batch: isStale,
    withSession(constraint) {
      const session = database.withSession(constraint);
      let isFresh = constraint === 'first-primary';
      return {
        batch: isStale,
        prepare(sql) {
          if (!isFresh) isStale();
          isFresh = false;
          return session.prepare(sql);
        },
      };
    },
  };
}

describeBrokerStores('on D1 with replicas that lag', async () => {
  const tables = ['device_sessions', 'oauth_request_tokens', 'broker_throttle', 'broker_prune_runs'];
  await workerd.database.batch(tables.map((table) => workerd.database.prepare(`DELETE FROM ${table}`)));
  return d1Stores(replicated(workerd.database));
});

describeRecordStores('on D1 with replicas that lag', async () => {
  await workerd.database.prepare('DELETE FROM oauth_records').all();
  return d1OAuthStores(replicated(workerd.database));
});

describe('the tables of the sign-in', () => {
  /** How SQLite would carry out a statement. */
  async function plan(sql: string): Promise<string> {
    const { results } = await workerd.database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    return JSON.stringify(results);
  }

  it.each([
    [
      `DELETE FROM device_sessions WHERE (status <> 'finalized' AND expires_at <= 1)
         OR (status = 'finalized' AND (session_expires_at IS NULL OR session_expires_at <= 1))`,
    ],
    ['DELETE FROM oauth_request_tokens WHERE expires_at <= 1'],
    ["SELECT * FROM oauth_records WHERE kind = 'grant' AND id = 'i'"],
    ["SELECT * FROM oauth_records WHERE kind = 'grant' AND owner = 'o' LIMIT 9"],
    ["DELETE FROM oauth_records WHERE kind = 'grant' AND expires_at <= 1"],
    ["SELECT * FROM device_sessions WHERE device_id = 'd'"],
    [
      `SELECT * FROM device_sessions
         WHERE session_token_hash = 'h' AND status = 'finalized' AND session_expires_at > 1`,
    ],
    ["DELETE FROM oauth_request_tokens WHERE device_id = 'd'"],
  ])('are never read from end to end: %s', async (sql) => {
    const steps = await plan(sql);
    expect(steps).toContain('SEARCH');
    expect(steps).not.toContain('SCAN');
  });
});
