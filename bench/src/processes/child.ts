/** The parent's side of a measured process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pinned } from './pinning.ts';

/** A process that has said where it listens. */
export interface Child {
  readonly port: number;
  /** Asks for a figure of the process's report, `cpuMicros` for example. */
  figure(name: string): Promise<number>;
  stop(): Promise<void>;
}

/** How to start it. */
export interface ChildOptions {
  readonly script: string;
  readonly args?: readonly string[];
  /** Flags of Node itself. */
  readonly nodeFlags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly core: string | undefined;
}

const START_MS = 15_000;

/** Reads a number out of a message. */
export function numberIn(message: unknown, name: string): number {
  const value: unknown =
    typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;
  if (typeof value !== 'number') throw new Error(`no ${name} in ${JSON.stringify(message)}`);
  return value;
}

/** The variables that a measured process gets: those of this one would make runs differ. */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return { PATH, SystemRoot, TEMP, ...extra };
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), START_MS);
  const exited = once(child, 'exit', { signal: abort.signal }).then(([code]) => {
    throw new Error(`the process ended with code ${code}`);
  });
  // The loser of the race is aborted; nobody listens to it any more.
  exited.catch(() => {});
  try {
    const [message] = await Promise.race([once(child, 'message', { signal: abort.signal }), exited]);
    return message;
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

/** Starts a script and waits until it listens. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { script, args = [], nodeFlags = [], core } = options;
  const [command, commandArgs] = pinned(core, process.execPath, [...nodeFlags, script, ...args]);
  const child = spawn(command, commandArgs, {
    env: cleanEnvironment(options.environment),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const port = numberIn(await nextMessage(child), 'port');
  return {
    port,
    async figure(name) {
      child.send('report');
      return numberIn(await nextMessage(child), name);
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
