import { type Sandbox, startSandbox } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { variables } from './support/brokerHere.ts';
import { app, browser } from './support/client.ts';
import { execute, MIGRATION_NAMES, migrate, startWorkerd, type Workerd } from './support/workerd.ts';

/** The tables as the original makes them. */
const ORIGINAL_TABLES = `
  CREATE TABLE device_sessions (
    device_id TEXT PRIMARY KEY, pending_token TEXT NOT NULL, status TEXT NOT NULL,
    poll_interval_seconds INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, authorized_at INTEGER, oauth_access_token TEXT, oauth_access_token_secret TEXT,
    oauth_identity TEXT, session_token_hash TEXT, session_expires_at INTEGER, finalized_at INTEGER);
  CREATE INDEX idx_device_sessions_pending ON device_sessions (device_id, pending_token);
  CREATE INDEX idx_device_sessions_session_hash ON device_sessions (session_token_hash);
  CREATE TABLE oauth_request_tokens (
    oauth_token TEXT PRIMARY KEY, oauth_token_secret TEXT NOT NULL, device_id TEXT NOT NULL,
    pending_token TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL);
  CREATE INDEX idx_oauth_request_tokens_device ON oauth_request_tokens (device_id, pending_token);
  CREATE TABLE discogs_search_cache (
    cache_key TEXT PRIMARY KEY, response_json TEXT NOT NULL, cached_at INTEGER NOT NULL, expires_at INTEGER NOT NULL);
  CREATE INDEX idx_discogs_search_cache_expiry ON discogs_search_cache (expires_at);
  CREATE TABLE rate_limit_state (bucket TEXT PRIMARY KEY, last_request_at_ms INTEGER NOT NULL)`;

/** A session of the original: this pair and credential give this token. */
const OLD_SESSION = {
  pair: { device_id: 'device-finalized', pending_token: 'pending-finalized' },
  token: 'ce94a8c8beb793b1b1d0239a4864c5027bf9b72f96ace94cff388ab703120d73cf2102b31ede202ceae565067c916c07',
  hash: 'c04ab58b4d49344f97ea66ce116f0138e031d6af2e9f8b69640cfb7f7a52f4fc',
};
const NOW = Math.floor(Date.now() / 1000);
const PAYLOAD = {
  result: {
    title: 'Recovery Artist - Cached',
    year: '1999',
    label: 'Label',
    genres: ['Electronic'],
    styles: [],
    url: 'https://www.discogs.com/release/1',
    fuzzy_match: false,
  },
  match_quality: 'exact',
  cache_hit: false,
};
const CACHED = `INSERT INTO discogs_search_cache
  VALUES ('recovery artist|cached|', '${JSON.stringify(PAYLOAD)}', ${NOW - 60}, ${NOW + 600})`;
const ORIGINAL_ROWS = `
  INSERT INTO device_sessions VALUES ('device-finalized', 'replaced', 'finalized', 5, ${NOW - 1000}, ${NOW - 200},
    ${NOW - 100}, ${NOW - 250}, 'oauth-access-token', 'oauth-access-secret', 'somebody', '${OLD_SESSION.hash}',
    ${NOW + 100_000}, ${NOW - 200});
  INSERT INTO device_sessions VALUES ('device-pending', 'pending-pending', 'pending', 5, ${NOW - 60}, ${NOW - 60},
    ${NOW + 840}, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
  ${CACHED};
  INSERT INTO rate_limit_state VALUES ('discogs-api-global', ${(NOW - 60) * 1000})`;

let sandbox: Sandbox;
let workerd: Workerd;
let client: ReturnType<typeof app>;

beforeAll(async () => {
  sandbox = await startSandbox();
  workerd = await startWorkerd({ environment: variables(sandbox) });
  await execute(workerd.database, ORIGINAL_TABLES);
  await execute(workerd.database, ORIGINAL_ROWS);
  await migrate(workerd.database);
  client = app(workerd.url);
});
afterAll(async () => void (await Promise.all([workerd.kill(), sandbox.close()])));

describe('a database of the original, taken over by the migrations,', () => {
  it('can be migrated again, but for the column that wrangler adds once', async () => {
    for (const name of MIGRATION_NAMES) {
      const again = migrate(workerd.database, [name]);
      if (name.startsWith('0005')) await expect(again).rejects.toThrow('duplicate column name: linked_by');
      else await again;
    }
  });

  it('keeps its users signed in, with the same token for a lost reply', async () => {
    const { status, json } = await client.finalize(OLD_SESSION.pair);
    expect([status, json]).toEqual([200, { session_token: OLD_SESSION.token, expires_at: NOW + 100_000 }]);
  });

  it('seals the secret that stood there in the open', async () => {
    const { results } = await workerd.database
      .prepare(
        "SELECT oauth_access_token_secret AS secret FROM device_sessions WHERE device_id = 'device-finalized'",
      )
      .all();
    expect(JSON.stringify(results)).toContain('"enc:v1:');
  });

  it("forgets what the original's rule has matched, and keeps to its table", async () => {
    const rows = async () =>
      (await workerd.database.prepare('SELECT COUNT(*) AS rows FROM discogs_search_cache').all()).results;
    expect(await rows()).toEqual([{ rows: 0 }]);
    await execute(workerd.database, CACHED);
    const { json } = await client.search(OLD_SESSION.token, { artist: 'Recovery Artist', title: 'Cached' });
    expect(json).toEqual({ ...PAYLOAD, cache_hit: true });
  });

  it('goes on with a sign-in that the original began', async () => {
    const pair = { device_id: 'device-pending', pending_token: 'pending-pending' };
    const query = `device_id=${pair.device_id}&pending_token=${pair.pending_token}`;
    const page = await browser.signIn(`${workerd.url}/v1/discogs/oauth/link?${query}`);
    expect(page.text).toContain('Discogs linked');
    const { json } = await client.finalize(pair);
    expect((await client.search(String(json?.['session_token']))).status).toBe(200);
  });
});
