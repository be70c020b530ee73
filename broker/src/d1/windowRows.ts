/** Newest send time, pause and line, as one query reads them. Pure. */
import type { LineRead } from '@discogs-agent/core/broker';
import * as z from 'zod/mini';

/** Newest send time, in ms since 1970. The original's name. */
export const SENT_BUCKET = 'discogs-api-global';
/** No call before this time. The original's name. */
export const COOL_DOWN_BUCKET = 'discogs-api-cooldown';

/** The database's own clock, in ms since 1970. Not the name of a bucket. */
const CLOCK = 'clock of the database';

/** One round trip and one query for everything that a waiter looks at. */
export const READ = `
  SELECT '${CLOCK}' AS id, NULL AS lane, NULL AS session, NULL AS call,
         CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) AS entered, 0 AS latest, NULL AS served
  UNION ALL
  SELECT bucket AS id, NULL AS lane, NULL AS session, NULL AS call,
         last_request_at_ms AS entered, 0 AS latest, NULL AS served
  FROM rate_limit_state WHERE bucket IN (?1, ?2)
  UNION ALL
  SELECT id, lane, session, call, entered_at_ms, latest_at_ms, served_at_ms
  FROM broker_line
  WHERE (served_at_ms IS NULL AND latest_at_ms >= ?3) OR served_at_ms > ?4`;

const time = z.number();
const bucket = z.object({ id: z.string(), lane: z.null(), entered: time });
const waiter = z.object({
  id: z.string(),
  lane: z.enum(['sign_in', 'caller']),
  session: z.string(),
  call: z.nullable(z.string()),
  entered: time,
  latest: time,
  served: z.nullable(time),
});
const rows = z.array(z.union([waiter, bucket]));

type WaiterRow = z.infer<typeof waiter>;

/** A session has one conversation; the gate names it after its key. */
const turnOf = ({ session, call }: WaiterRow) => ({
  key: session,
  conversation: `${session}/`,
  call: call ?? undefined,
});

/** What was read, and the time of the database when it was. */
export interface RowsRead extends LineRead {
  readonly databaseNow: number;
}

/** Rejects rows of another form: without them nobody knows whether a call may be sent. */
export function readRows(results: readonly unknown[]): RowsRead {
  const all = z.parse(rows, results);
  const timeOf = (name: string): number =>
    all.find((row) => row.lane === null && row.id === name)?.entered ?? 0;
  const line = all.filter((row) => row.lane !== null);
  return {
    databaseNow: timeOf(CLOCK),
    lastSentAt: timeOf(SENT_BUCKET),
    coolDownUntil: timeOf(COOL_DOWN_BUCKET),
    line: {
      waiters: line
        .filter(({ served }) => served === null)
        .map((row) => {
          const { id, lane, entered: enteredAt, latest: latestAt } = row;
          return { id, lane, enteredAt, latestAt, ...turnOf(row) };
        }),
      served: line
        .flatMap((row) => (row.served === null ? [] : [{ ...turnOf(row), at: row.served }]))
        .sort((a, b) => a.at - b.at),
    },
  };
}

/** The same on a clock that the database's is ahead of by `aheadMs`. 0 stands for never. */
export function onClock({ lastSentAt, coolDownUntil, line }: LineRead, aheadMs: number): LineRead {
  const local = (time: number): number => (time === 0 ? 0 : time - aheadMs);
  return {
    lastSentAt: local(lastSentAt),
    coolDownUntil: local(coolDownUntil),
    line: {
      waiters: line.waiters.map((waiter) => ({
        ...waiter,
        enteredAt: local(waiter.enteredAt),
        latestAt: local(waiter.latestAt),
      })),
      served: line.served.map((served) => ({ ...served, at: local(served.at) })),
    },
  };
}
