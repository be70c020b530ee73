/** Processes that do one thing, say on standard output what it took, and end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { cleanEnvironment } from './child.ts';
import { pinned } from './pinning.ts';

/** How to start one. */
export interface OneShot {
  /** What runs the script; this Node where it is left out. */
  readonly command?: string;
  readonly script: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly core: string | undefined;
  readonly nodeFlags?: readonly string[];
}

/** Runs it and hands each line, parsed, to `onLine` with the milliseconds since the start; rejects unless it ends well. */
export async function runOnce(
  { command: runner = process.execPath, script, args = [], environment, core, nodeFlags = [] }: OneShot,
  onLine: (line: unknown, elapsedMs: () => number) => void | Promise<void>,
): Promise<void> {
  const [command, commandArgs] = pinned(core, runner, [...nodeFlags, script, ...args]);
  const start = performance.now();
  const child = spawn(command, commandArgs, {
    env: cleanEnvironment(environment),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const work: Promise<void>[] = [];
  createInterface(child.stdout).on('line', (line) => {
    work.push(Promise.resolve(onLine(JSON.parse(line), () => performance.now() - start)));
  });
  const [code] = await closed;
  if (code !== 0) throw new Error(`${script} ended with code ${code}`);
  await Promise.all(work);
}
