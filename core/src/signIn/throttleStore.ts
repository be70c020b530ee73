/** Counters of how often something was begun, in a store. All times are Unix seconds. */

/** A counter after a hit. */
export interface ThrottleCount {
  /** Hits in this window, the last one included. */
  readonly hits: number;
  readonly resetsAt: number;
}

/** Table `broker_throttle (bucket TEXT PRIMARY KEY, hits INTEGER NOT NULL, resets_at INTEGER NOT NULL)`. */
export interface ThrottleStore {
  /**
   * `INSERT … VALUES (:bucket, 1, :now + :window) ON CONFLICT (bucket) DO UPDATE SET hits = 1, resets_at = :now + :window`
   * where the row's window is over or ends more than two windows from now (its clock was ahead), else `hits = hits + 1`;
   * `RETURNING hits, resets_at`. No hit is lost.
   */
  hit(bucket: string, now: number, windowSeconds: number): Promise<ThrottleCount>;

  /** Takes a hit back: `UPDATE … SET hits = hits - 1 WHERE bucket = ? AND resets_at = ? AND hits > 0`. */
  release(bucket: string, resetsAt: number): Promise<void>;

  /** `DELETE … WHERE resets_at <= :before`. The number of rows removed. */
  prune(before: number): Promise<number>;
}
