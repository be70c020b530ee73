/** The search cache in D1: the original's table for the answers, one of our own for who is asking. */
import { NO_ENTRY, type SharedStore } from '@discogs-agent/core/broker';
import * as z from 'zod/mini';
import { countedD1, type D1 } from './database.ts';

const READ = `
  SELECT c.response_json AS json, c.cached_at AS cached, l.version AS version, l.leased_until_ms AS leased
  FROM (SELECT ?1 AS name) AS wanted
  LEFT JOIN discogs_search_cache c ON c.cache_key = wanted.name AND c.expires_at > ?2
  LEFT JOIN broker_leases l ON l.name = wanted.name`;

const LEASE_NEW =
  'INSERT INTO broker_leases (name, version, leased_until_ms) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO NOTHING';
const LEASE = 'UPDATE broker_leases SET version = ?2, leased_until_ms = ?3 WHERE name = ?1 AND version = ?4';

const PUT = `
  INSERT INTO discogs_search_cache (cache_key, response_json, cached_at, expires_at) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (cache_key) DO UPDATE SET response_json = excluded.response_json, cached_at = excluded.cached_at,
    expires_at = excluded.expires_at`;
const END_LEASE = `
  INSERT INTO broker_leases (name, version, leased_until_ms) VALUES (?1, ?2, ?3)
  ON CONFLICT (name) DO UPDATE SET version = excluded.version, leased_until_ms = excluded.leased_until_ms`;

/** What is further in the future was written by a clock that was ahead. Leases are of seconds. */
const FARTHEST_MS = 60_000;
/** Of the 40 that a request may use, four are for the session. */
const QUERIES = 36;
/** A lease or its renewal, and the answer or the end of the lease: looking leaves room for them. */
const END_QUERIES = 8;
/** The original's limit for a stored payload. */
const MAX_BYTES = 64 * 1024;

const row = z.object({
  json: z.nullable(z.string()),
  cached: z.nullable(z.number()),
  version: z.nullable(z.string()),
  leased: z.nullable(z.number()),
});

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The cache for one request, which may ask so much of the database. `cacheSeconds` holds where a write does not say. */
export function d1SearchCache(
  openDatabase: () => D1,
  cacheSeconds: number,
  now: () => number,
  newId: () => string,
): SharedStore {
  const database = countedD1(openDatabase, QUERIES, END_QUERIES);
  const seconds = (): number => Math.floor(now() / 1000);
  return {
    kind: 'd1',
    maxBytes: MAX_BYTES,
    async read(name) {
      const [first] = await database.look(READ, name, seconds());
      const { json, cached, version, leased } = z.parse(row, first);
      const [cachedAt, leasedUntil, at] = [(cached ?? 0) * 1000, leased ?? 0, now()];
      return {
        bytes: json === null || cachedAt > at + FARTHEST_MS ? undefined : encoder.encode(json),
        ageMs: Math.max(0, at - cachedAt),
        leased: leasedUntil > at && leasedUntil <= at + FARTHEST_MS,
        version: version ?? NO_ENTRY,
      };
    },
    async lease(name, version, ms) {
      const next = newId();
      const until = now() + ms;
      const changes =
        version === NO_ENTRY
          ? await database.change(LEASE_NEW, name, next, until)
          : await database.change(LEASE, name, next, until, version);
      return changes === 1 ? next : undefined;
    },
    async put(name, bytes, keepMs = cacheSeconds * 1000) {
      const at = seconds();
      await database.changeAll([
        [PUT, name, decoder.decode(bytes), at, at + Math.floor(keepMs / 1000)],
        [END_LEASE, name, newId(), now()],
      ]);
    },
    async release(name, version) {
      await database.change(LEASE, name, newId(), now(), version);
    },
  };
}
