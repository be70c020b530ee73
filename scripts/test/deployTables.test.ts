/** The decisions of the deployment, as tables. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { asciiJson } from '../deploy/asciiJson.ts';
import { azRunner } from '../deploy/az/azRunner.ts';
import { classify } from '../deploy/az/classify.ts';
import { windowsCommand } from '../deploy/az/windowsCommand.ts';
import { readBaseUrl } from '../deploy/baseUrl.ts';
import { badName, derivedSuffix, namesOf } from '../deploy/names.ts';
import { composeParameters, declaredParameters, readParameter } from '../deploy/parameters.ts';
import { printer } from '../deploy/printer.ts';
import { judgeRoles } from '../deploy/steps/checkPermissions.ts';
import { preferredNode } from '../deploy/steps/chooseRuntime.ts';
import { knownCommands } from './support/azArguments.ts';
import { freshState } from './support/azState.ts';
import { ANSWERS } from './support/fakeAnswers.ts';
import { fakeAz } from './support/fakeAz.ts';

test.each([
  ["ERROR: Please run 'az login' to setup account.", 'not_logged_in'],
  ['ERROR: AADSTS700082: The refresh token has expired due to inactivity.', 'not_logged_in'],
  [
    "ERROR: (AuthorizationFailed) The client 'x' does not have authorization to perform action",
    'no_permission',
  ],
  [
    'ERROR: (Forbidden) Caller is not authorized to perform action on resource.\nInner error: {"code": "ForbiddenByRbac"}',
    'no_permission',
  ],
  ["ERROR: (RequestDisallowedByPolicy) Resource 'x' was disallowed by policy.", 'no_permission'],
  [
    'ERROR: {"code": "SubscriptionIsOverQuotaForSku", "message": "Operation cannot be completed without additional quota."}',
    'quota',
  ],
  ["ERROR: (VaultAlreadyExists) The vault name 'x' is already in use.", 'name_in_use'],
  ['ERROR: (StorageAccountAlreadyTaken) The storage account named x is already taken.', 'name_in_use'],
  [
    "ERROR: (MissingSubscriptionRegistration) The subscription is not registered to use namespace 'Microsoft.Web'.",
    'not_registered',
  ],
  ['ERROR: (DeploymentActive) Unable to edit or replace deployment', 'busy'],
  ["ERROR: (ResourceGroupNotFound) Resource group 'x' could not be found.", 'not_found'],
  ["ERROR: 'list-flex' is misspelled or not recognized by the system.", 'az_too_old'],
  [
    'ERROR: HTTPSConnectionPool: Max retries exceeded with url: / (Caused by NameResolutionError)',
    'unreachable',
  ],
  ['WARNING: something else\nERROR: what nobody has seen before', 'az_failed'],
  ['', 'az_failed'],
])('%s is %s', (stderr, kind) => {
  expect(classify('testing', stderr)).toMatchObject({ kind });
});

test('a long error is shortened, and warnings are no error', () => {
  const failure = classify('testing', `WARNING: beware\nERROR: first\n\n${'x'.repeat(5_000)}`);
  expect(failure).toMatchObject({ detail: expect.stringMatching(/^first x{594}$/) });
});

describe('az on Windows', () => {
  test('every argument is quoted for cmd.exe, which takes off the outermost quotes', () => {
    expect(windowsCommand('az.cmd', ['rest', '--url', '/a b?c&d', '--body', '@C:\\temp dir\\'])).toEqual({
      program: 'cmd.exe',
      args: ['/d', '/s', '/c', '"az.cmd "rest" "--url" "/a b?c&d" "--body" "@C:\\temp dir\\\\""'],
    });
  });

  test.each(['say "hi"', '%PATH%', 'two\nlines', 'nul\0'])(
    '%j cannot be passed, and is refused',
    async (arg) => {
      expect(windowsCommand('az.cmd', ['x', arg])).toEqual({ unsafe: arg });
      expect(await azRunner({}, 'win32')(['x', arg], 1_000)).toEqual({ ended: 'unsafe', argument: arg });
    },
  );
});

test('what az reads from its standard input is ASCII, and the same JSON', () => {
  const value = { name: 'Bj\u00f6rk \u{1d11e} \u007f', plain: 'a "quoted" \\ text' };
  const text = asciiJson(value);
  expect(text).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(text)).toEqual(value);
});

test.each([
  [['22'], undefined, '22'],
  [['20', '22', '24'], '22', '22'],
  [['20', '22', '24'], '20', '22'],
  [['22', '24'], '24', '24'],
  [['24', '26'], '26', '24'],
  [['20'], '20', undefined],
])('of Node %j, %s being the standard, %s is chosen', (versions, standard, chosen) => {
  const listed = versions.map((version) => ({ name: 'node', version, default: version === standard }));
  expect(preferredNode(listed)).toBe(chosen);
});

const [OWNER, CONTRIBUTOR, ACCESS, RBAC, READER] = [
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  'b24988ac-6180-42a0-ab88-20f7382dd24c',
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
  'acdd72a7-3385-48ef-bd42-f606fba81ae7',
];
test.each([
  [[OWNER], 'enough'],
  [[CONTRIBUTOR, ACCESS], 'enough'],
  [[CONTRIBUTOR, RBAC], 'enough'],
  [[CONTRIBUTOR], 'too_little'],
  [[RBAC], 'too_little'],
  [[], 'too_little'],
  [[READER], 'unknown'],
])('roles %j are %s', (roles, verdict) => {
  expect(judgeRoles(roles)).toBe(verdict);
});

describe('names', () => {
  test('follow the pattern, long prefixes being shortened where Azure wants short names', () => {
    expect(namesOf('jmd-discogs', '')).toEqual({
      suffix: '',
      app: 'jmd-discogs-func',
      storage: 'jmddiscogssa',
      vault: 'jmd-discogs-kv',
    });
    expect(namesOf('jmd-discogs', '-a1b2c3')).toMatchObject({
      app: 'jmd-discogs-func-a1b2c3',
      storage: 'jmddiscogssaa1b2c3',
      vault: 'jmd-discogs-kv-a1b2c3',
    });
    expect(namesOf('a-very-long-prefix-of-names', '-b2')).toMatchObject({
      storage: 'averylongprefixofnamsab2',
      vault: 'a-very-long-prefix-kv-b2',
    });
  });

  test('a suffix depends on subscription and group, not on their case', () => {
    expect(derivedSuffix('S', 'G')).toBe(derivedSuffix('s', 'g'));
    expect(derivedSuffix('s', 'g')).not.toBe(derivedSuffix('s', 'h'));
  });

  test.each([
    ['a_b', ''],
    ['1abc', ''],
    ['abc-', ''],
    ['x'.repeat(70), ''],
  ])('%s%s is refused', (prefix, suffix) => {
    expect(badName(namesOf(prefix, suffix))).toMatchObject({ kind: 'bad_name' });
  });
});

test.each([
  ['https://x.azurewebsites.net', 'https://x.azurewebsites.net/api'],
  ['https://x.azurewebsites.net/api/', 'https://x.azurewebsites.net/api'],
  ['http://localhost:7071', 'http://localhost:7071/api'],
  ['http://127.0.0.1:7071/api', 'http://127.0.0.1:7071/api'],
  ['http://x.azurewebsites.net', undefined],
  ['http://localhost.example.com', undefined],
  ['https://user:pass@x.net', undefined],
  ['x.azurewebsites.net', undefined],
])('the address %s is read as %s', (text, base) => {
  expect(readBaseUrl(text)).toBe(base);
});

test.each([
  ['dailyCapGb=2', { name: 'dailyCapGb', value: '2' }],
  ['text=x y', { name: 'text', value: 'x y' }],
  ['text=', { name: 'text', value: '' }],
  ['count=2', { name: 'count', value: 2 }],
  ['flag=true', { name: 'flag', value: true }],
  ['names=["x"]', { name: 'names', value: ['x'] }],
  ['names=x', { problem: expect.stringContaining('not JSON, and no array') }],
  ['other=1', { problem: 'infra/main.bicep has no parameter other.' }],
  ['text', { problem: '--parameter text is not name=value.' }],
])('the parameter %s is %j', (text, read) => {
  const declared = { dailyCapGb: 'string', text: 'string', count: 'int', flag: 'bool', names: 'array' };
  expect(readParameter(text, new Map(Object.entries(declared)))).toEqual(read);
});

test('what is hidden is masked, the longer before the shorter', () => {
  const lines: string[] = [];
  const { say, hide } = printer((line) => lines.push(line));
  for (const secret of ['secret-1', 'secret-1-and-more', 'true']) hide(secret);
  say('secret-1-and-more secret-1 true');
  expect(lines).toEqual(['*** *** true']);
});

test('infra/main.bicep declares every parameter that is passed', async () => {
  const names = { ...namesOf('p', ''), recoverVault: false };
  const computed = {
    location: 'x',
    rgName: 'x',
    namePrefix: 'x',
    names,
    nodeVersion: '22',
    hasClientKeys: false,
    extraAppSettings: {},
  };
  const options = [
    'useFlexConsumption',
    'enableKeyVault',
    'readOnly',
    'enableRequestLog',
    'stateStore',
    'enableBroker',
    'enableSignIn',
    'alertEmail',
    'enableStableOutboundAddress',
  ];
  const passed = [...Object.keys(composeParameters({ previous: {}, computed, chosen: {} })), ...options];
  const declared = await declaredParameters(fileURLToPath(new URL('../..', import.meta.url)));
  expect(passed.filter((name) => !declared.has(name))).toEqual([]);
});

test('the stand-in answers every command of the argument tables, and no other', () => {
  expect(Object.keys(ANSWERS).sort()).toEqual([...knownCommands].sort());
});

describe('the stand-in for az refuses what the real one refuses', () => {
  test.each([
    [['keyvault', 'frobnicate'], "'keyvault frobnicate' is misspelled"],
    [['group', 'exists', '--group', 'x'], 'unrecognized arguments: --group'],
    [['group', 'exists'], 'required: --resource-group'],
    [['group', 'exists', '--resource-group'], 'expected a value'],
    [['rest', '--url', '/', '--method', 'fetch'], 'invalid choice: fetch'],
  ])('%j', (args, words) => {
    const { code, stderr } = fakeAz(freshState(), args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});
