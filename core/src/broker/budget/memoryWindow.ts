/** The broker's window for a single process, and for tests. */

import type { BudgetPolicy } from '../../upstream/ratelimit/policy.ts';
import type { Served } from '../../upstream/ratelimit/queue.ts';
import type { Waiter } from '../../upstream/ratelimit/schedule.ts';
import type { BrokerWindow } from './stores.ts';
import { isCoolingDown, windowOfLine } from './windowOfLine.ts';

interface Row extends Waiter {
  servedAt: number | undefined;
}

/** A window without anything in it. */
export function memoryBrokerWindow(policy: BudgetPolicy, now: () => number): BrokerWindow {
  const rows = new Map<string, Row>();
  let lastSentAt = 0;
  let coolDownUntil = 0;

  function serve(waiter: Waiter, at: number): void {
    rows.set(waiter.id, { ...waiter, servedAt: at });
    for (const row of rows.values()) {
      if (row.call !== undefined && row.call === waiter.call) row.servedAt ??= at;
      if ((row.servedAt ?? row.latestAt) < at - policy.windowMs) rows.delete(row.id);
    }
  }

  return {
    kind: 'memory',
    isCurrent: () => false,
    async read() {
      const at = now();
      const all = [...rows.values()];
      const served = all.flatMap(({ servedAt, key, conversation, call }): Served[] =>
        servedAt === undefined || servedAt + policy.windowMs <= at
          ? []
          : [{ key, conversation, call, at: servedAt }],
      );
      const line = {
        waiters: all.filter(({ servedAt, latestAt }) => servedAt === undefined && latestAt >= at),
        served: served.sort((a, b) => a.at - b.at),
      };
      return windowOfLine({ lastSentAt, coolDownUntil, line }, policy, at);
    },
    async write(state, version, taken = []) {
      if (String(state.lastSentAt) === version) return version;
      if (version !== String(lastSentAt) || isCoolingDown(coolDownUntil, state.lastSentAt)) return undefined;
      lastSentAt = state.lastSentAt;
      for (const waiter of taken) serve(waiter, lastSentAt);
      return String(lastSentAt);
    },
    async postpone(from, to) {
      if (lastSentAt !== from || isCoolingDown(coolDownUntil, to)) return false;
      lastSentAt = to;
      return true;
    },
    async coolDown(until) {
      coolDownUntil = isCoolingDown(coolDownUntil, until) ? coolDownUntil : until;
    },
    line: {
      async stand({ id, lane, key, conversation, enteredAt, latestAt, call }) {
        rows.set(id, { id, lane, key, conversation, enteredAt, latestAt, call, servedAt: undefined });
      },
      async leave(id) {
        if (rows.get(id)?.servedAt === undefined) rows.delete(id);
      },
    },
  };
}
