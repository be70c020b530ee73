/** The commands beside a whole deployment: secrets, remove, openapi, rotate. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type AzState, freshState } from './support/azState.ts';
import { BROKER_GIVEN, KEY, NO_SECRETS, runDeploy, TOKEN } from './support/deployRun.ts';

async function deployed(args: readonly string[] = []): Promise<AzState> {
  const state = freshState();
  await runDeploy(state, args);
  state.calls = [];
  return state;
}
const WITHOUT = { DISCOGS_TOKEN: undefined, X_API_KEY: undefined };
const AZD = {
  AZURE_RESOURCE_GROUP: 'jmd-discogs',
  AZURE_KEY_VAULT_NAME: 'jmd-discogs-kv',
  AZURE_FUNCTION_NAME: 'jmd-discogs-func',
};

describe('secrets', () => {
  test('writes a rotated key, leaves the rest, restarts the app', async () => {
    const state = await deployed();
    const environment = { DISCOGS_TOKEN: undefined, X_API_KEY: 'the-new-key,the-old-key' };
    const args = [
      'secrets',
      '--resource-group',
      'jmd-discogs',
      '--vault-name',
      'jmd-discogs-kv',
      '--function-app-name',
      'jmd-discogs-func',
    ];
    const run = await runDeploy(state, args, { environment });
    expect(run.code).toBe(0);
    expect(state.vaults['jmd-discogs-kv']?.secrets).toEqual({
      'DISCOGS-TOKEN': TOKEN,
      'X-API-KEY': 'the-new-key,the-old-key',
    });
    expect(run.output).toContain('Restarted jmd-discogs-func');
    expect(JSON.stringify(state.calls) + run.output).not.toContain('the-new-key');
    expect(state.assignments).toHaveLength(1);
  });

  test('takes the names from azd, and is content with what the vault has', async () => {
    const state = await deployed();
    const run = await runDeploy(state, ['secrets'], { environment: { ...AZD, ...WITHOUT } });
    expect(run.output).toContain('No new secrets');
    expect(run.code).toBe(0);
  });

  test('says what an empty vault lacks', async () => {
    const state = await deployed();
    Object.assign(state.vaults['jmd-discogs-kv'] ?? {}, { secrets: {} });
    const run = await runDeploy(state, ['secrets'], { environment: { ...AZD, ...WITHOUT } });
    expect(run.output).toContain('Not given, and not in Azure yet: DISCOGS_TOKEN, X_API_KEY');
    expect(run.code).toBe(1);
  });

  test('without a vault writes app settings', async () => {
    const state = await deployed(['--no-enable-key-vault']);
    const args = ['secrets', '--resource-group', 'jmd-discogs', '--function-app-name', 'jmd-discogs-func'];
    const environment = { DISCOGS_TOKEN: undefined, X_API_KEY: 'the-new-key' };
    expect((await runDeploy(state, args, { environment })).code).toBe(0);
    expect(state.apps['jmd-discogs-func']?.settings).toMatchObject({
      DISCOGS_TOKEN: TOKEN,
      X_API_KEY: 'the-new-key',
    });
  });

  test('rotates the client token of the broker, and shows neither', async () => {
    const state = freshState();
    await runDeploy(state, ['--enable-broker'], { environment: BROKER_GIVEN });
    const before = { ...state.vaults['jmd-discogs-kv']?.secrets };
    const environment = { ...AZD, ...NO_SECRETS, BROKER_CLIENT_TOKEN: 'the-new-token,the-old-token' };
    const run = await runDeploy(state, ['secrets'], { environment });
    expect(run.code).toBe(0);
    expect(state.vaults['jmd-discogs-kv']?.secrets).toEqual({
      ...before,
      'BROKER-CLIENT-TOKEN': 'the-new-token,the-old-token',
    });
    expect(run.output).toContain('Restarted jmd-discogs-func');
    for (const token of ['the-new-token', 'the-old-token'])
      expect(JSON.stringify(state.calls) + run.output).not.toContain(token);
  });

  test('after azd has deployed the broker, completes its secrets once', async () => {
    const state = await deployed();
    const azd = { ...AZD, brokerBaseUrl: 'https://x.azurewebsites.net/api' };
    const refused = await runDeploy(state, ['secrets'], { environment: { ...azd, ...NO_SECRETS } });
    expect(refused.output).toContain('not in Azure yet: DISCOGS_CONSUMER_KEY, DISCOGS_CONSUMER_SECRET');
    const made = await runDeploy(state, ['secrets'], { environment: { ...azd, ...BROKER_GIVEN } });
    expect(made.output).toContain(
      'Secret BROKER-STATE-ENCRYPTION-KEY was made and is in vault jmd-discogs-kv',
    );
    const before = { ...state.vaults['jmd-discogs-kv']?.secrets };
    expect(Object.keys(before)).toHaveLength(6);
    const again = await runDeploy(state, ['secrets'], { environment: { ...azd, ...NO_SECRETS } });
    expect(again.output).toContain('No new secrets');
    expect(state.vaults['jmd-discogs-kv']?.secrets).toEqual(before);
  });

  test('an app that cannot be restarted does not undo what was written', async () => {
    const state = await deployed();
    state.faults = [{ command: 'functionapp restart', stderr: 'ERROR: not now' }];
    const run = await runDeploy(state, ['secrets'], { environment: AZD });
    expect(run.output).toContain('was not restarted');
    expect(run.code).toBe(0);
  });

  test.each([
    [['secrets'], '--resource-group is missing'],
    [['secrets', '--resource-group', 'x'], 'Give --vault-name'],
  ])('%j is not enough', async (args, words) => {
    const run = await runDeploy(freshState(), args);
    expect(run.output).toContain(words);
    expect(run.code).toBe(1);
  });
});

describe('remove', () => {
  test('only lists, until it is told --yes', async () => {
    const state = await deployed();
    const run = await runDeploy(state, ['remove']);
    expect(run.output).toContain('Microsoft.KeyVault/vaults jmd-discogs-kv');
    expect(run.output).toContain('Nothing was deleted');
    expect(run.code).toBe(1);
    expect(state.groups).toHaveProperty('jmd-discogs');
  });

  test('deletes the group, and a new deployment recovers the vault', async () => {
    const state = await deployed();
    expect((await runDeploy(state, ['remove', '--yes'])).code).toBe(0);
    expect([state.apps, Object.keys(state.deletedVaults)]).toEqual([{}, ['jmd-discogs-kv']]);
    expect((await runDeploy(state, [])).code).toBe(0);
    expect(state.deletedVaults).toEqual({});
  });

  test('purges the vault when told to', async () => {
    const state = await deployed();
    expect((await runDeploy(state, ['remove', '--yes', '--purge-vault'])).code).toBe(0);
    expect(state.deletedVaults).toEqual({});
  });

  test("purges a vault that an earlier run deleted, and nobody else's", async () => {
    const state = await deployed();
    await runDeploy(state, ['remove', '--yes']);
    state.deletedVaults['jmd-discogs-kv2'] = { group: 'jmd-discogs', location: 'canadacentral', secrets: {} };
    expect((await runDeploy(state, ['remove', '--purge-vault'])).output).toContain('Nothing was deleted');
    expect(state.deletedVaults).toHaveProperty('jmd-discogs-kv');
    expect((await runDeploy(state, ['remove', '--yes', '--purge-vault'])).code).toBe(0);
    expect(Object.keys(state.deletedVaults)).toEqual(['jmd-discogs-kv2']);
    state.deletedVaults = { 'jmd-discogs-kv': { group: 'another', location: 'canadacentral', secrets: {} } };
    expect((await runDeploy(state, ['remove', '--yes', '--purge-vault'])).code).toBe(0);
    expect(Object.keys(state.deletedVaults)).toEqual(['jmd-discogs-kv']);
  });

  test('leaves a group that holds more', async () => {
    const state = await deployed();
    state.groups['jmd-discogs']?.others.push('payroll');
    const run = await runDeploy(state, ['remove', '--yes']);
    expect(run.output).toContain('holds more than this deployment: payroll. Nothing was deleted');
    expect(run.code).toBe(1);
    expect(state.apps).not.toEqual({});
    expect((await runDeploy(state, ['remove', '--yes', '--including-others'])).code).toBe(0);
  });

  test('of nothing is fine', async () => {
    expect((await runDeploy(freshState(), ['remove', '--yes'])).code).toBe(0);
  });
});

describe('openapi', () => {
  const published = (name: string) =>
    readFileSync(new URL(`../../dist/${name}.published.yaml`, import.meta.url), 'utf8');

  test.each([
    [['openapi', '--host', 'one.example.com'], {}, 'https://one.example.com/api'],
    [['openapi'], { functionAppHostname: 'two.example.com' }, 'https://two.example.com/api'],
    [
      ['openapi'],
      { AZURE_RESOURCE_GROUP: 'jmd-discogs', AZURE_FUNCTION_NAME: 'jmd-discogs-func' },
      'https://three.example.com/api',
    ],
    [['openapi'], {}, 'https://three.example.com/api'],
    [['openapi', '--name-prefix', 'jmd-discogs'], {}, 'https://three.example.com/api'],
  ])('%j with %j names %s', async (args, environment, address) => {
    const state = await deployed();
    Object.assign(state.apps['jmd-discogs-func'] ?? {}, { hostname: 'three.example.com' });
    expect((await runDeploy(state, args, { environment })).code).toBe(0);
    for (const name of ['gpt-action', 'proxy']) expect(published(name)).toContain(address);
  });

  test.each([
    [['openapi'], 'There is no Function App jmd-discogs-func'],
    [['openapi', '--host', 'x/y'], 'is not a host name'],
    [['openapi', '--resource-group', 'x', '--function-app-name', 'y'], 'There is no Function App y'],
  ])('%j is refused', async (args, words) => {
    expect((await runDeploy(freshState(), args)).output).toContain(words);
  });
});

test('rotate prints the command with the names of the deployment, and changes nothing', async () => {
  const state = await deployed();
  const before = JSON.stringify([state.apps, state.vaults]);
  const { output } = await runDeploy(state, ['rotate']);
  expect(output).toContain(
    '--resource-group jmd-discogs --vault-name jmd-discogs-kv --function-app-name jmd-discogs-func',
  );
  expect(output).toContain('BROKER_CLIENT_TOKEN for X_API_KEY');
  expect(output).not.toContain(KEY);
  expect(JSON.stringify([state.apps, state.vaults])).toBe(before);
});
