/** Deployments with the broker, against the stand-in for Azure. */
import { describe, expect, test } from '@jest/globals';
import { type AzState, freshState } from './support/azState.ts';
import { BROKER_GIVEN, goodGateway, HEALTHY, NO_SECRETS, type Run, runDeploy } from './support/deployRun.ts';

const ON = ['--enable-broker'];
const VAULT = 'jmd-discogs-kv';
const APP = 'jmd-discogs-func';
const MADE = /^[\w-]{43}$/;

const secretsOf = (state: AzState): Record<string, string> => ({ ...state.vaults[VAULT]?.secrets });
const settingsOf = (state: AzState): Record<string, string> => ({ ...state.apps[APP]?.settings });
const linesOf = (state: AzState): string[] => state.calls.map((call) => call.join(' '));
const withBroker = (environment: Readonly<Record<string, string | undefined>> = {}) => ({
  environment: { ...BROKER_GIVEN, ...environment },
});

function expectNoTrace(state: AzState, run: Run, secrets: readonly string[]): void {
  expect(secrets).not.toContain('');
  for (const secret of secrets) {
    expect(JSON.stringify(state.calls)).not.toContain(secret);
    expect(JSON.stringify(state.deployments)).not.toContain(secret);
    expect(run.output).not.toContain(secret);
  }
  expect(run.handedFiles).toEqual([]);
}

async function deployed(args: readonly string[] = []): Promise<AzState> {
  const state = freshState();
  expect((await runDeploy(state, [...ON, ...args], withBroker())).code).toBe(0);
  state.calls = [];
  return state;
}

