/** Table `broker_throttle`. */
import type { ThrottleStore } from '@discogs-agent/core/broker';
import { changes, first, type Run } from './primary.ts';
import { readThrottleCount } from './rows.ts';

export function d1Throttle(run: Run): ThrottleStore {
  return {
    hit: async (bucket, now, windowSeconds) =>
      readThrottleCount(
        await first(
          run(
            `INSERT INTO broker_throttle (bucket, hits, resets_at) VALUES (?1, 1, ?2 + ?3)
           ON CONFLICT (bucket) DO UPDATE SET
             hits = CASE WHEN resets_at <= ?2 THEN 1 ELSE hits + 1 END,
             resets_at = CASE WHEN resets_at <= ?2 THEN ?2 + ?3 ELSE resets_at END
           RETURNING hits, resets_at`,
            bucket,
            now,
            windowSeconds,
          ),
        ),
      ),
    prune: (now) => changes(run('DELETE FROM broker_throttle WHERE resets_at <= ?1', now)),
  };
}
