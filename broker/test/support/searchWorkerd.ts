/** Two isolates of the search in the real runtime, over one real D1, and a Discogs on this machine. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import type { D1Database } from '../../src/platform.ts';
import { sendAndLeave } from './leave.ts';
import { type DiscogsHere, localDiscogs } from './localDiscogs.ts';
import { COMPATIBILITY_DATE } from './wranglerToml.ts';

const MIGRATIONS = new URL('../../migrations/', import.meta.url);

/** The statements of all migrations, in order. */
export function migrations(): string[] {
  return readdirSync(MIGRATIONS)
    .sort()
    .flatMap((name) =>
      readFileSync(new URL(name, MIGRATIONS), 'utf8')
        .replace(/^--.*$/gm, '')
        .split(';'),
    )
    .map((statement) => statement.replaceAll(/\s+/g, ' ').trim())
    .filter((statement) => statement !== '');
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./searchWorker.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    external: ['cloudflare:workers'],
  });
  return outputFiles[0]?.text ?? '';
}

/** The database as a test sees it. */
export interface TestDatabase extends D1Database {
  exec(sql: string): Promise<unknown>;
}

/** A search as a client sees it. */
export interface Reply {
  readonly kind: string;
  readonly payload?: { readonly cache_hit: boolean; readonly result: { readonly title: string } | null };
  readonly retryAfterSeconds?: number;
  readonly tookMs: number;
}

/** Starts everything. The isolates share one database. */
export async function searchWorkerd({
  intervalMs = 110,
  deadlineMs = 25_000,
  startDiscogs = (): Promise<DiscogsHere> => localDiscogs(),
} = {}) {
  const upstream = await startDiscogs();
  const contents = await bundle();
  const names = ['one', 'two'] as const;
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      log: new Log(LogLevel.ERROR),
      cf: false,
      telemetry: { enabled: false },
      workers: names.map((name) => ({
        name,
        modules: [{ type: 'ESModule' as const, path: 'worker.mjs', contents }],
        compatibilityDate: COMPATIBILITY_DATE,
        d1Databases: { DB: 'shared' },
        bindings: { UPSTREAM: upstream.url, INTERVAL_MS: intervalMs, DEADLINE_MS: deadlineMs },
        unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      })),
    }),
  );
  await runtime.ready;
  const database: TestDatabase = await runtime.getD1Database('DB', 'one');
  for (const statement of migrations()) await database.exec(statement);
  const urls = await Promise.all(names.map((name) => runtime.unsafeGetDirectURL(name)));

  const address = (isolate: number, target: string) => new URL(target, urls[isolate % urls.length]);
  const wish = (session: string, title: string) => `/?${new URLSearchParams({ session, title })}`;

  async function get(isolate: number, target: string): Promise<unknown> {
    const response = await fetch(address(isolate, target));
    return response.json();
  }

  async function search(isolate: number, session: string, title: string): Promise<Reply> {
    const startedAt = Date.now();
    const reply = (await get(isolate, wish(session, title))) as Omit<Reply, 'tookMs'>;
    return { ...reply, tookMs: Date.now() - startedAt };
  }

  return {
    discogs: upstream.discogs,
    database,
    search,
    searchAndLeave: (isolate: number, session: string, title: string) =>
      sendAndLeave(address(isolate, wish(session, title)).href),
    signIn: (isolate: number) => get(isolate, '/sign-in') as Promise<{ granted: boolean; at: number }>,
    /** The most statements that one request has used. */
    async mostQueries(): Promise<number> {
      const counts = (await Promise.all(names.map((_, index) => get(index, '/counts')))) as number[][];
      return Math.max(...counts.flat());
    },
    async close() {
      await runtime.dispose();
      upstream.close();
    },
  };
}
