/** The rate limiter's window in the SQLite storage of its Durable Object, so that a restart forgets no call. */
import {
  type BudgetPolicy,
  emptyWindow,
  encodeWindow,
  memoryWindowStore,
  readWindow,
  type SyncWindowStore,
  type WindowState,
} from '@discogs-agent/core';
import * as z from 'zod/mini';

/** As much of the storage as is used. @see https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/ */
export interface Sql {
  exec(query: string, ...values: readonly string[]): { toArray(): readonly unknown[] };
}

/** Ends of calls are rounded up by a quarter of a second. */
const CLOCK_TOLERANCE_MS = 1000;
/** The longest cooldown that the limiter enters. */
const LONGEST_COOLDOWN_MS = 3_600_000;

const rows = z.array(z.object({ state: z.string() }));

/** True for a window that this clock cannot have written: it was ahead then. */
const isFromFuture = ({ lastSentAt, ended, cooldown }: WindowState, now: number): boolean =>
  Math.max(lastSentAt, ended.at(-1)?.at ?? 0) > now + CLOCK_TOLERANCE_MS ||
  (cooldown?.until ?? 0) > now + LONGEST_COOLDOWN_MS + CLOCK_TOLERANCE_MS;

/** Nobody knows what the last minute held: it counts as full. */
const unknownWindow = (policy: BudgetPolicy, now: number): WindowState => ({
  ...emptyWindow(policy),
  ended: [{ at: now, conversation: '', calls: policy.limit }],
  endedCalls: policy.limit,
  lastSentAt: now,
});

function load(sql: Sql, policy: BudgetPolicy, now: number): WindowState {
  sql.exec('CREATE TABLE IF NOT EXISTS rate_limit_window (id INTEGER PRIMARY KEY, state TEXT NOT NULL)');
  const [row] = rows.parse(sql.exec('SELECT state FROM rate_limit_window').toArray());
  return row ? (readWindow(row.state) ?? unknownWindow(policy, now)) : emptyWindow(policy);
}

/**
 * Opens it. One row is written for each call, before the call is granted, and one for each new cooldown. The end of a
 * call is written with the next one: until then a restart counts it for ten seconds longer than it must.
 */
export function sqliteWindowStore(sql: Sql, policy: BudgetPolicy, now: () => number): SyncWindowStore {
  let saved = load(sql, policy, now());
  const memory = memoryWindowStore(policy, saved);
  const isWrong = (): boolean => isFromFuture(memory.read().state, now());
  return {
    kind: 'durable_object',
    read() {
      const { version } = memory.read();
      if (isWrong()) memory.write(unknownWindow(policy, now()), version);
      return memory.read();
    },
    write(state, version) {
      if (!memory.isCurrent(version)) return undefined;
      if (state.lastSentAt !== saved.lastSentAt || state.cooldown !== saved.cooldown) {
        sql.exec('INSERT OR REPLACE INTO rate_limit_window (id, state) VALUES (1, ?1)', encodeWindow(state));
        saved = state;
      }
      return memory.write(state, version);
    },
    isCurrent: (version) => memory.isCurrent(version) && !isWrong(),
  };
}
