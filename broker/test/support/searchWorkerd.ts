/** Two isolates of the search in the real runtime, over one real D1, and a Discogs on this machine. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import type { D1 } from '../../src/d1/database.ts';
import { sendAndLeave } from './leave.ts';
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

/** What the stand-in was asked, and what it says. */
export interface LocalDiscogs {
  readonly sends: { readonly at: number; readonly path: string; readonly authorization: string }[];
  answer: (path: string) => { readonly status: number; readonly headers?: Record<string, string> };
  tookMs: number;
}

/** Listens on 127.0.0.1 and finds every record that it is asked for. */
async function localDiscogs() {
  const discogs: LocalDiscogs = { sends: [], answer: () => ({ status: 200 }), tookMs: 30 };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    discogs.sends.push({ at: Date.now(), path, authorization: request.headers.authorization ?? '' });
    const { status, headers = {} } = discogs.answer(path);
    const query = new URL(path, 'http://discogs.example').searchParams;
    const title = `${query.get('artist')} - ${query.get('track')}`;
    setTimeout(() => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify({ results: [{ title, year: '1999', uri: '/release/1' }] }));
    }, discogs.tookMs);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { discogs, url: `http://127.0.0.1:${port}`, close };
}

/** The database as a test sees it. */
export interface TestDatabase extends D1 {
  exec(sql: string): Promise<unknown>;
}

/** A search as a client sees it. */
export interface Reply {
  readonly kind: string;
  readonly payload?: { readonly cache_hit: boolean; readonly result: { readonly title: string } | null };
  readonly retryAfterSeconds?: number;
  readonly tookMs: number;
}

/** Starts everything. `isolates` share one database. */
export async function searchWorkerd({ intervalMs = 110, deadlineMs = 25_000 } = {}) {
  const upstream = await localDiscogs();
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
