/** Starts a sandbox around a test file and offers short ways to call it. */
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { SANDBOX_TOKEN, type Sandbox, type SandboxOptions, startSandbox } from '../../src/index.ts';

export const USER_AGENT = { 'User-Agent': 'SandboxTest/1.0' };
export const AS_USER = { ...USER_AGENT, Authorization: `Discogs token=${SANDBOX_TOKEN}` };

/** A JSON value of unknown shape that can be walked with `at`. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let here = value;
  for (const step of path) {
    here = typeof here === 'object' && here !== null ? Reflect.get(here, step) : undefined;
  }
  return here;
}

export const keysOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : [];

export const rowsAt = (value: unknown, ...path: (string | number)[]): unknown[] => {
  const rows = at(value, ...path);
  return Array.isArray(rows) ? rows : [];
};

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface Sandboxed {
  readonly sandbox: Sandbox;
  call(path: string, init?: RequestInit): Promise<Answer>;
  send(method: string, path: string, body?: unknown): Promise<Answer>;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Registers the hooks; the returned object works inside tests. Each test begins with everything reset. */
export function sandboxed(options: SandboxOptions = {}): Sandboxed {
  let running: Sandbox | undefined;
  const sandbox = (): Sandbox => {
    if (running === undefined) throw new Error('used outside of a test');
    return running;
  };
  beforeAll(async () => {
    running = await startSandbox(options);
  });
  beforeEach(() => sandbox().reset());
  afterAll(() => sandbox().close());
  const call = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(sandbox().url + path, { headers: USER_AGENT, redirect: 'manual', ...init });
    return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
  };
  return {
    get sandbox() {
      return sandbox();
    },
    call,
    send: (method, path, body) =>
      call(path, {
        method,
        headers: { ...AS_USER, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** What a client sees that does not interpret HTTP: all bytes, and how the connection ended. */
export function rawGet(
  port: number,
  path: string,
  headers = 'User-Agent: Raw/1.0\r\n',
  waitMs = 400,
): Promise<{ text: string; end: 'closed' | 'reset' | 'open' }> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
    });
    const finish = (end: 'closed' | 'reset' | 'open'): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, end });
    };
    const timer = setTimeout(() => finish('open'), waitMs);
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.on('end', () => finish('closed'));
    socket.on('error', () => finish('reset'));
  });
}
