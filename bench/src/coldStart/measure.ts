/** Part B: how long until a fresh process answers, and what that costs. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Apps } from '../apps.ts';
import { BODIES, releaseId } from '../bodies.ts';
import { gatewayEnvironment } from '../forwarding/candidates.ts';
import { runLoad } from '../load/runLoad.ts';
import { numberIn } from '../processes/child.ts';
import { type OneShot, runOnce } from '../processes/oneShot.ts';

/** One start. */
export interface Start {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** What is started, in the order of the tables. */
export const START_KINDS = [
  'empty',
  'bareLoad',
  'gatewayLoad',
  'bareFirst',
  'gatewayFirst',
  'earlierFirst',
  'watchedFirst',
] as const;

export type StartKind = (typeof START_KINDS)[number];

/** None of `earlierFirst` where no other checkout takes part. */
export type Starts = Readonly<Record<StartKind, readonly Start[]>>;

/** What the starts need. */
export interface StartOptions {
  readonly apps: Apps;
  readonly upstreamPort: number;
  readonly core: string | undefined;
  readonly starts: number;
}

/**
 * As on Azure: a connection string, and the app's own identity. Nobody listens there: the SDK loads after the first
 * answer, and these processes end with it.
 */
const WATCHED = {
  APPLICATIONINSIGHTS_CONNECTION_STRING:
    'InstrumentationKey=11111111-2222-3333-4444-555555555555;IngestionEndpoint=https://127.0.0.1:1/',
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD',
} as const;

async function startOnce(shot: OneShot, nextPath: () => string): Promise<Start> {
  let wallMs = 0;
  let start: Start | undefined;
  await runOnce(shot, async (line, elapsedMs) => {
    if (typeof line === 'object' && line !== null && 'port' in line) {
      const port = numberIn(line, 'port');
      await runLoad({ port, callers: 1, limit: { calls: 1 }, nextPath, leastBytes: 1 });
      wallMs = elapsedMs();
      return;
    }
    const [cpuMs, rssMb] = [numberIn(line, 'cpuMicros') / 1000, numberIn(line, 'rssBytes') / 2 ** 20];
    start = { wallMs: elapsedMs(), cpuMs, rssMb };
  });
  if (!start) throw new Error(`${shot.script} said nothing`);
  return wallMs === 0 ? start : { ...start, wallMs };
}

/** Starts each kind `starts` times, interleaved, after one start of each that only fills the page cache. */
export async function measureStarts({ apps, upstreamPort, core, starts }: StartOptions): Promise<Starts> {
  const environment = gatewayEnvironment(upstreamPort);
  const load = (main: string): OneShot => ({
    script: apps.script('loadOnly'),
    args: [pathToFileURL(main).href],
    environment,
    core,
  });
  const first = (app: string, more: Readonly<Record<string, string>> = {}): OneShot => ({
    script: apps.script('firstAnswer'),
    args: [app],
    environment: { ...environment, ...more },
    core,
  });
  const shots: Partial<Record<StartKind, OneShot>> = {
    empty: { script: apps.script('empty'), core },
    bareLoad: load(join(apps.bare, 'main.mjs')),
    gatewayLoad: load(join(apps.gateway, 'dist', 'main.js')),
    bareFirst: first(apps.bare),
    gatewayFirst: first(apps.gateway),
    ...(apps.earlier === undefined ? {} : { earlierFirst: first(apps.earlier) }),
    watchedFirst: first(apps.gateway, WATCHED),
  };
  const results: Record<StartKind, Start[]> = {
    empty: [],
    bareLoad: [],
    gatewayLoad: [],
    bareFirst: [],
    gatewayFirst: [],
    earlierFirst: [],
    watchedFirst: [],
  };
  let index = 900_000;
  const nextPath = (): string => `/api/releases/${releaseId(BODIES[0], index++)}`;
  for (let run = 0; run <= starts; run += 1) {
    for (const kind of START_KINDS) {
      const shot = shots[kind];
      const start = shot && (await startOnce(shot, nextPath));
      if (start && run > 0) results[kind].push(start);
    }
  }
  return results;
}