describe('a first deployment with the broker', () => {
  test('makes what nobody gave, restarts the app after it, and shows no secret', async () => {
    const state = freshState();
    const run = await runDeploy(state, ON, withBroker());
    expect(run.code).toBe(0);
    const secrets = secretsOf(state);
    expect(secrets).toMatchObject({
      'DISCOGS-CONSUMER-KEY': BROKER_GIVEN.DISCOGS_CONSUMER_KEY,
      'DISCOGS-CONSUMER-SECRET': BROKER_GIVEN.DISCOGS_CONSUMER_SECRET,
      'BROKER-CLIENT-TOKEN': expect.stringMatching(MADE),
      'BROKER-STATE-ENCRYPTION-KEY': expect.stringMatching(MADE),
    });
    expect(secrets['BROKER-CLIENT-TOKEN']).not.toBe(secrets['BROKER-STATE-ENCRYPTION-KEY']);
    expectNoTrace(state, run, Object.values(secrets));
    expect(settingsOf(state)['BROKER_ENABLED']).toBe('true');
    const lines = linesOf(state);
    const at = (words: string) => lines.findIndex((line) => line.startsWith(words));
    const written = lines.findLastIndex((line) => line.startsWith('keyvault secret set'));
    expect(at('functionapp restart')).toBeGreaterThan(written);
    expect(at('functionapp deployment')).toBeGreaterThan(at('functionapp restart'));
  });

  test('ends with the address of the broker and the way to its token', async () => {
    const { output } = await runDeploy(freshState(), ON, withBroker());
    expect(output).toContain('Broker    https://127.0.0.1:1/api');
    expect(output).toContain(
      'az keyvault secret show --vault-name jmd-discogs-kv --name BROKER-CLIENT-TOKEN --query value -o tsv',
    );
    expect(output).toContain('pass  Broker Health: status 200');
  });

  test('takes a token and a state key that are given, and hides each part of a rotation', async () => {
    const given = {
      BROKER_CLIENT_TOKEN: 'the-new-token,the-old-token',
      BROKER_STATE_ENCRYPTION_KEY: 'a-state-key',
    };
    const state = freshState({
      faults: [{ command: 'functionapp deployment', stderr: 'ERROR: not with the-old-token' }],
    });
    const run = await runDeploy(state, ON, withBroker(given));
    expect(secretsOf(state)).toMatchObject({
      'BROKER-CLIENT-TOKEN': given.BROKER_CLIENT_TOKEN,
      'BROKER-STATE-ENCRYPTION-KEY': given.BROKER_STATE_ENCRYPTION_KEY,
    });
    expect(run.output).toContain('not with ***');
    expectNoTrace(state, run, ['the-new-token', 'the-old-token', 'a-state-key']);
  });

  test('hides what it made, should Azure repeat it', async () => {
    const state = freshState();
    const run = await runDeploy(state, ON, {
      ...withBroker(),
      onCall: (line, _stop, made) => {
        if (!line.includes('secret set') || !line.includes('--name BROKER-CLIENT-TOKEN')) return;
        expect(made).toMatch(/^[\w-]{43}$/);
        state.faults.push({ command: 'BROKER-CLIENT-TOKEN', stderr: `ERROR: cannot take ${made}` });
      },
    });
    expect(run.output).toContain('cannot take ***');
  });

  test('leaves what a recovered vault brings back, which could not be seen before', async () => {
    const secrets = { 'BROKER-CLIENT-TOKEN': 'its-token', 'BROKER-STATE-ENCRYPTION-KEY': 'its-state-key' };
    const deletedVaults = {
      [VAULT]: { group: 'jmd-discogs', location: 'canadacentral', secrets: { ...secrets } },
    };
    const state = freshState({ deletedVaults });
    expect((await runDeploy(state, ON, withBroker())).code).toBe(0);
    expect(secretsOf(state)).toMatchObject(secrets);
  });

  test('as a preview makes nothing', async () => {
    const state = freshState();
    expect((await runDeploy(state, [...ON, '--what-if'], withBroker())).code).toBe(0);
    expect([state.groups, state.vaults]).toEqual([{}, {}]);
  });

  test('without Key Vault keeps them as app settings, which restart the app by themselves', async () => {
    const state = freshState();
    const run = await runDeploy(state, [...ON, '--no-enable-key-vault'], withBroker());
    expect(run.code).toBe(0);
    expect(settingsOf(state)).toMatchObject({
      ...BROKER_GIVEN,
      BROKER_CLIENT_TOKEN: expect.stringMatching(MADE),
      BROKER_STATE_ENCRYPTION_KEY: expect.stringMatching(MADE),
    });
    expect(run.output).toContain('app setting BROKER_CLIENT_TOKEN of jmd-discogs-func');
    expect(linesOf(state).join('\n')).not.toContain('functionapp restart');
    const { BROKER_CLIENT_TOKEN = '', BROKER_STATE_ENCRYPTION_KEY = '' } = settingsOf(state);
    const made = [BROKER_CLIENT_TOKEN, BROKER_STATE_ENCRYPTION_KEY];
    expectNoTrace(state, run, [...made, ...Object.values(BROKER_GIVEN)]);
  });
});

