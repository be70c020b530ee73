/** The candidates of part A, each a process of its own. */
import { join } from 'node:path';
import type { Apps } from '../apps.ts';
import { nginxVersion, startNginx } from '../candidates/nginx.ts';
import { forwardingServers } from '../candidates/nginxConfiguration.ts';
import { API_KEY } from '../load/runLoad.ts';
import { type Child, startChild } from '../processes/child.ts';

/** One design beside others. */
export interface Candidate {
  readonly id: 'gateway' | 'earlier' | 'bare' | 'passThrough' | 'nginx';
  readonly label: string;
  /** Whether it asks the upstream at all. */
  readonly forwards: boolean;
  start(): Promise<Child>;
}

/** What starting them takes. */
export interface CandidateOptions {
  readonly apps: Apps;
  readonly upstreamPort: number;
  readonly core: string | undefined;
  /** Folder for CPU profiles. */
  readonly profile: string | undefined;
}

/** The gateway's configuration: a token, one key, the stand-in for Discogs. */
export const gatewayEnvironment = (upstreamPort: number): Record<string, string> => ({
  DISCOGS_API_BASE_URL: `http://127.0.0.1:${upstreamPort}`,
  DISCOGS_TOKEN: 'benchmark',
  X_API_KEY: API_KEY,
});

/** All candidates that can run here. */
export function candidates({ apps, upstreamPort, core, profile }: CandidateOptions): readonly Candidate[] {
  const flags = (id: string): string[] =>
    profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(profile, id)}`];
  const host = (id: string, app: string): Promise<Child> =>
    startChild({
      script: apps.script('functionsHost'),
      args: [app],
      nodeFlags: flags(id),
      environment: gatewayEnvironment(upstreamPort),
      core,
    });
  const { earlier } = apps;
  const all: Candidate[] = [
    {
      id: 'gateway',
      label: 'the gateway, a miss',
      forwards: true,
      start: () => host('gateway', apps.gateway),
    },
    ...(earlier === undefined
      ? []
      : [
          {
            id: 'earlier' as const,
            label: 'the gateway of the other checkout, a miss',
            forwards: true,
            start: () => host('earlier', earlier),
          },
        ]),
    {
      id: 'bare',
      label: 'bare `@azure/functions` objects, no upstream',
      forwards: false,
      start: () => host('bare', apps.bare),
    },
    {
      id: 'passThrough',
      label: '(d) node:http + undici `Pool.request` + pipe',
      forwards: true,
      start: () =>
        startChild({
          script: apps.script('passThrough'),
          nodeFlags: flags('passThrough'),
          environment: { UPSTREAM: `http://127.0.0.1:${upstreamPort}`, DISCOGS_TOKEN: 'benchmark' },
          core,
        }),
    },
  ];
  if (nginxVersion() === undefined) return all;
  const start = (): Promise<Child> => startNginx(apps.scratch, core, forwardingServers(upstreamPort));
  return [...all, { id: 'nginx', label: 'nginx `proxy_pass`, keep-alive', forwards: true, start }];
}
