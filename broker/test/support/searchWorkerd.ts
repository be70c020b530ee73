/** Two isolates of the search in the real runtime, over one real D1 and one rate limiter, and a Discogs on this machine. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { emptyWindow, encodeWindow } from '@discogs-agent/core';
import { brokerBudget } from '@discogs-agent/core/broker';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import type { D1Database } from '../../src/platform.ts';
import { sendAndLeave } from './leave.ts';
import { type DiscogsHere, localDiscogs } from './localDiscogs.ts';
import { COMPATIBILITY_DATE } from './wranglerToml.ts';

const MIGRATIONS = new URL('../../migrations/', import.meta.url);

/** For `evict`: nothing has been sent. */
export const UNUSED_WINDOW = encodeWindow(emptyWindow(brokerBudget(1)));

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
  /** Where the state outlives this process; a temporary place without. */
  directory = undefined as string | undefined,
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
        durableObjects: {
          RATE_LIMITER: { className: 'EvictableLimiter', useSQLite: true, scriptName: names[0] },
        },
        bindings: {
          UPSTREAM: upstream.url,
          DISCOGS_MIN_INTERVAL_MS: String(intervalMs),
          DEADLINE_MS: deadlineMs,
        },
        unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
      })),
      ...(directory === undefined ? {} : { resourcePersistencePath: directory }),
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
    /** Makes the rate limiter begin again from what it has stored, or from `stored`. */
    evict: (stored = '') => get(0, `/evict?${new URLSearchParams({ stored })}`),
    /** Takes a permit for `call` and does nothing with it. */
    hold: (isolate: number, session: string, call: string) =>
      sendAndLeave(address(isolate, `/hold?${new URLSearchParams({ session, call })}`).href),
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