describe('a later deployment', () => {
  test.each([
    ['with Key Vault', [], secretsOf],
    ['without Key Vault', ['--no-enable-key-vault'], settingsOf],
  ])('%s keeps the broker and its secrets, and asks for none', async (_, args, kept) => {
    const state = await deployed(args);
    const before = kept(state);
    const run = await runDeploy(state, [], { environment: NO_SECRETS });
    expect(run.code).toBe(0);
    expect(run.output).toContain('No new secrets: those in Azure stay');
    expect(run.output).toContain('Broker    https://');
    expect(kept(state)).toMatchObject(before);
  });

  test('restarts the app also when it has nothing to write: the run before may have ended too early', async () => {
    const state = await deployed();
    await runDeploy(state, [], { environment: NO_SECRETS });
    expect(linesOf(state).join('\n')).toContain('functionapp restart');
  });

  test('puts what were app settings into the vault, the state key above all', async () => {
    const state = await deployed(['--no-enable-key-vault']);
    const { BROKER_CLIENT_TOKEN, BROKER_STATE_ENCRYPTION_KEY } = settingsOf(state);
    expect((await runDeploy(state, ['--enable-key-vault'])).code).toBe(0);
    expect(secretsOf(state)).toMatchObject({
      'DISCOGS-CONSUMER-KEY': BROKER_GIVEN.DISCOGS_CONSUMER_KEY,
      'BROKER-CLIENT-TOKEN': BROKER_CLIENT_TOKEN,
      'BROKER-STATE-ENCRYPTION-KEY': BROKER_STATE_ENCRYPTION_KEY,
    });
  });

  test('out of the vault wants the state key of before, and changes nothing without it', async () => {
    const state = await deployed();
    const before = JSON.stringify([state.apps, state.vaults, state.deployments]);
    const run = await runDeploy(state, ['--no-enable-key-vault'], withBroker());
    expect(run.code).toBe(1);
    expect(run.output).toContain(
      'app settings are to hold them from now on: BROKER_CLIENT_TOKEN, BROKER_STATE_ENCRYPTION_KEY',
    );
    expect(JSON.stringify([state.apps, state.vaults, state.deployments])).toBe(before);
    const given = { BROKER_CLIENT_TOKEN: 'read-from-vault', BROKER_STATE_ENCRYPTION_KEY: 'read-as-well' };
    expect((await runDeploy(state, ['--no-enable-key-vault'], withBroker(given))).code).toBe(0);
    expect(settingsOf(state)).toMatchObject(given);
  });

  test('without the broker switches it off and leaves its secrets', async () => {
    const state = await deployed();
    const before = secretsOf(state);
    const run = await runDeploy(state, ['--no-enable-broker']);
    expect(run.code).toBe(0);
    expect(settingsOf(state)['BROKER_ENABLED']).toBe('false');
    expect(run.output).toContain('skip  Broker Health: the broker is off');
    expect(run.output).not.toContain('Broker    ');
    expect(secretsOf(state)).toEqual(before);
  });

  test('of the code alone tests the broker that the app has', async () => {
    const run = await runDeploy(await deployed(), ['--code-only']);
    expect(run.code).toBe(0);
    expect(run.output).toContain('pass  Broker Health: status 200');
    expect(run.output).toContain('Broker    http://127.0.0.1:1/api');
  });
});

test('a deployment without the broker writes none of its secrets', async () => {
  const state = freshState();
  expect((await runDeploy(state, [], withBroker({ BROKER_CLIENT_TOKEN: 'for-another-host' }))).code).toBe(0);
  expect(Object.keys(secretsOf(state))).toEqual(['DISCOGS-TOKEN', 'X-API-KEY']);
});

describe('after the code is deployed', () => {
  const answering = (body: object, from = 0): typeof globalThis.fetch => {
    let asked = 0;
    return async (input, init) => {
      if (!String(input).endsWith('/v1/health')) return goodGateway(input, init);
      asked += 1;
      return Response.json(asked > from ? body : { ...HEALTHY, discogs_auth: { configured: false } });
    };
  };

  test('references that are not resolved yet are waited for', async () => {
    const run = await runDeploy(freshState(), ON, { ...withBroker(), fetch: answering(HEALTHY, 3) });
    expect(run.code).toBe(0);
    expect(run.output).toContain('Waiting for the broker: 20 s so far');
  });

  test.each([
    [
      'has no client token',
      { mode: 'misconfigured_no_token' },
      'no app is let in, since BROKER_CLIENT_TOKEN is not set',
    ],
    [
      'lets everybody in',
      { mode: 'unauthenticated_dev_override' },
      'apps are let in without a token (ALLOW_UNAUTHENTICATED_BROKER)',
    ],
  ])('a broker that %s fails the run', async (_, broker_client_auth, words) => {
    const fetch = answering({ ...HEALTHY, status: 'warning', broker_client_auth });
    const run = await runDeploy(freshState(), ON, { ...withBroker(), fetch });
    expect(run.code).toBe(1);
    expect(run.output).toContain(`FAILED: The broker was not ready within 10 minutes; last: ${words}.`);
  });

  test('a broker that is not there fails the run', async () => {
    const fetch: typeof globalThis.fetch = async (input, init) =>
      String(input).endsWith('/v1/health') ? new Response('', { status: 401 }) : goodGateway(input, init);
    const run = await runDeploy(freshState(), ON, { ...withBroker(), fetch });
    expect(run.output).toContain('FAILED: The broker was not ready within 10 minutes; last: status 401.');
  });
});
