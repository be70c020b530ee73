/** nginx as a process. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Child } from '../processes/child.ts';
import { listen } from '../processes/listen.ts';
import { pinned } from '../processes/pinning.ts';
import { cpuMicros } from '../processes/procStat.ts';
import {
  type CachingOptions,
  cachingServers,
  type NginxPorts,
  nginxConfiguration,
} from './nginxConfiguration.ts';

/** `1.22.1`, or undefined where nginx is not installed. */
export function nginxVersion(): string | undefined {
  const { stderr } = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
  return /nginx\/(\S+)/.exec(stderr ?? '')?.[1];
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}

/** Starts nginx on a free port, with everything that it writes in `directory`, an existing folder of its own. */
export async function startNginx(
  directory: string,
  core: string | undefined,
  servers: (ports: NginxPorts) => string,
): Promise<Child> {
  // Both at once, so that they differ.
  const [port, innerPort] = await Promise.all([freePort(), freePort()]);
  const path = join(directory, 'nginx.conf');
  await writeFile(path, nginxConfiguration(directory, servers({ port, innerPort })));
  const [command, args] = pinned(core, 'nginx', ['-p', directory, '-e', 'stderr', '-c', path]);
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  const { pid } = child;
  if (pid === undefined) throw new Error('nginx does not start');
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  };
  for (let attempt = 0; !(await answers(port)); attempt += 1) {
    if (attempt > 50 || child.exitCode !== null) {
      await stop();
      throw new Error('nginx does not answer');
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { port, figure: async () => cpuMicros(pid), stop };
}

/** Starts nginx as a cache, with an empty folder of its own inside `scratch`. */
export async function startCachingNginx(
  scratch: string,
  core: string | undefined,
  options: CachingOptions,
): Promise<Child> {
  const directory = await mkdtemp(join(scratch, 'nginx-'));
  return startNginx(directory, core, cachingServers(directory, options));
}
