/** Table `broker_prune_runs`. */
import type { PruneRunStore } from '@discogs-agent/core/broker';
import { first, type Run } from './primary.ts';
import { readPruneRun } from './rows.ts';

/** The one row's key. */
const NAME = 'last';

export function d1PruneRuns(run: Run): PruneRunStore {
  return {
    last: async () => {
      const row = await first(run('SELECT ran_at FROM broker_prune_runs WHERE name = ?1', NAME));
      return row === null ? null : readPruneRun(row);
    },
    record: async (now) => {
      await run(
        `INSERT INTO broker_prune_runs (name, ran_at) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET ran_at = excluded.ran_at`,
        NAME,
        now,
      );
    },
  };
}
