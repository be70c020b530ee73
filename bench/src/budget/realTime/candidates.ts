/** What answers look-ups over HTTP: processes that start with nothing in their caches. */
import { SANDBOX_TOKEN } from '@discogs-agent/sandbox';
import { startTinyTables } from '../../../../az-function/test/support/tinyTables.ts';
import type { Apps } from '../../apps.ts';
import { nginxVersion, startCachingNginx } from '../../candidates/nginx.ts';
import { gatewayEnvironment } from '../../forwarding/candidates.ts';
import { type Child, startChild } from '../../processes/child.ts';

/** A running candidate. */
export interface Served {
  /** Requests are dealt to them in turn. */
  readonly ports: readonly number[];
  stop(): Promise<void>;
}

/** One row of the table. */
export interface RealCandidate {
  readonly title: string;
  start(discogsPort: number): Promise<Served>;
}

/**
 * A little under Discogs' 60, because timers are late. So many wait as come up in half a minute, which is as long as
 * this gateway lets a caller wait.
 */
const LIMIT = { callsPerMinute: 59, waiting: 29 };

const served = (children: readonly Child[], close: () => Promise<void> = async () => {}): Served => ({
  ports: children.map(({ port }) => port),
  stop: async () => {
    await Promise.all(children.map((child) => child.stop()));
    await close();
  },
});

function gatewayProcesses(
  apps: Apps,
  discogsPort: number,
  count: number,
  state: Readonly<Record<string, string>>,
): Promise<readonly Child[]> {
  const environment = { ...gatewayEnvironment(discogsPort), DISCOGS_TOKEN: SANDBOX_TOKEN, ...state };
  const script = apps.script('functionsHost');
  const start = (): Promise<Child> =>
    startChild({ script, args: [apps.gateway], environment, core: undefined });
  return Promise.all(Array.from({ length: count }, start));
}

/** Processes that share their window and their answers through a stand-in of Azure Tables. */
async function severalGateways(apps: Apps, discogsPort: number, count: number): Promise<Served> {
  const tables = await startTinyTables();
  const state = { STATE_STORE: 'tables', STATE_CONNECTION_STRING: tables.connectionString };
  return served(await gatewayProcesses(apps, discogsPort, count, state), tables.close);
}

async function forwarder(apps: Apps, name: 'passThrough' | 'undiciCache', port: number): Promise<Served> {
  const environment = { UPSTREAM: `http://127.0.0.1:${port}`, DISCOGS_TOKEN: SANDBOX_TOKEN };
  return served([await startChild({ script: apps.script(name), environment, core: undefined })]);
}

const cachingNginx = async (apps: Apps, upstreamPort: number): Promise<Served> =>
  served([
    await startCachingNginx(apps.scratch, undefined, { upstreamPort, token: SANDBOX_TOKEN, ...LIMIT }),
  ]);

/** All that can run here; nginx where it is installed. */
export const realCandidates = (apps: Apps): readonly RealCandidate[] => [
  {
    title: 'this gateway, 1 process',
    start: async (port) => served(await gatewayProcesses(apps, port, 1, {})),
  },
  { title: 'this gateway, 4 processes', start: (port) => severalGateways(apps, port, 4) },
  { title: 'pass-through', start: (port) => forwarder(apps, 'passThrough', port) },
  { title: 'undici `cache` and `deduplicate`', start: (port) => forwarder(apps, 'undiciCache', port) },
  ...(nginxVersion() === undefined
    ? []
    : [
        {
          title: 'nginx `proxy_cache` with lock, `limit_req`',
          start: (port: number) => cachingNginx(apps, port),
        },
      ]),
];
