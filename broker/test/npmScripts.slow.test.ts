import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { app, ask, browser } from './support/client.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let checkout: string;

/** The parts of the repository that the broker needs, so that nobody's `.dev.vars` and database take part. */
beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'discogs-agent-broker-'));
  const isOwn = (path: string): boolean => !/[\\/](\.wrangler|\.dev\.vars|dist)$/.test(path);
  for (const name of ['package.json', 'tsconfig.base.json', 'broker', 'core', 'sandbox', 'scripts']) {
    await cp(join(ROOT, name), join(checkout, name), { recursive: true, filter: isOwn });
  }
  await symlink(join(ROOT, 'node_modules'), join(checkout, 'node_modules'), 'junction');
});
afterAll(() => rm(checkout, { recursive: true, force: true, maxRetries: 5 }));

/** Runs what the npm script `name` runs. */
function script(name: string, ...args: string[]): { child: ChildProcess; said: () => string } {
  const child = spawn(
    process.execPath,
    [join(checkout, 'scripts/run.mjs'), `../broker/scripts/${name}`, ...args],
    { cwd: join(checkout, 'broker'), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (text += String(data)));
  return { child, said: () => text };
}

async function finished(name: string, ...args: string[]): Promise<{ code: unknown; text: string }> {
  const { child, said } = script(name, ...args);
  const [code] = await once(child, 'close');
  return { code, text: said() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function ready(url: string, isAlive: () => boolean): Promise<void> {
  for (let look = 0; look < 900 && isAlive(); look += 1) {
    if ((await fetch(`${url}/v1/health`).catch(() => undefined))?.ok) return;
    await pause(100);
  }
  throw new Error('the Worker did not start');
}

describe('the npm scripts of the broker', () => {
  it('serve the whole smoke of the README against the sandbox, from a database without tables', async () => {
    const port = await freePort();
    const { child, said } = script(
      'dev',
      '--port',
      String(port),
      '--inspector-port',
      String(await freePort()),
    );
    const url = `http://127.0.0.1:${port}`;
    try {
      await ready(url, () => child.exitCode === null);
      expect(said()).toContain('No .dev.vars: the broker uses the sandbox');
      expect(said()).toMatch(/0001_\w+\.sql/);
      expect((await ask(`${url}/v1/health`)).json).toMatchObject({
        discogs_auth: { configured: true },
        search_cache_ttl_seconds: 604_800,
      });
      const client = app(url, '<BROKER_CLIENT_TOKEN_IF_ENABLED>');
      const pair = await client.start();
      expect(pair.auth_url).toContain(`${url}/v1/discogs/oauth/link?device_id=`);
      expect((await browser.signIn(pair.auth_url)).text).toContain('Discogs account: crate_digger');
      expect((await client.status(pair)).json).toEqual({ status: 'authorized', expires_at: pair.expires_at });
      const { json } = await client.finalize(pair);
      const search = () =>
        client.search(String(json?.['session_token']), { artist: 'Daft Punk', title: 'One More Time' });
      for (const hit of [false, true]) {
        expect((await search()).json).toMatchObject({
          result: { title: 'Daft Punk - One More Time', fuzzy_match: false },
          match_quality: 'exact',
          cache_hit: hit,
        });
      }
    } finally {
      child.kill('SIGINT');
      if (child.exitCode === null) await once(child, 'close');
    }
    expect(child.exitCode).toBe(0);
    await expect(fetch(`${url}/v1/health`)).rejects.toThrow();
    const migrated = await finished('migrate', 'local');
    expect([migrated.code, migrated.text]).toEqual([0, expect.stringContaining('No migrations to apply')]);
  }, 120_000);

  it('refuse a number that would be read as another one', async () => {
    const path = join(checkout, 'broker/.dev.vars');
    await writeFile(path, 'SEARCH_CACHE_TTL_SECONDS=abc\n');
    const { code, text } = await finished('dev');
    await rm(path);
    expect([code, text]).toEqual([
      1,
      expect.stringContaining('SEARCH_CACHE_TTL_SECONDS must be a whole number of seconds from 1 to 2592000'),
    ]);
  });

  it('build for a deployment without a login, and refuse one without a database', async () => {
    const built = await finished('deploy', '--dry-run');
    expect([built.code, built.text]).toEqual([0, expect.stringContaining('--dry-run: exiting now')]);
    expect(built.text).not.toMatch(/warning/i);
    const refused = await finished('deploy');
    expect([refused.code, refused.text]).toEqual([1, expect.stringContaining('d1 create record-broker')]);
  }, 60_000);
});
