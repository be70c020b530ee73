/** The Function App as it is built today, behind the local host, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A running gateway. */
export interface RunningGateway {
  /** `http://127.0.0.1:PORT/api`. */
  readonly url: string;
  close(): Promise<void>;
}

const node = (args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, [...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** Builds into a folder of its own: `az-function/dist` may be older than the source, or just being written. */
async function buildInto(directory: string): Promise<void> {
  for (const name of ['package.json', 'host.json']) {
    await copyFile(join(ROOT, 'az-function', name), join(directory, name));
  }
  const dist = JSON.stringify(join(directory, 'dist'));
  const script = `await (await import('./scripts/build/build.ts')).buildApp(${dist});`;
  const [code] = await once(node(['--input-type=module', '--eval', script]), 'exit');
  if (code !== 0) throw new Error('the app could not be built');
}

async function readyUrl({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the local host has no output');
  for await (const line of createInterface({ input: stdout })) {
    if (!line.startsWith('{"ready"')) continue;
    const { ready }: { ready: string } = JSON.parse(line);
    return ready;
  }
  throw new Error('the local host ended before it was ready');
}

/** Builds and starts the app with these settings, and waits until it listens. */
export async function startGateway(environment: Readonly<Record<string, string>>): Promise<RunningGateway> {
  const directory = await mkdtemp(join(tmpdir(), 'discogs-agent-openapi-'));
  await buildInto(directory);
  const child = node(['az-function/local/main.ts', '--app', directory, '--port', '0'], environment);
  const exited = once(child, 'exit');
  const url = await readyUrl(child);
  // Nobody reads the rest; a full pipe would stop the host.
  child.stdout?.resume();
  return {
    url: `${url}/api`,
    close: async () => {
      child.kill();
      await exited;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
