/** Table `oauth_records`: everything that the authorization server keeps, on D1. */
import type { OAuthRecord, OAuthStores, RecordStore } from '@discogs-agent/core/oauth';
import * as z from 'zod/mini';
import type { D1Database } from '../platform.ts';
import { changed, changes, first, onPrimary, type Run } from '../signIn/primary.ts';

const rowSchema = z.object({
  id: z.string(),
  owner: z.string(),
  expires_at: z.number(),
  version: z.number(),
  data: z.string(),
});

/** Each conflict is a change by somebody else. A round is two queries, and a request may use 40. */
const ROUNDS = 20;

interface Row {
  readonly record: OAuthRecord;
  readonly version: number;
}

/** Throws for anything else than a row of this table. */
function readRow(value: unknown): Row {
  const { id, owner, expires_at: expiresAt, version, data } = rowSchema.parse(value);
  return { record: { id, owner, expiresAt, data }, version };
}

function d1Records(run: Run, kind: string): RecordStore {
  async function find(id: string): Promise<Row | undefined> {
    const row = await first(run('SELECT * FROM oauth_records WHERE kind = ?1 AND id = ?2', kind, id));
    return row === null ? undefined : readRow(row);
  }

  const replace = ({ version }: Row, { id, owner, expiresAt, data }: OAuthRecord): Promise<boolean> =>
    changed(
      run(
        `UPDATE oauth_records SET owner = ?4, expires_at = ?5, data = ?6, version = version + 1
         WHERE kind = ?1 AND id = ?2 AND version = ?3`,
        kind,
        id,
        version,
        owner,
        expiresAt,
        data,
      ),
    );

  return {
    async insert({ id, owner, expiresAt, data }) {
      await run(
        'INSERT INTO oauth_records (kind, id, owner, expires_at, version, data) VALUES (?1, ?2, ?3, ?4, 1, ?5)',
        kind,
        id,
        owner,
        expiresAt,
        data,
      );
    },
    get: async (id) => (await find(id))?.record ?? null,
    async change(id, decide) {
      for (let round = 0; round < ROUNDS; round += 1) {
        const row = await find(id);
        const next = row && decide(row.record);
        if (!row || !next) return false;
        if (await replace(row, next)) return true;
      }
      throw new Error('a row of the authorization server keeps changing');
    },
    async take(id) {
      const row = await first(
        run('DELETE FROM oauth_records WHERE kind = ?1 AND id = ?2 RETURNING *', kind, id),
      );
      return row === null ? null : readRow(row).record;
    },
    async ownedBy(owner, limit) {
      const { results } = await run(
        'SELECT * FROM oauth_records WHERE kind = ?1 AND owner = ?2 LIMIT ?3',
        kind,
        owner,
        limit,
      );
      return results.map((row) => readRow(row).record);
    },
    prune: (before) =>
      changes(run('DELETE FROM oauth_records WHERE kind = ?1 AND expires_at <= ?2', kind, before)),
  };
}

/** Stores over a migrated database. */
export function d1OAuthStores(database: D1Database): OAuthStores {
  const run = onPrimary(database);
  return {
    requests: d1Records(run, 'request'),
    grants: d1Records(run, 'grant'),
    clients: d1Records(run, 'client'),
  };
}
