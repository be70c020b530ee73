/** Runs the deployment with stand-ins for everything but the files. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../deploy/main.ts';
import { printer } from '../../deploy/printer.ts';
import type { AzState } from './azState.ts';
import { fakeAz } from './fakeAz.ts';

export const TOKEN = 'discogs-token-of-the-tests';
export const KEY = 'client-key-of-the-tests';
/** What only Discogs gives for the broker. */
export const BROKER_GIVEN = {
  DISCOGS_CONSUMER_KEY: 'consumer-key-of-the-tests',
  DISCOGS_CONSUMER_SECRET: 'consumer-secret-of-the-tests',
};
/** An environment without any of them. */
export const NO_SECRETS = {
  DISCOGS_TOKEN: undefined,
  X_API_KEY: undefined,
  DISCOGS_CONSUMER_KEY: undefined,
  DISCOGS_CONSUMER_SECRET: undefined,
};
const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Answers HTTP; what is not said answers as a working gateway. */
  readonly fetch?: typeof globalThis.fetch;
  /** Called before each call of az, with its command line and its standard input. */
  readonly onCall?: (line: string, stop: () => void, input: string | undefined) => void;
}

export interface Run {
  readonly code: number;
  readonly output: string;
  /** Files that az was told to read, but for those of the repository. */
  readonly handedFiles: readonly string[];
  /** Milliseconds of virtual time. */
  readonly slept: number;
}

const statusOf = (path: string, key: string | null): number => {
  if (path === '/ping') return 200;
  if (key !== KEY) return 401;
  if (path === '/no-such-path') return 404;
  return path === '/database/search' ? 400 : 200;
};

/** What a broker says that has everything. */
export const HEALTHY = {
  status: 'ok',
  broker_client_auth: { mode: 'token_required' },
  discogs_auth: { configured: true },
};

/** A gateway as the smoke test expects it. */
export const goodGateway: typeof globalThis.fetch = async (input, init) => {
  const { pathname, search } = new URL(String(input));
  const headers = new Headers(init?.headers);
  const path = pathname.replace('/api', '') + (search === '' ? '' : '?');
  if (path === '/v1/health') return Response.json(HEALTHY);
  if (headers.has('if-none-match')) return new Response(null, { status: 304 });
  const status = statusOf(path, headers.get('x-api-key'));
  return Response.json({ status: 'ok' }, { status, headers: { etag: '"one"' } });
};

/** The files that a call names. */
const filesOf = (call: readonly string[]): string[] =>
  call.flatMap((word, index) => {
    if (word.startsWith('@') && word !== '@-') return [word.slice(1)];
    return call[index - 1] === '--file' ? [word] : [];
  });

const zip = join(mkdtempSync(join(tmpdir(), 'discogs-agent-test-zip-')), 'app.zip');
writeFileSync(zip, 'a zip');

/** Runs a command line against the state. */
export async function runDeploy(
  state: AzState,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Run> {
  const lines: string[] = [];
  const { say, hide } = printer((line) => lines.push(line));
  const stop = new AbortController();
  let now = 0;
  const handed: string[] = [];
  const code = await main(
    {
      az: async (call, _timeoutMs, input) => {
        handed.push(...filesOf(call));
        options.onCall?.(call.join(' '), () => stop.abort(), input);
        return { ended: 'exited', ...fakeAz(state, call, input) };
      },
      fetch: options.fetch ?? goodGateway,
      clock: {
        now: () => now,
        sleep: async (milliseconds) => {
          now += milliseconds;
        },
      },
      say,
      hide,
      environment: { DISCOGS_TOKEN: TOKEN, X_API_KEY: KEY, ...options.environment },
      root,
      createPackage: async () => zip,
      interruption: stop.signal,
    },
    args,
  );
  return { code, output: lines.join('\n'), handedFiles: handed, slept: now };
}
