/** Every call of a deployment fails once; what happens then, and whether the next run completes. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { freshState, SUBSCRIPTION } from './support/azState.ts';
import { goodGateway, KEY, runDeploy, TOKEN } from './support/deployRun.ts';

const BEFORE_CHANGES = [
  'account show',
  'account get-access-token',
  'role assignment list',
  'deployment sub show',
  'functionapp list-flexconsumption-runtimes',
  'group exists',
  'Microsoft.Web/checknameavailability',
  'storage account check-name',
  'keyvault list-deleted',
  'Microsoft.KeyVault/checkNameAvailability',
  'deployment sub validate',
];
const CHANGES = [
  'deployment sub create',
  `role assignment list --subscription ${SUBSCRIPTION} --assignee-object-id aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee --scope /subscriptions/${SUBSCRIPTION}/resourceGroups`,
  'role assignment create',
  'keyvault secret list',
  '--name DISCOGS-TOKEN',
  '--name X-API-KEY',
  'functionapp deployment source config-zip',
];
const SECOND_RUN = [
  'resource list',
  'functionapp show',
  'appservice plan show',
  'appsettings list',
  '/secrets?api-version',
];
const ERROR = 'ERROR: (InternalServerError) Something went wrong in the region.';

test('the tables name every call that a deployment makes', async () => {
  const state = freshState();
  await runDeploy(state, []);
  await runDeploy(state, []);
  const named = [...BEFORE_CHANGES, ...CHANGES, ...SECOND_RUN, 'role assignment delete'];
  const unnamed = state.calls
    .map((call) => call.join(' '))
    .filter((line) => !named.some((name) => line.includes(name)));
  expect(unnamed).toEqual([]);
});

describe.each([...BEFORE_CHANGES, ...CHANGES])('when "%s" fails', (command) => {
  test.each([
    ['and nothing was done', false],
    ['although it was done', true],
  ])('%s, the run explains, leaves nothing behind, and the next completes', async (_, after) => {
    const state = freshState({ faults: [{ command, stderr: ERROR, after }] });
    const run = await runDeploy(state, []);
    expect(state.faults).toEqual([]);
    expect(run.code).toBe(1);
    expect(run.output).toMatch(/FAILED: az failed while .+: \(InternalServerError\) Something went wrong/);
    expect(run.output).toMatch(/What to do: .+run the same command again/);
    expect(run.handedFiles).toEqual([]);
    expect(state.assignments.map(({ name }) => name)).toEqual(['owner']);
    for (const secret of [TOKEN, KEY]) expect(JSON.stringify(state.calls) + run.output).not.toContain(secret);
    if (BEFORE_CHANGES.includes(command))
      expect([state.groups, state.apps, state.vaults]).toEqual([{}, {}, {}]);
    const again = await runDeploy(state, []);
    expect(again.output).toContain('OVERALL: PASS');
    expect(again.code).toBe(0);
    expect(state.vaults['jmd-discogs-kv']?.secrets).toEqual({ 'DISCOGS-TOKEN': TOKEN, 'X-API-KEY': KEY });
  });
});

test.each(SECOND_RUN)('when "%s" fails in a second run, nothing changes', async (command) => {
  const state = freshState();
  await runDeploy(state, []);
  const before = JSON.stringify([state.apps, state.vaults, state.deployments]);
  state.faults = [{ command, stderr: ERROR }];
  expect((await runDeploy(state, [])).code).toBe(1);
  expect(JSON.stringify([state.apps, state.vaults, state.deployments])).toBe(before);
});

describe('the temporary role', () => {
  const removal = { command: 'role assignment delete', stderr: ERROR };

  test('is removed at the second try when the first fails', async () => {
    const state = freshState({ faults: [removal] });
    expect((await runDeploy(state, [])).code).toBe(0);
    expect(state.assignments).toHaveLength(1);
  });

  test('that cannot be removed fails the run, with the command that removes it', async () => {
    const state = freshState({ faults: [removal, removal, removal] });
    const run = await runDeploy(state, []);
    expect(run.code).toBe(1);
    expect(run.output).toContain(`az role assignment delete --ids ${state.assignments[1]?.id}`);
    expect((await runDeploy(state, [])).code).toBe(0);
    expect(state.assignments).toHaveLength(1);
  });
});

describe('what is refused before anything changes', () => {
  const cases: readonly (readonly [
    string,
    Parameters<typeof freshState>[0],
    readonly string[],
    object,
    string,
  ])[] = [
    ['no login', { loggedIn: false }, [], {}, 'Run "az login"'],
    ['another subscription', {}, ['--subscription-id', 'other'], {}, "Subscription 'other' not found"],
    ['no role', { assignments: [] }, [], {}, 'az role assignment create --role Owner'],
    ['no token', {}, [], { DISCOGS_TOKEN: undefined }, 'Not given, and not in Azure yet: DISCOGS_TOKEN'],
    ['an empty key', {}, [], { X_API_KEY: ' ' }, 'Not given, and not in Azure yet: X_API_KEY'],
    ['a key with spaces', {}, [], { X_API_KEY: 'one two three' }, 'X_API_KEY cannot be used'],
    ['a reference', {}, [], { DISCOGS_TOKEN: '@Microsoft.KeyVault(x)' }, 'DISCOGS_TOKEN cannot be used'],
    ['a region without Node', { runtimes: [] }, [], {}, 'Node 24 or 22 is not offered in canadacentral'],
    ['a Node that is not there', {}, ['--node-version', '26'], {}, 'Node 26 is not offered'],
    [
      'Node 24 on the classic plan',
      {},
      ['--no-use-flex-consumption', '--node-version', '24'],
      {},
      'offered: 22',
    ],
    ['an impossible name', {}, ['--name-prefix', 'my_discogs'], {}, 'my_discogs-func is not a possible name'],
    ['a missing zip', {}, ['--zip-path', '/no/such.zip'], {}, 'there is no such file'],
    ['an unknown option', {}, ['--sub', 'x'], {}, "Unknown option '--sub'"],
    ['an unknown parameter', {}, ['--parameter', 'foo=1'], {}, 'infra/main.bicep has no parameter foo'],
    ['a computed parameter', {}, ['--parameter', 'rgName=x'], {}, 'there is an option for it'],
    ['a parameter without a value', {}, ['--parameter', 'foo'], {}, 'is not name=value'],
    ['code into nothing', {}, ['--code-only'], {}, 'There is no Function App jmd-discogs-func'],
    ['a preview of code', {}, ['--code-only', '--what-if'], {}, '--what-if shows resources'],
  ];
  test.each(cases)('%s', async (_, changes, args, environment, words) => {
    const state = freshState(changes);
    const run = await runDeploy(state, args, { environment: { ...environment } });
    expect(run.output).toContain(words);
    expect(run.code).toBe(1);
    expect([state.groups, state.deployments]).toEqual([{}, {}]);
  });
});

describe('after the code is deployed', () => {
  let state = freshState();
  beforeEach(() => {
    state = freshState();
  });

  test('an app that never answers is named with its last status', async () => {
    const run = await runDeploy(state, [], { fetch: async () => new Response('starting', { status: 503 }) });
    expect(run.output).toContain(
      'FAILED: http://127.0.0.1:1/api/ping did not answer as expected within 10 minutes; last: status 503',
    );
    expect(run.code).toBe(1);
  });

  test('the start page of the platform is no gateway', async () => {
    const run = await runDeploy(state, [], { fetch: async () => new Response('<html>', { status: 200 }) });
    expect(run.output).toContain('last: status 200');
    expect(run.code).toBe(1);
  });

  test('no connection at all is said', async () => {
    const fetch = async () => Promise.reject(new Error('refused'));
    expect((await runDeploy(state, [], { fetch })).output).toContain('last: no answer');
  });

  test('secrets that the app cannot read are waited for', async () => {
    let asked = 0;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (String(input).endsWith('/status') && ++asked < 4) return new Response('{}', { status: 503 });
      return goodGateway(input, init);
    };
    const run = await runDeploy(state, [], { fetch });
    expect(run.code).toBe(0);
    expect(asked).toBe(4);
  });

  test('a key that is not that of the gateway is named as the reason', async () => {
    const run = await runDeploy(state, [], { environment: { X_API_KEY: 'a-key-of-somebody-else' } });
    expect(run.output).toContain('last: status 401, it does not know the key in X_API_KEY');
  });

  test('a gateway that lets everybody in fails the smoke test', async () => {
    const fetch: typeof globalThis.fetch = async (input, init) =>
      goodGateway(input, { ...init, headers: { 'x-api-key': KEY } });
    const run = await runDeploy(state, [], { fetch });
    expect(run.output).toContain('FAIL  No key: status 200');
    expect(run.output).toContain(
      'FAILED: These checks failed: No key: status 200, expected 401; Wrong key: status 200, expected 401',
    );
    expect(run.code).toBe(1);
  });
});
