/** Every call that the broker adds to a deployment fails once, and every secret of it is wrong or missing once. */
import { describe, expect, test } from '@jest/globals';
import { type AzState, freshState } from './support/azState.ts';
import { BROKER_GIVEN, NO_SECRETS, runDeploy } from './support/deployRun.ts';

const ON = ['--enable-broker'];
const ERROR = 'ERROR: (InternalServerError) Something went wrong in the region.';
const ADDED = [
  '--name DISCOGS-CONSUMER-KEY',
  '--name DISCOGS-CONSUMER-SECRET',
  '--name BROKER-CLIENT-TOKEN',
  '--name BROKER-STATE-ENCRYPTION-KEY',
];
const RESTART = 'functionapp restart';
const secretsOf = (state: AzState) => ({ ...state.vaults['jmd-discogs-kv']?.secrets });

test('the table names every call that the broker adds', async () => {
  const lines = async (args: readonly string[]) => {
    const state = freshState();
    expect((await runDeploy(state, args, { environment: BROKER_GIVEN })).code).toBe(0);
    return state.calls.map((call) => call.join(' ').replace(/discogs-agent-deploy-\w+/, ''));
  };
  const without = await lines([]);
  const added = (await lines(ON)).filter((line) => !without.includes(line));
  expect(added.filter((line) => ![...ADDED, RESTART].some((name) => line.includes(name)))).toEqual([]);
  expect(added).toHaveLength(ADDED.length + 1);
});

describe.each(ADDED)('when "%s" fails', (command) => {
  test.each([
    ['and nothing was done', false],
    ['although it was done', true],
  ])('%s, the next run completes and replaces nothing that was made', async (_, after) => {
    const state = freshState({ faults: [{ command, stderr: ERROR, after }] });
    const run = await runDeploy(state, ON, { environment: BROKER_GIVEN });
    expect(state.faults).toEqual([]);
    expect(run.code).toBe(1);
    expect(run.output).toMatch(/FAILED: az failed while writing the secret .+: \(InternalServerError\)/);
    expect(run.handedFiles).toEqual([]);
    expect(state.assignments.map(({ name }) => name)).toEqual(['owner']);
    const before = secretsOf(state);
    const again = await runDeploy(state, ON, { environment: BROKER_GIVEN });
    expect(again.code).toBe(0);
    expect(secretsOf(state)).toMatchObject(before);
    expect(Object.keys(secretsOf(state))).toHaveLength(6);
    for (const secret of Object.values(secretsOf(state)))
      expect(JSON.stringify(state.calls) + run.output + again.output).not.toContain(secret);
  });
});

test('a restart that fails is said, and the run goes on', async () => {
  const state = freshState({ faults: [{ command: RESTART, stderr: ERROR }] });
  const run = await runDeploy(state, ON, { environment: BROKER_GIVEN });
  expect(state.faults).toEqual([]);
  expect(run.output).toContain('jmd-discogs-func was not restarted');
  expect(run.code).toBe(0);
});

test('Ctrl-C between two secrets keeps those that are written', async () => {
  const state = freshState();
  const run = await runDeploy(state, ON, {
    environment: BROKER_GIVEN,
    onCall: (line, stop) => {
      if (line.includes('--name BROKER-CLIENT-TOKEN')) stop();
    },
  });
  expect(run.code).toBe(1);
  expect(run.handedFiles).toEqual([]);
  const before = secretsOf(state);
  expect(Object.keys(before)).toContain('BROKER-CLIENT-TOKEN');
  expect((await runDeploy(state, ON, { environment: BROKER_GIVEN })).code).toBe(0);
  expect(secretsOf(state)).toMatchObject(before);
});

test.each(['functionapp show', 'appsettings list'])(
  'when "%s" fails, the code of an app with the broker stays as it is',
  async (command) => {
    const state = freshState();
    await runDeploy(state, ON, { environment: BROKER_GIVEN });
    Object.assign(state, { calls: [], faults: [{ command, stderr: ERROR }] });
    expect((await runDeploy(state, ['--code-only'])).code).toBe(1);
    expect(state.calls.flat()).not.toContain('config-zip');
  },
);

describe('what is refused before anything changes', () => {
  const both = 'Not given, and not in Azure yet: DISCOGS_CONSUMER_KEY, DISCOGS_CONSUMER_SECRET';
  test.each([
    ['no consumer key and secret', { DISCOGS_CONSUMER_KEY: undefined, DISCOGS_CONSUMER_SECRET: ' ' }, both],
    ['no consumer secret', { DISCOGS_CONSUMER_SECRET: '' }, 'not in Azure yet: DISCOGS_CONSUMER_SECRET.'],
    [
      'nothing at all',
      NO_SECRETS,
      'DISCOGS_TOKEN, X_API_KEY, DISCOGS_CONSUMER_KEY, DISCOGS_CONSUMER_SECRET.',
    ],
    ['a key with a space', { DISCOGS_CONSUMER_KEY: 'one two' }, 'DISCOGS_CONSUMER_KEY cannot be used'],
    ['a reference', { DISCOGS_CONSUMER_SECRET: '@Microsoft.KeyVault(x)' }, 'DISCOGS_CONSUMER_SECRET cannot'],
    ['a token with a space', { BROKER_CLIENT_TOKEN: 'new token,old' }, 'BROKER_CLIENT_TOKEN cannot be used'],
    ['a token of commas', { BROKER_CLIENT_TOKEN: ', ,' }, 'it must be one key, or two separated by a comma'],
    [
      'a state key with a line',
      { BROKER_STATE_ENCRYPTION_KEY: 'a\nb' },
      'BROKER_STATE_ENCRYPTION_KEY cannot',
    ],
  ])('%s', async (_, environment, words) => {
    const state = freshState();
    const run = await runDeploy(state, ON, { environment: { ...BROKER_GIVEN, ...environment } });
    expect(run.output).toContain(words);
    expect(run.code).toBe(1);
    expect([state.groups, state.deployments]).toEqual([{}, {}]);
  });
});
