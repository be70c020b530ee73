/** The broker in workerd over a D1 and a rate limiter of its own, as `wrangler dev` runs it. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import type { D1Database } from '../../src/platform.ts';
import { COMPATIBILITY_DATE, CRON, LIMITER_BINDING, LIMITER_CLASS } from './wranglerToml.ts';

const ROOT = new URL('../../', import.meta.url);
const MIGRATIONS = new URL('migrations/', ROOT);
const read = (path: string, base: URL): string => readFileSync(new URL(path, base), 'utf8');

/** Names of the migrations, in order. */
export const MIGRATION_NAMES: readonly string[] = readdirSync(MIGRATIONS).sort();

const LIMITER = { className: LIMITER_CLASS, useSQLite: true };
const SHARED_LIMITER = { [LIMITER_BINDING]: { ...LIMITER, scriptName: 'broker' } };

let bundled: Promise<string> | undefined;

/** The Worker as one file, made as wrangler makes it. */
function bundle(): Promise<string> {
  bundled ??= build({
    entryPoints: [fileURLToPath(new URL('src/worker.ts', ROOT))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*'],
  }).then(({ outputFiles: [file] }) => file?.text ?? '');
  return bundled;
}

interface Given {
  /** Variables and secrets. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the database outlives this process; a temporary place without. */
  readonly directory?: string;
  /** A free one without. */
  readonly port?: number;
  /** What the binding `DISCOGS_EGRESS` does. */
  readonly egress?: string;
  /** Another Worker in the broker's place, as a module. */
  readonly worker?: string;
  /** A second isolate over the same database, with the same rate limiter or without a binding to any. */
  readonly twin?: boolean | 'without limiter';
}

export interface Workerd {
  /** Without a slash at the end. */
  readonly url: string;
  /** Of the second isolate; the same as `url` where there is none. */
  readonly twinUrl: string;
  readonly database: D1Database;
  /** Lines that the Worker has logged. */
  readonly log: readonly string[];
  /** The cron event. Resolves when the handler and what it gave to `waitUntil` have ended. */
  scheduled(): Promise<void>;
  /** Kills workerd. */
  kill(): Promise<void>;
}

/** Runs statements one by one, as `wrangler d1 migrations apply` does. */
export async function execute(database: D1Database, sql: string): Promise<void> {
  const statements = sql.replace(/^--.*$/gm, '').split(';');
  for (const statement of statements) {
    if (statement.trim() !== '') await database.prepare(statement).all();
  }
}

/** Applies migrations by name; all without. */
export async function migrate(database: D1Database, names = MIGRATION_NAMES): Promise<void> {
  for (const name of names) await execute(database, read(name, MIGRATIONS));
}

/** Starts workerd with an empty database, or with the one in `directory`; tables are up to the caller. */
export async function startWorkerd({
  environment = {},
  directory,
  port,
  egress,
  worker,
  twin = false,
}: Given = {}): Promise<Workerd> {
  const log: string[] = [];
  const broker = {
    name: 'broker',
    modules: [{ type: 'ESModule' as const, path: 'worker.mjs', contents: worker ?? (await bundle()) }],
    compatibilityDate: COMPATIBILITY_DATE,
    d1Databases: { DB: 'broker-test' },
    bindings: { ...environment },
    ...(worker === undefined ? { durableObjects: { [LIMITER_BINDING]: LIMITER } } : {}),
    // Behind miniflare's own door a Worker never learns that a client has left.
    unsafeDirectSockets: [{ host: '127.0.0.1', port: port ?? 0 }],
    ...(egress === undefined ? {} : { serviceBindings: { DISCOGS_EGRESS: 'egress' } }),
  };
  const way = {
    name: 'egress',
    modules: [{ type: 'ESModule' as const, path: 'egress.mjs', contents: egress ?? '' }],
    compatibilityDate: COMPATIBILITY_DATE,
  };
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      workers: [
        broker,
        ...(egress === undefined ? [] : [way]),
        ...(twin ? [{ ...broker, name: 'twin', durableObjects: twin === true ? SHARED_LIMITER : {} }] : []),
      ],
      cf: false,
      unsafeTriggerHandlers: true,
      telemetry: { enabled: false },
      handleStructuredLogs: ({ message }) => void log.push(message),
      ...(directory === undefined ? {} : { resourcePersistencePath: directory }),
    }),
  );
  const { origin: ownDoor } = await miniflare.ready;
  return {
    url: (await miniflare.unsafeGetDirectURL('broker')).origin,
    twinUrl: (await miniflare.unsafeGetDirectURL(twin ? 'twin' : 'broker')).origin,
    database: await miniflare.getD1Database('DB', 'broker'),
    log,
    scheduled: async () => {
      const { status } = await fetch(`${ownDoor}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(CRON)}`);
      if (status !== 200) throw new Error(`the cron event ended with ${status}`);
    },
    kill: () => miniflare.dispose(),
  };
}
