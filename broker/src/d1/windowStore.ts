/** The broker's window in D1: `rate_limit_state` says when, `broker_line` says whose turn. */
import type { BudgetPolicy } from '@discogs-agent/core';
import {
  type BrokerWindow,
  type ClockOffset,
  createClockOffset,
  FARTHEST_COOL_DOWN_MS,
  windowOfLine,
} from '@discogs-agent/core/broker';
import type { CountedD1, Query } from './database.ts';
import { COOL_DOWN_BUCKET, onClock, READ, type RowsRead, readRows, SENT_BUCKET } from './windowRows.ts';

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

/** Clocks of two data centres agree this well: the times of calls must not tremble with each look. */
const TOLERANCE_MS = 50;
/** By more than this no two clocks differ that are both right. */
const MOVED_MS = 1000;

/** Measures the database's clock, for all requests of an isolate. */
export const databaseClock = (): ClockOffset => createClockOffset(2 * TOLERANCE_MS);

function stand(
  { id, lane, key, call, enteredAt, latestAt }: Waiter,
  aheadMs: number,
  servedAt: number | null,
): Query {
  const [entered, latest] = [Math.floor(enteredAt + aheadMs), Math.floor(latestAt + aheadMs)];
  return [STAND, id, lane, key, call ?? null, entered, latest, servedAt];
}

/** The window for one request, over its own count of queries. Times in the database are the database's. */
export function d1WindowStore(
  database: CountedD1,
  policy: BudgetPolicy,
  now: () => number,
  clock: ClockOffset,
): BrokerWindow {
  /** As it was at the last look: what was read by it is written by it, whatever other requests measure meanwhile. */
  let aheadMs = clock.offsetMs;

  async function look(): Promise<RowsRead> {
    const sentAt = now();
    const at = sentAt + aheadMs;
    const rows = readRows(await database.look(READ, SENT_BUCKET, COOL_DOWN_BUCKET, at, at - policy.windowMs));
    clock.observe(rows.databaseNow - TOLERANCE_MS, sentAt, now());
    return rows;
  }

  return {
    kind: 'd1',
    isCurrent: () => false,
    async read() {
      aheadMs = clock.offsetMs;
      let rows = await look();
      if (Math.abs(clock.offsetMs - aheadMs) > MOVED_MS) {
        // The line was asked for at a wrong time.
        aheadMs = clock.offsetMs;
        rows = await look();
      }
      const stored = windowOfLine(onClock(rows, aheadMs), policy, now());
      return { ...stored, version: String(rows.lastSentAt) };
    },
    async write({ lastSentAt }, version, taken = []) {
      const sentAt = lastSentAt + aheadMs;
      if (lastSentAt === 0 || String(sentAt) === version) return version;
      const values = [SENT_BUCKET, sentAt, Number(version), COOL_DOWN_BUCKET] as const;
      if ((await database.change(TAKE, ...values)) !== 1) return undefined;
      const served = taken.flatMap((waiter): Query[] => [
        stand(waiter, aheadMs, sentAt),
        ...(waiter.call === undefined ? [] : [[SERVE_ALL, waiter.call, sentAt] as const]),
      ]);
      await database.changeAll([...served, [FORGET, sentAt - policy.windowMs]]);
      return String(sentAt);
    },
    async postpone(from, to) {
      const values = [SENT_BUCKET, to + aheadMs, from + aheadMs, COOL_DOWN_BUCKET] as const;
      return (await database.change(TAKE, ...values)) === 1;
    },
    async coolDown(until) {
      await database.change(COOL_DOWN, COOL_DOWN_BUCKET, Math.ceil(until + aheadMs));
    },
    line: {
      async stand(waiter) {
        await database.change(...stand(waiter, aheadMs, null));
      },
      async leave(id) {
        await database.change(LEAVE, id);
      },
    },
  };
}
