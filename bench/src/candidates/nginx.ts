/** nginx as a candidate: the floor for any process that forwards. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Child } from '../processes/child.ts';
import { listen } from '../processes/listen.ts';
import { pinned } from '../processes/pinning.ts';
import { cpuMicros } from '../processes/procStat.ts';

/** `1.22.1`, or undefined where nginx is not installed. */
export function nginxVersion(): string | undefined {
  const { stderr } = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
  return /nginx\/(\S+)/.exec(stderr ?? '')?.[1];
}

/** One process and no logs; both sides keep their connections for the whole run. */
function configuration(directory: string, port: number, upstreamPort: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${directory}/${kind};`)
    .join('\n');
  return `
daemon off; master_process off; pid ${directory}/nginx.pid; error_log ${directory}/error.log;
events { worker_connections 512; }
http {
  access_log off; keepalive_requests 100000000; keepalive_timeout 600s; proxy_buffers 16 16k;
  ${temporary}
  upstream discogs { server 127.0.0.1:${upstreamPort}; keepalive 64; keepalive_requests 100000000; keepalive_timeout 600s; }
  server {
    listen 127.0.0.1:${port};
    location /api/ {
      proxy_pass http://discogs/; proxy_http_version 1.1;
      proxy_set_header Connection ""; proxy_set_header Authorization "Discogs token=benchmark";
    }
  }
}`;
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

/** Starts nginx on a free port, with everything that it writes in `directory`. */
export async function startNginx(
  directory: string,
  upstreamPort: number,
  core: string | undefined,
): Promise<Child> {
  const port = await freePort();
  const path = join(directory, 'nginx.conf');
  await writeFile(path, configuration(directory, port, upstreamPort));
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
