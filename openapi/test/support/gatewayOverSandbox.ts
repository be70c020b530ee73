/** The running gateway with the sandbox as its Discogs, for one test file. */
import { SANDBOX_TOKEN, type Sandbox, startSandbox } from '@discogs-agent/sandbox';
import type { ReadAnswer } from './answerCheck.ts';
import { type RunningGateway, startGateway } from './runningGateway.ts';

const KEY = 'test-key';
/** A key of the gateway that may only read. */
export const READER_KEY = 'reader-key';

/** Both, and a way to call. */
export interface GatewayOverSandbox {
  readonly sandbox: Sandbox;
  /** Calls with the key, unless `init` brings one; reads the answer to its end. */
  call(path: string, init?: RequestInit): Promise<ReadAnswer>;
  close(): Promise<void>;
}

/** Calls the gateway at `url`. */
export async function callGateway(url: string, path: string, init: RequestInit = {}): Promise<ReadAnswer> {
  const response = await fetch(`${url}${path}`, {
    ...init,
    headers: { 'x-api-key': KEY, ...Object.fromEntries(new Headers(init.headers)) },
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/** Starts both. */
export async function startGatewayOverSandbox(): Promise<GatewayOverSandbox> {
  // More calls than Discogs allows in a minute; tests of that limit inject it.
  let calls = 0;
  const sandbox = await startSandbox({
    limits: { authenticated: 10_000, anonymous: 10_000 },
    // Every call comes so long after the one before that no export or upload is still running.
    now: () => Date.now() + calls * 10_000,
  });
  const starting: Promise<RunningGateway> = startGateway({
    DISCOGS_API_BASE_URL: sandbox.url,
    DISCOGS_TOKEN: SANDBOX_TOKEN,
    X_API_KEY: KEY,
    CLIENT_KEYS: JSON.stringify([{ label: 'reader', key: READER_KEY, read_only: true }]),
  });
  const gateway = await starting.catch(async (error: unknown) => {
    // An open server would keep Jest from ending.
    await sandbox.close();
    throw error;
  });
  return {
    sandbox,
    call: (path, init) => {
      calls += 1;
      return callGateway(gateway.url, path, init);
    },
    close: async () => {
      await gateway.close();
      await sandbox.close();
    },
  };
}
