/** The gateway as its callers meet it: a process that serves the built app, in front of a sandbox. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SANDBOX_TOKEN, type Sandbox, type SandboxOptions, startSandbox } from '@discogs-agent/sandbox';
import { afterAll } from '@jest/globals';
import { type Reply, type Sending, send } from './send.ts';

/** The key that the gateway of a gateway takes. */
export const KEY = 'key-of-the-tests';

/** How to open a gateway. */
export interface TestGatewayOptions {
  /** On top of sandbox, token and key; `undefined` takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly sandbox?: SandboxOptions;
}

/** A request through a gateway. */
export interface Asking extends Sending {
  /** A kept answer will do. Otherwise the call insists on a fresh one, so that Discogs is asked. */
  readonly mayBeKept?: boolean;
}

/** A running gateway and the Discogs behind it. */
export interface TestGateway {
  /** `http://127.0.0.1:PORT`, without `/api`. */
  readonly url: string;
  readonly sandbox: Sandbox;
  /** Everything that the process wrote, line by line. */
  readonly lines: readonly string[];
  /** Asks `/api` + `path` with the key and `no-cache`; headers of the same names replace them. */
  ask(path: string, asking?: Asking): Promise<Reply>;
  /** Asks without a key. */
  askWithoutKey(path: string, sending?: Sending): Promise<Reply>;
  /** The first line that has all of `texts`, as soon as it is there. */
  line(...texts: readonly string[]): Promise<string>;
  /** The trace of the call that was answered with `reply`, parsed. */
  trace(reply: Reply): Promise<Record<string, unknown>>;
  isAlive(): boolean;
  /** Sends a signal that does not end the process. */
  signal(signal: NodeJS.Signals): void;
  /** Ends the process by a signal, waits for it, and says how it ended; the sandbox stays. */
  stop(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const LINE_PATIENCE_MS = 5_000;
const PLENTY = { authenticated: 1_000_000, anonymous: 1_000_000 };
const run = promisify(execFile);

const opened = new Set<TestGateway>();
/** A test that fails before it closes its gateway must not keep Jest from ending. */
afterAll(async () => {
  await Promise.all([...opened].map((gateway) => gateway.close()));
});

/** `npm test` has built the app; this is for a single file that is run without it. Several may try at once. */
async function buildOnce(): Promise<void> {
  const dist = `${root}/az-function/dist`;
  if (existsSync(`${dist}/main.js`)) return;
  const own = `${root}/az-function/.dist-${process.pid}`;
  const program = `const { buildApp } = await import(${JSON.stringify(`${root}/scripts/build/build.ts`)});
    await buildApp(${JSON.stringify(own)});`;
  await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: root });
  // Whoever comes second finds the folder taken, and the same bytes in it.
  await rename(own, dist).catch(() => rm(own, { recursive: true, force: true }));
}

const defined = (environment: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

/** Ends a process, waits until it has ended, and says how. */
async function end(
  child: ChildProcess,
  signal: NodeJS.Signals = 'SIGKILL',
): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exited;
  return child.exitCode ?? child.signalCode;
}

function follow(child: ChildProcess, lines: string[]): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
}

/** Waits for a line, so that no test depends on which of answer and line arrives first. */
async function waitForLine(
  lines: readonly string[],
  texts: readonly string[],
  isAlive: () => boolean,
): Promise<string> {
  const until = Date.now() + LINE_PATIENCE_MS;
  for (;;) {
    const found = lines.find((line) => texts.every((text) => line.includes(text)));
    if (found !== undefined) return found;
    if (Date.now() > until || !isAlive()) {
      throw new Error(`no line with ${texts.join(' and ')} in:\n${lines.slice(-20).join('\n')}`);
    }
    await pause(5);
  }
}

/**
 * Starts a sandbox and, in a process of its own with nothing but the given variables, the gateway in front of it.
 *
 * @example
 * const gateway = await openTestGateway({ environment: { READ_ONLY: 'true' } });
 * const { status } = await gateway.ask('/artists/108713');
 * await gateway.close();
 */
export async function openTestGateway({
  environment = {},
  sandbox: options = {},
}: TestGatewayOptions = {}): Promise<TestGateway> {
  await buildOnce();
  const sandbox = await startSandbox({ limits: PLENTY, ...options });
  const child = spawn(process.execPath, [`${root}/az-function/local/main.ts`, '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: defined({
      DISCOGS_API_BASE_URL: sandbox.url,
      DISCOGS_TOKEN: SANDBOX_TOKEN,
      X_API_KEY: KEY,
      // A fifth of a start is compiling what the start before has compiled.
      NODE_COMPILE_CACHE: `${root}/node_modules/.cache/test-gateway`,
      ...environment,
    }),
  });
  const lines: string[] = [];
  follow(child, lines);
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  const close = async () => {
    await Promise.all([end(child), sandbox.close()]);
  };
  const line = (...texts: readonly string[]) => waitForLine(lines, texts, isAlive);
  const askWithoutKey = (path: string, sending: Sending = {}) => send(url, `/api${path}`, sending);
  const ready = await line('"ready":').catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const { ready: url, functions }: { ready: string; functions: unknown[] } = JSON.parse(ready);
  if (functions.length === 0) {
    await close();
    throw new Error(`the app has no functions:\n${lines.join('\n')}`);
  }
  const gateway: TestGateway = {
    url,
    sandbox,
    lines,
    askWithoutKey,
    ask: (path, { headers, mayBeKept = false, ...rest } = {}) => {
      const usual = { 'x-api-key': KEY, ...(mayBeKept ? {} : { 'cache-control': 'no-cache' }) };
      return askWithoutKey(path, { ...rest, headers: { ...usual, ...headers } });
    },
    line,
    trace: async ({ headers }) => {
      const found = await line(' discogs_proxy: ', `"trace_id":"${headers['x-trace-id']}"`);
      const trace: Record<string, unknown> = JSON.parse(found.slice(found.indexOf('{')));
      return trace;
    },
    isAlive,
    signal: (signal) => void child.kill(signal),
    stop: (signal) => end(child, signal),
    close: async () => {
      opened.delete(gateway);
      await close();
    },
  };
  opened.add(gateway);
  return gateway;
}
