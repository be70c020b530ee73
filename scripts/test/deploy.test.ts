/** Whole deployments, against the stand-in for Azure. */
import { describe, expect, test } from '@jest/globals';
import { assignmentName } from '../deploy/steps/secretsOfficer.ts';
import { type AzState, freshState, PRINCIPAL, roleAssignment, SUBSCRIPTION } from './support/azState.ts';
import { KEY, type Run, runDeploy, TOKEN } from './support/deployRun.ts';

const OFFICER = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7';
const VAULT_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/jmd-discogs/providers/Microsoft.KeyVault/vaults/jmd-discogs-kv`;

/** Command lines without the options. */
const commands = (state: AzState): string[] =>
  state.calls.map((call) =>
    call
      .slice(
        0,
        call.findIndex((word) => word.startsWith('-')),
      )
      .join(' '),
  );

const parametersOf = (state: AzState): Record<string, unknown> =>
  Object.values(state.deployments)[0]?.parameters ?? {};

function expectNoTrace(state: AzState, run: Run): void {
  for (const secret of [TOKEN, KEY, 'signature-of-the-token']) {
    expect(JSON.stringify(state.calls)).not.toContain(secret);
    expect(run.output).not.toContain(secret);
  }
  expect(run.handedFiles).toEqual([]);
  expect(state.assignments.filter(({ scope }) => scope.includes('/vaults/'))).toEqual([]);
}

describe('a first deployment', () => {
  test('checks, creates, writes secrets, deploys, tests and publishes, in that order', async () => {
    const state = freshState();
    const run = await runDeploy(state, []);
    expect(run.output).toContain('DiscogsAgent is deployed.');
    expect(run.code).toBe(0);
    expect(commands(state)).toEqual([
      'account show',
      'account get-access-token',
      'role assignment list',
      'deployment sub show',
      'functionapp list-flexconsumption-runtimes',
      'group exists',
      'rest',
      'storage account check-name',
      'keyvault list-deleted',
      'rest',
      'deployment sub validate',
      'deployment sub create',
      'role assignment list',
      'role assignment create',
      'keyvault secret list',
      'keyvault secret list',
      'keyvault secret list',
      'keyvault secret set',
      'keyvault secret set',
      'role assignment delete',
      'functionapp deployment source config-zip',
    ]);
    expect(state.vaults['jmd-discogs-kv']?.secrets).toEqual({ 'DISCOGS-TOKEN': TOKEN, 'X-API-KEY': KEY });
    expect(state.apps['jmd-discogs-func']?.zipBytes).toBeGreaterThan(0);
    expectNoTrace(state, run);
  });

  test('waits for the role to arrive and says so meanwhile', async () => {
    const run = await runDeploy(freshState({ propagation: 9 }), []);
    expect(run.code).toBe(0);
    expect(run.slept).toBe(9 * 15_000);
    expect(run.output).toContain('Waiting for the role to take effect: 120 s so far');
  });

  test('gives up on a role that never arrives, and takes it back', async () => {
    const state = freshState({ propagation: 1_000 });
    const run = await runDeploy(state, []);
    expect(run.code).toBe(1);
    expect(run.output).toContain('FAILED: No end after 900 s of waiting for permission to write secrets');
    expectNoTrace(state, run);
  });

  test('works for a service principal, whose groups nobody asks for', async () => {
    const state = freshState({ userType: 'servicePrincipal' });
    expect((await runDeploy(state, [])).code).toBe(0);
    const create = state.calls.find((call) => call.join(' ').startsWith('role assignment create')) ?? [];
    expect(create).toContain('ServicePrincipal');
    expect(state.calls.flat()).not.toContain('--include-groups');
  });

  test('passes client keys on as a secret and tells the template', async () => {
    const keys = '[{"label":"app","key":"a-very-long-client-key"}]';
    const state = freshState();
    const run = await runDeploy(state, [], { environment: { CLIENT_KEYS: keys } });
    expect(run.code).toBe(0);
    expect(state.vaults['jmd-discogs-kv']?.secrets['CLIENT-KEYS']).toBe(keys);
    expect(parametersOf(state)['hasClientKeys']).toBe(true);
    expect(JSON.stringify(state.calls) + run.output).not.toContain('a-very-long-client-key');
  });

  test('without Key Vault the secrets are app settings, by file', async () => {
    const state = freshState();
    const run = await runDeploy(state, ['--no-enable-key-vault', '--no-use-flex-consumption']);
    expect(run.code).toBe(0);
    expect(state.apps['jmd-discogs-func']?.settings).toMatchObject({ DISCOGS_TOKEN: TOKEN, X_API_KEY: KEY });
    expect(parametersOf(state)).toMatchObject({
      enableKeyVault: false,
      useFlexConsumption: false,
      nodeVersion: '22',
    });
    expectNoTrace(state, run);
  });

  test('a preview changes nothing', async () => {
    const state = freshState();
    expect((await runDeploy(state, ['--what-if'])).code).toBe(0);
    expect(commands(state).at(-1)).toBe('deployment sub what-if');
    expect(state.groups).toEqual({});
  });
});

describe('names', () => {
  test('a name that somebody else has leads to a suffix, which a second run finds again', async () => {
    const state = freshState({ taken: ['jmd-discogs-func'] });
    const first = await runDeploy(state, []);
    expect(first.output).toContain('Not available: jmd-discogs-func');
    const [app = ''] = Object.keys(state.apps);
    expect(app).toMatch(/^jmd-discogs-func-[0-9a-f]{6}$/);
    state.taken = [];
    expect((await runDeploy(state, [])).code).toBe(0);
    expect(Object.keys(state.apps)).toEqual([app]);
  });

  test('a suffix is kept by a run that follows one that failed half-way', async () => {
    const state = freshState({ taken: ['jmd-discogs-func'] });
    await runDeploy(state, []);
    state.apps = {};
    state.taken = [];
    expect((await runDeploy(state, [])).code).toBe(0);
    expect(Object.keys(state.apps)[0]).toMatch(/^jmd-discogs-func-[0-9a-f]{6}$/);
  });

  test('a suffix that was asked for is not replaced by another', async () => {
    const state = freshState({ taken: ['jmd-discogs-kv-b2'] });
    const run = await runDeploy(state, ['--name-suffix=-b2']);
    expect(run.code).toBe(1);
    expect(run.output).toContain('Somebody else has these names: jmd-discogs-kv-b2.');
    expect(state.groups).toEqual({});
  });

  test.each([
    ['jmd-discogs', 'canadacentral', 'recover', 'jmd-discogs-kv'],
    ['another-group', 'canadacentral', 'default', /^jmd-discogs-kv-[0-9a-f]{6}$/],
    ['jmd-discogs', 'westeurope', 'default', /^jmd-discogs-kv-[0-9a-f]{6}$/],
  ])('a vault deleted from %s in %s: %s', async (group, location, mode, name) => {
    const deletedVaults = { 'jmd-discogs-kv': { group, location, secrets: {} } };
    const state = freshState({ deletedVaults });
    expect((await runDeploy(state, [])).code).toBe(0);
    expect(parametersOf(state)['keyVaultCreateMode']).toBe(mode);
    expect(Object.keys(state.vaults)[0]).toMatch(name);
  });
});

describe('a later deployment', () => {
  const deployed = async () => {
    const state = freshState();
    await runDeploy(state, ['--read-only', '--alert-email', 'me@example.com']);
    state.calls = [];
    return state;
  };

  test('needs no secrets again, and no role', async () => {
    const state = await deployed();
    const run = await runDeploy(state, [], {
      environment: { DISCOGS_TOKEN: undefined, X_API_KEY: undefined },
    });
    expect(run.code).toBe(0);
    expect(run.output).toContain('No new secrets: those in Azure stay');
    expect(commands(state)).not.toContain('role assignment create');
  });

  test('keeps settings of the owner and earlier choices, and leaves the platform its own', async () => {
    const state = await deployed();
    const settings = state.apps['jmd-discogs-func']?.settings ?? {};
    Object.assign(settings, {
      USER_AGENT: 'MyShop/1.0 +https://example.com',
      AzureWebJobsStorage__credential: 'managedidentity',
      ENABLE_ORYX_BUILD: 'true',
      DISCOGS_TOKEN: '@Microsoft.KeyVault(VaultName=gone;SecretName=DISCOGS-TOKEN)',
    });
    expect((await runDeploy(state, ['--parameter', 'dailyCapGb=2', '--enable-request-log'])).code).toBe(0);
    const parameters = parametersOf(state);
    expect(parameters).toMatchObject({
      readOnly: true,
      alertEmail: 'me@example.com',
      dailyCapGb: '2',
      enableRequestLog: true,
    });
    expect(parameters['extraAppSettings']).toEqual({
      USER_AGENT: 'MyShop/1.0 +https://example.com',
      READ_ONLY: 'true',
      BROKER_ENABLED: 'false',
      SIGN_IN: 'false',
    });
  });

  test('adds a setting to those of the owner; without a vault the secrets are among them', async () => {
    const state = freshState();
    await runDeploy(state, ['--no-enable-key-vault']);
    const args = ['--parameter', 'extraAppSettings={"USER_AGENT":"MyShop/1.0"}'];
    const environment = { DISCOGS_TOKEN: undefined, X_API_KEY: undefined };
    expect((await runDeploy(state, args, { environment })).code).toBe(0);
    expect(state.apps['jmd-discogs-func']?.settings).toMatchObject({
      DISCOGS_TOKEN: TOKEN,
      X_API_KEY: KEY,
      USER_AGENT: 'MyShop/1.0',
    });
  });

  test('prints no client key, not even one of a list that Azure repeats', async () => {
    const state = freshState({
      faults: [{ command: 'keyvault secret set', stderr: 'ERROR: cannot take a-long-random-key' }],
    });
    const CLIENT_KEYS = JSON.stringify([{ label: 'one', key: 'a-long-random-key' }]);
    const { code, output } = await runDeploy(state, [], { environment: { CLIENT_KEYS } });
    expect(code).toBe(1);
    expect(output).toContain('cannot take ***');
  });

  test('keeps READ_ONLY that was set by hand, until told otherwise', async () => {
    const state = freshState();
    await runDeploy(state, []);
    Object.assign(state.apps['jmd-discogs-func']?.settings ?? {}, { READ_ONLY: 'True' });
    await runDeploy(state, []);
    expect(parametersOf(state)['readOnly']).toBe(true);
    await runDeploy(state, ['--no-read-only']);
    expect(parametersOf(state)['readOnly']).toBe(false);
  });

  test('stops before anything changes when the app is on another plan', async () => {
    const state = freshState();
    await runDeploy(state, ['--no-use-flex-consumption']);
    const run = await runDeploy(state, ['--use-flex-consumption']);
    expect(run.code).toBe(1);
    expect(run.output).toContain('The app jmd-discogs-func runs on plan Y1, and FC1 was asked for');
    expect(state.apps['jmd-discogs-func']?.sku).toBe('Y1');
  });

  test('of the code alone touches neither resources nor secrets', async () => {
    const state = await deployed();
    expect((await runDeploy(state, ['--code-only'])).code).toBe(0);
    expect(commands(state)).toEqual([
      'account show',
      'group exists',
      'resource list',
      'functionapp show',
      'functionapp config appsettings list',
      'functionapp deployment source config-zip',
    ]);
  });

  test('uses a lasting role of the owner and leaves it', async () => {
    const state = await deployed();
    state.assignments.push(roleAssignment(OFFICER, VAULT_ID, 'made-by-hand'));
    expect((await runDeploy(state, [])).output).toContain('and keep it');
    expect(state.assignments.map(({ name }) => name)).toEqual(['owner', 'made-by-hand']);
  });

  test.each([
    ['with secrets', {}],
    ['without secrets', { DISCOGS_TOKEN: undefined, X_API_KEY: undefined }],
  ])('%s takes away the role that a killed run left', async (_, environment) => {
    const state = await deployed();
    state.assignments.push(roleAssignment(OFFICER, VAULT_ID, assignmentName(VAULT_ID, PRINCIPAL)));
    const run = await runDeploy(state, [], { environment });
    expect(run.code).toBe(0);
    expectNoTrace(state, run);
  });
});

test('no setting of the app shows in an error that repeats it', async () => {
  const state = freshState();
  await runDeploy(state, []);
  const signed = 'https://x.blob.core.windows.net/releases/app.zip?sig=abcdefgh';
  Object.assign(state.apps['jmd-discogs-func']?.settings ?? {}, { WEBSITE_RUN_FROM_PACKAGE: signed });
  state.faults = [{ command: 'deployment sub create', stderr: `ERROR: bad value ${signed}` }];
  expect((await runDeploy(state, [])).output).toContain('bad value ***');
});

test('Ctrl-C while secrets are written ends the run, and the temporary role with it', async () => {
  const state = freshState();
  const run = await runDeploy(state, [], {
    onCall: (line, stop) => {
      if (line.startsWith('keyvault secret set')) stop();
    },
  });
  expect(run.code).toBe(1);
  expect(run.output).toContain('FAILED: Stopped while');
  expectNoTrace(state, run);
  expect((await runDeploy(state, [])).code).toBe(0);
});
