/** The smoke test of the real command line against gateways that are not as they should be. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestGateway } from '../../az-function/test/support/testGateway.ts';
import { runCli } from './support/azProgram.ts';
import { freshState } from './support/azState.ts';

const KEY = 'client-key-of-the-smoke-test';

interface Listener {
  readonly url: string;
  readonly requests: IncomingMessage[];
  close(): void;
}

/** Answers every request with 200, or sends it to where `redirect` says. */
async function listen(redirect?: (path: string) => string): Promise<Listener> {
  const requests: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request);
    const location = redirect?.(request.url ?? '');
    response.writeHead(location === undefined ? 200 : 302, location === undefined ? {} : { location });
    response.end('{"status":"ok"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests, close: () => server.close() };
}

const smoketest = (url: string, environment: Readonly<Record<string, string>> = { X_API_KEY: KEY }) =>
  runCli(['smoketest', '--base-url', url], freshState(), { DISCOGS_TOKEN: '', ...environment });

describe('a gateway that redirects', () => {
  let elsewhere: Listener;
  beforeAll(async () => {
    elsewhere = await listen();
  });
  afterAll(() => elsewhere.close());

  test('to another origin fails, is named without the query, and the key goes nowhere', async () => {
    const gateway = await listen((path) => `${elsewhere.url}${path}?ticket=a-secret-of-the-address`);
    const { code, output } = await smoketest(gateway.url);
    gateway.close();
    expect(code).toBe(1);
    expect(output).toContain(
      `FAIL  Artist: status 302, a redirect to ${elsewhere.url}, which was not followed, expected 200`,
    );
    expect(output).not.toMatch(/PASS|pass {2}/);
    expect(output).not.toMatch(/a-secret-of-the-address|client-key/);
    expect(gateway.requests.map(({ headers }) => headers['x-api-key'])).toContain(KEY);
    expect(elsewhere.requests).toEqual([]);
  });

  test('is followed by nothing else of the deployment: one file sends every request', () => {
    const deploy = new URL('../deploy/', import.meta.url);
    const files = readdirSync(deploy, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const sending = files.filter((name) => /\bfetch\(/.test(readFileSync(new URL(name, deploy), 'utf8')));
    expect(sending).toEqual(['askGateway.ts']);
  });

  test('to itself fails, too', async () => {
    const gateway = await listen((path) => `/elsewhere${path}`);
    const { code, output } = await smoketest(gateway.url);
    gateway.close();
    expect(code).toBe(1);
    expect(output).toContain(`FAIL  Ping: status 302, a redirect to ${gateway.url}, which was not followed`);
    expect(gateway.requests.some(({ url }) => url?.startsWith('/elsewhere'))).toBe(false);
  });

  test('to nowhere that can be read fails, too', async () => {
    const gateway = await listen(() => 'http://[');
    const { output } = await smoketest(gateway.url);
    gateway.close();
    expect(output).toContain('a redirect to an unreadable address');
  });
});

test('where nothing listens, that is what it says, once', async () => {
  const gone = await listen();
  gone.close();
  const { code, output } = await smoketest(gone.url);
  expect(code).toBe(1);
  expect(output).toContain(`FAILED: Nothing answers at ${gone.url}/api: ECONNREFUSED.`);
  expect(output).not.toContain('FAIL  ');
});

describe('a broker on this machine', () => {
  const broker = { BROKER_ENABLED: 'true', DISCOGS_CONSUMER_KEY: 'k', DISCOGS_CONSUMER_SECRET: 's' };

  test.each([
    [
      'that asks for no token, as the documentation shows it, passes',
      { ...broker, ALLOW_UNAUTHENTICATED_BROKER: 'true' },
      'pass  Broker Health: status 200',
      0,
    ],
    [
      'that lets nobody in fails, with the variable that is missing',
      broker,
      'FAIL  Broker Health: status 200, no app is let in, since BROKER_CLIENT_TOKEN is not set',
      1,
    ],
    [
      'that cannot sign anybody in fails, with what is missing',
      { BROKER_ENABLED: 'true', BROKER_CLIENT_TOKEN: 'a-token' },
      'FAIL  Broker Health: status 200, its settings are not complete',
      1,
    ],
  ])('%s', async (_, environment, line, code) => {
    const testGateway = await openTestGateway({ environment: { X_API_KEY: KEY, ...environment } });
    const run = await smoketest(testGateway.url);
    await testGateway.close();
    expect(run.output).toContain(line);
    expect(run.code).toBe(code);
  });
});
