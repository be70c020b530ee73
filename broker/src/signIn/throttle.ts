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
             hits = CASE WHEN resets_at BETWEEN ?2 + 1 AND ?2 + 2 * ?3 THEN hits + 1 ELSE 1 END,
             resets_at = CASE WHEN resets_at BETWEEN ?2 + 1 AND ?2 + 2 * ?3 THEN resets_at ELSE ?2 + ?3 END
           RETURNING hits, resets_at`,
            bucket,
            now,
            windowSeconds,
          ),
        ),
      ),
    release: async (bucket, resetsAt) => {
      await run(
        'UPDATE broker_throttle SET hits = hits - 1 WHERE bucket = ?1 AND resets_at = ?2 AND hits > 0',
        bucket,
        resetsAt,
      );
    },
    prune: (before) => changes(run('DELETE FROM broker_throttle WHERE resets_at <= ?1', before)),
  };
}
