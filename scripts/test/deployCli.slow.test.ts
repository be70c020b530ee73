/** The real command line in a process of its own, a stand-in for az in PATH, and the real gateway behind the address. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BROKER_ENVIRONMENT, CLIENT_TOKEN } from '../../az-function/test/support/brokerClient.ts';
import { openTestGateway, type TestGateway } from '../../az-function/test/support/testGateway.ts';
import { runCli } from './support/azProgram.ts';
import { freshState } from './support/azState.ts';

const TOKEN = 'discogs-token-of-the-cli';
const KEY = 'client-key-of-the-cli';
const SECRETS = { DISCOGS_TOKEN: TOKEN, X_API_KEY: KEY };
const PUBLISHED = new URL('../../dist/proxy.published.yaml', import.meta.url);

describe('npm run deploy', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openTestGateway({ environment: { X_API_KEY: KEY } });
  });
  afterAll(() => gateway.close());
  const hostname = () => new URL(gateway.url).host;

  test('deploys the real package and passes the smoke test of the real gateway', async () => {
    const { code, output, state } = await runCli(
      [],
      freshState({ hostname: hostname(), propagation: 0 }),
      SECRETS,
    );
    expect(output).toContain('OVERALL: PASS');
    expect(output).toContain('pass  Conditional Release: status 304');
    expect(output).toContain('skip  Wantlist: no --username');
    expect(output).toContain(`Address   ${gateway.url}/api`);
    expect(code).toBe(0);
    expect(state.apps['jmd-discogs-func']?.zipBytes).toBeGreaterThan(10_000);
    expect(state.vaults['jmd-discogs-kv']?.secrets).toEqual({ 'DISCOGS-TOKEN': TOKEN, 'X-API-KEY': KEY });
    expect(state.secretVariables).toEqual([]);
    expect(JSON.stringify(state.calls) + output).not.toContain(TOKEN);
    expect(JSON.stringify(state.calls) + output).not.toContain(KEY);
    const published = readFileSync(PUBLISHED, 'utf8');
    expect(published).toContain(`https://${hostname()}/api`);
    expect(published).not.toContain('{{');
  }, 60_000);

  test('a wrong key is found out, waited for no longer than said, and explained', async () => {
    const { code, output } = await runCli(['smoketest', '--base-url', gateway.url], freshState(), {
      X_API_KEY: 'another-key',
    });
    expect(code).toBe(1);
    expect(output).toContain('FAIL  Artist: status 401, expected 200');
    expect(output).toContain('FAILED: These checks failed: ');
  });

  test('the smoke test covers a user, and writes when told to', async () => {
    const args = [
      'smoketest',
      '--base-url',
      `${gateway.url}/api/`,
      '--username',
      'crate_digger',
      '--include-write-tests',
    ];
    const { code, output, state } = await runCli(args, freshState(), SECRETS);
    expect(output).toContain('Summary: 15 passed, 0 failed, 1 skipped');
    expect(output).toContain('skip  Broker Health: the broker is off');
    expect(code).toBe(0);
    expect(state.calls).toEqual([]);
  });

  test('a smoke test without a key says what it leaves out, and does not pass', async () => {
    const args = ['smoketest', '--base-url', gateway.url];
    const { code, output } = await runCli(args, freshState(), { X_API_KEY: '', DISCOGS_TOKEN: '' });
    expect(output).toContain('Summary: 3 passed, 0 failed, 13 skipped');
    expect(output).toContain('skip  Artist: no client key (X_API_KEY)');
    expect(output).not.toContain('PASS');
    expect(output).toContain('FAILED: Without a client key 13 checks were skipped');
    expect(code).toBe(1);
  });
});

describe('npm run deploy -- --enable-broker', () => {
  const { DISCOGS_CONSUMER_KEY, DISCOGS_CONSUMER_SECRET } = BROKER_ENVIRONMENT;
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await openTestGateway({ environment: { X_API_KEY: KEY, ...BROKER_ENVIRONMENT } });
  });
  afterAll(() => gateway.close());

  test('asks the real broker, and az inherits none of its secrets', async () => {
    const environment = {
      ...SECRETS,
      DISCOGS_CONSUMER_KEY,
      DISCOGS_CONSUMER_SECRET,
      BROKER_CLIENT_TOKEN: CLIENT_TOKEN,
    };
    const before = freshState({ hostname: new URL(gateway.url).host, propagation: 0 });
    const { code, output, state } = await runCli(['--enable-broker'], before, environment);
    expect(output).toContain('pass  Broker Health: status 200');
    expect(code).toBe(0);
    expect(state.secretVariables).toEqual([]);
    const secrets = Object.values(state.vaults['jmd-discogs-kv']?.secrets ?? {});
    expect(secrets).toHaveLength(6);
    for (const secret of secrets) expect(JSON.stringify(state.calls) + output).not.toContain(secret);
  }, 60_000);

  test('the smoke test finds the broker by itself', async () => {
    const { code, output } = await runCli(['smoketest', '--base-url', gateway.url], freshState(), SECRETS);
    expect(output).toContain('pass  Broker Health: status 200');
    expect(code).toBe(0);
  });
});

// Windows has no SIGINT for another process: killing one ends it at once.
const onPosix = process.platform === 'win32' ? test.skip : test;
onPosix(
  'Ctrl-C during the wait for the role ends the wait and removes the role',
  async () => {
    const { code, output, state } = await runCli([], freshState({ propagation: 1_000 }), SECRETS, {
      interruptAt: 'Waiting for the role',
    });
    expect(output).toContain('FAILED: Stopped while');
    expect(code).toBe(1);
    expect(state.assignments.map(({ name }) => name)).toEqual(['owner']);
  },
  60_000,
);

onPosix.each(['keyvault secret set', 'deployment sub create'])(
  'killed while az is in %s, it leaves no secret on the disk',
  async (killDuring) => {
    const temporary = mkdtempSync(join(tmpdir(), 'discogs-agent-killed-'));
    // Settings of the app travel through the deployment, and may be secrets as well.
    const args = [
      '--parameter',
      `extraAppSettings=${JSON.stringify({ MY_SETTING: 'a-setting-of-the-cli' })}`,
    ];
    const { code, state } = await runCli(
      args,
      freshState({ propagation: 0 }),
      { ...SECRETS, TMPDIR: temporary },
      { killDuring },
    );
    expect(code).toBe(-1);
    expect(state.calls.length).toBeGreaterThan(0);
    const files = readdirSync(temporary, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
    expect(texts.filter((text) => /of-the-cli/.test(text))).toEqual([]);
  },
  60_000,
);

describe('the exit code', () => {
  test('is 1 when az is not there, with words that say where to get it', async () => {
    const { code, output } = await runCli([], freshState(), SECRETS, { az: false });
    expect(output).toContain('FAILED: The Azure CLI (az) was not found.');
    expect(code).toBe(1);
  });

  test('is 1 when az fails, and 0 for help', async () => {
    const state = freshState({ loggedIn: false });
    expect(await runCli([], state, SECRETS)).toMatchObject({ code: 1 });
    expect(await runCli(['remove', '--help'], state, {})).toMatchObject({ code: 0 });
  });

  test.each([
    [['openapi'], '--host <host name> needs no az.'],
    [['smoketest'], '--base-url <address> needs no az.'],
    [['rotate'], 'docs/deploy.md, "Rotate secrets"'],
  ])('%j without az says what to do without it', async (args, instead) => {
    const { code, output } = await runCli(args, freshState(), SECRETS, { az: false });
    expect(output).toContain('FAILED: The Azure CLI (az) was not found.');
    expect(output).toContain(instead);
    expect(code).toBe(1);
  });

  test('is 0 without az where the host name is given', async () => {
    const { code } = await runCli(['openapi', '--host', 'a.example'], freshState(), {}, { az: false });
    expect(code).toBe(0);
  });
});
