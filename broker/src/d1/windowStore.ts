/** The broker's window in D1: `rate_limit_state` says when, `broker_line` says whose turn. */
import type { BudgetPolicy } from '@discogs-agent/core';
import { type BrokerWindow, FARTHEST_COOL_DOWN_MS, windowOfLine } from '@discogs-agent/core/broker';
import type { CountedD1, Query } from './database.ts';
import { COOL_DOWN_BUCKET, READ, readRows, SENT_BUCKET } from './windowRows.ts';

/** Nobody takes a slot while a pause lasts, nor one that somebody else has taken since. */
const TAKE = `
  INSERT INTO rate_limit_state (bucket, last_request_at_ms)
  SELECT ?1, ?2
  WHERE NOT EXISTS (
    SELECT 1 FROM rate_limit_state
    WHERE bucket = ?4 AND last_request_at_ms > ?2 AND last_request_at_ms <= ?2 + ${FARTHEST_COOL_DOWN_MS}
  )
  ON CONFLICT (bucket) DO UPDATE SET last_request_at_ms = excluded.last_request_at_ms
  WHERE rate_limit_state.last_request_at_ms = ?3`;

const COOL_DOWN = `
  INSERT INTO rate_limit_state (bucket, last_request_at_ms) VALUES (?1, ?2)
  ON CONFLICT (bucket) DO UPDATE SET last_request_at_ms = excluded.last_request_at_ms
  WHERE rate_limit_state.last_request_at_ms NOT BETWEEN ?2 + 1 AND ?2 + ${FARTHEST_COOL_DOWN_MS}`;

const STAND = `
  INSERT INTO broker_line (id, lane, session, call, entered_at_ms, latest_at_ms, served_at_ms)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
  ON CONFLICT (id) DO UPDATE SET served_at_ms = excluded.served_at_ms`;

const SERVE_ALL = 'UPDATE broker_line SET served_at_ms = ?2 WHERE call = ?1 AND served_at_ms IS NULL';
const FORGET = 'DELETE FROM broker_line WHERE COALESCE(served_at_ms, latest_at_ms) < ?1';
const LEAVE = 'DELETE FROM broker_line WHERE id = ?1 AND served_at_ms IS NULL';

type Waiter = Parameters<BrokerWindow['line']['stand']>[0];

function stand({ id, lane, key, call, enteredAt, latestAt }: Waiter, servedAt: number | null): Query {
  return [STAND, id, lane, key, call ?? null, Math.floor(enteredAt), Math.floor(latestAt), servedAt];
}

/** The window for one request, over its own count of queries. */
export function d1WindowStore(database: CountedD1, policy: BudgetPolicy, now: () => number): BrokerWindow {
  return {
    kind: 'd1',
    isCurrent: () => false,
    async read() {
      const at = now();
      const found = await database.look(READ, SENT_BUCKET, COOL_DOWN_BUCKET, at, at - policy.windowMs);
      return windowOfLine(readRows(found), policy, now());
    },
    async write({ lastSentAt }, version, taken = []) {
      if (String(lastSentAt) === version) return version;
      const values = [SENT_BUCKET, lastSentAt, Number(version), COOL_DOWN_BUCKET] as const;
      if ((await database.change(TAKE, ...values)) !== 1) return undefined;
      const served = taken.flatMap((waiter): Query[] => [
        stand(waiter, lastSentAt),
        ...(waiter.call === undefined ? [] : [[SERVE_ALL, waiter.call, lastSentAt] as const]),
      ]);
      await database.changeAll([...served, [FORGET, lastSentAt - policy.windowMs]]);
      return String(lastSentAt);
    },
    async postpone(from, to) {
      return (await database.change(TAKE, SENT_BUCKET, to, from, COOL_DOWN_BUCKET)) === 1;
    },
    async coolDown(until) {
      await database.change(COOL_DOWN, COOL_DOWN_BUCKET, Math.ceil(until));
    },
    line: {
      async stand(waiter) {
        await database.change(...stand(waiter, null));
      },
      async leave(id) {
        await database.change(LEAVE, id);
      },
    },
  };
}
