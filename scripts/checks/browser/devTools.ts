/** A small client of the DevTools protocol: one headless Chromium, one page. A driver from npm would be a dependency. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/** A page that is driven from here. */
export interface Page {
  /** Sends one command of the protocol, such as `Page.navigate`. */
  command(method: string, params?: object): Promise<Record<string, unknown>>;
  /** The value of a JavaScript expression in the page. */
  value(expression: string): Promise<unknown>;
  /** Waits until `expression` is true; rejects, naming it, when it stays false. */
  until(expression: string, limitMs?: number): Promise<void>;
  /** What the page, or its policy, has complained about. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

const START_LIMIT_MS = 30_000;
const LOOK_EVERY_MS = 50;
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
  'about:blank',
];

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

async function debuggerOrigin(stderr: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stderr })) {
    const [, host] = /DevTools listening on ws:\/\/([^/]+)/.exec(line) ?? [];
    if (host !== undefined) {
      stderr.resume();
      return `http://${host}`;
    }
  }
  throw new Error('Chromium ended before it could be driven');
}

async function connect(origin: string): Promise<WebSocket> {
  const targets = (await (await fetch(`${origin}/json/list`)).json()) as Record<string, string>[];
  const socket = new WebSocket(targets.find(({ type }) => type === 'page')?.['webSocketDebuggerUrl'] ?? '');
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('no connection to Chromium'));
  });
  return socket;
}

/** Messages carry the number of the command that they answer; what has none is an event. */
async function drive(socket: WebSocket, close: () => Promise<void>): Promise<Page> {
  const waiting = new Map<number, (message: Message) => void>();
  const complaints: string[] = [];
  let last = 0;
  socket.onmessage = ({ data }) => {
    const message: Message = JSON.parse(String(data));
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    else if (message.method === 'Log.entryAdded' || message.method === 'Runtime.exceptionThrown') {
      complaints.push(JSON.stringify(message.params));
    }
  };
  const command: Page['command'] = async (method, params = {}) => {
    last += 1;
    const id = last;
    const { result = {}, error } = await new Promise<Message>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
    waiting.delete(id);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  const value: Page['value'] = async (expression) => {
    const { result } = await command('Runtime.evaluate', { expression, returnByValue: true });
    return Reflect.get(Object(result), 'value');
  };
  for (const domain of ['Page', 'Runtime', 'Log']) await command(`${domain}.enable`);
  return {
    command,
    value,
    complaints,
    close,
    async until(expression, limitMs = 10_000) {
      for (const endAt = Date.now() + limitMs; Date.now() < endAt; await pause(LOOK_EVERY_MS)) {
        if ((await value(expression)) === true) return;
      }
      throw new Error(
        `this stayed false: ${expression}; the page says: ${await value('document.body.innerText')}`,
      );
    },
  };
}

/** Starts `chromium` with an empty profile, and `more` flags, and drives its first page. */
export async function openPage(chromium: string, more: readonly string[] = []): Promise<Page> {
  const profile = await mkdtemp(join(tmpdir(), 'discogs-agent-browser-'));
  const child = spawn(chromium, [`--user-data-dir=${profile}`, ...more, ...FLAGS], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => resolve()).once('error', () => resolve()),
  );
  const end = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  const startLimit = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
  try {
    const socket = await connect(await debuggerOrigin(child.stderr));
    const close = async () => {
      socket.close();
      await end();
    };
    return await drive(socket, close);
  } catch (error) {
    await end();
    throw error;
  } finally {
    clearTimeout(startLimit);
  }
}
