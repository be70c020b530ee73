/** Serves an app through the worker double in a process of its own, on the Node that the test run is about. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The Node that runs the app: the current one, or the one that `PACKAGE_TEST_NODE` names. */
export const TEST_NODE = process.env['PACKAGE_TEST_NODE'] ?? process.execPath;

/** A function as the host knows it. */
export interface ListedFunction {
  readonly name: string;
  readonly route: string;
  readonly methods: readonly string[];
}

/** A running app. */
export interface WorkerProcess {
  readonly url: string;
  /** Version of the Node that runs it. */
  readonly node: string;
  /** In the order in which the host tries them. */
  readonly functions: readonly ListedFunction[];
  /** Everything that it has written so far, both streams. */
  output(): string;
  close(): Promise<void>;
}

interface ReadyLine {
  readonly ready: string;
  readonly node: string;
  readonly functions: readonly ListedFunction[];
}

const MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url));
/** Where it starts, which is not where the app is. */
const START_DIRECTORY = fileURLToPath(new URL('../..', import.meta.url));

/** Rejects with what the process wrote, where it ends before it serves. The environment holds only what is given. */
export async function startWorkerProcess(
  directory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<WorkerProcess> {
  const { PATH = '' } = process.env;
  const child = spawn(TEST_NODE, [MAIN, '--app', directory], {
    cwd: START_DIRECTORY,
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ready = await new Promise<ReadyLine>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      output += `${line}\n`;
      if (line.startsWith('{"ready":')) resolve(JSON.parse(line));
    });
    child.once('error', reject);
    ended.then(() => reject(new Error(`the worker ended with ${child.exitCode}: ${output}`)));
  });
  return {
    url: ready.ready,
    node: ready.node,
    functions: ready.functions,
    output: () => output,
    close: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
