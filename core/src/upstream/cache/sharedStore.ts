/** Where kept answers outlive an instance and are seen by all others: a small table with a lease for each name. */

/** What a store knows under one name. */
export interface SharedEntry {
  /** The answer as `AnswerCodec` wrote it; absent while there is only a lease, or nothing. */
  readonly bytes: Uint8Array | undefined;
  /** Milliseconds since the bytes were put, by the store's own clock. */
  readonly ageMs: number;
  /** Somebody is just asking Discogs for it, and had not given that up by the store's own clock. */
  readonly leased: boolean;
  /** What a lease must name, so that two instances never hold it. */
  readonly version: string;
}

/** A shared store of answers. Every method may reject, and may take its time: `sharedCache.ts` lives with both. */
export interface SharedStore {
  /** For the log. */
  readonly kind: 'memory' | 'tables' | 'd1';
  /** Larger ones are not offered. */
  readonly maxBytes: number;
  read(name: string): Promise<SharedEntry>;
  /** Takes the lease for `ms`; undefined when the entry has changed since `version` was read. Bytes stay. */
  lease(name: string, version: string, ms: number): Promise<string | undefined>;
  /**
   * Replaces whatever is there, a lease included. After `keepMs` it is not read any more, in stores that are asked for
   * that; others have one time for all, and leave the rest to the codec.
   */
  put(name: string, bytes: Uint8Array, keepMs?: number): Promise<void>;
  /** Ends a lease that brought nothing. Bytes stay. */
  release(name: string, version: string): Promise<void>;
}

/** The version of an entry that nobody has written yet. */
export const NO_ENTRY = 'none';

/** An empty name. */
export const noEntry: SharedEntry = { bytes: undefined, ageMs: 0, leased: false, version: NO_ENTRY };

interface Row {
  bytes: Uint8Array | undefined;
  putAt: number;
  keptUntil: number;
  leasedUntil: number;
  version: number;
}

/** A store for tests and for several gateways in one process. It forgets the oldest names first. */
export function memorySharedStore(now: () => number, maxEntries = 10_000): SharedStore {
  const rows = new Map<string, Row>();
  let versions = 0;

  function write(name: string, row: Omit<Row, 'version'>): string {
    versions += 1;
    rows.delete(name);
    rows.set(name, { ...row, version: versions });
    for (const oldest of rows.keys()) {
      if (rows.size <= maxEntries) break;
      rows.delete(oldest);
    }
    return String(versions);
  }

  const isCurrent = (name: string, version: string): boolean =>
    version === String(rows.get(name)?.version ?? NO_ENTRY);

  return {
    kind: 'memory',
    maxBytes: Number.POSITIVE_INFINITY,
    async read(name) {
      const row = rows.get(name);
      if (!row) return noEntry;
      const { putAt, keptUntil, leasedUntil, version } = row;
      const bytes = keptUntil > now() ? row.bytes : undefined;
      return { bytes, ageMs: now() - putAt, leased: leasedUntil > now(), version: String(version) };
    },
    async lease(name, version, ms) {
      if (!isCurrent(name, version)) return undefined;
      const { bytes, putAt = 0, keptUntil = 0 } = rows.get(name) ?? {};
      return write(name, { bytes, putAt, keptUntil, leasedUntil: now() + ms });
    },
    async put(name, bytes, keepMs = Number.POSITIVE_INFINITY) {
      write(name, { bytes, putAt: now(), keptUntil: now() + keepMs, leasedUntil: 0 });
    },
    async release(name, version) {
      const row = rows.get(name);
      if (row && isCurrent(name, version)) write(name, { ...row, leasedUntil: 0 });
    },
  };
}
