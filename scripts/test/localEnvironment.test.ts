/** What local.settings.json and the environment decide together. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { localEnvironment } from '../start/localEnvironment.ts';

const EXAMPLE = new URL('../../az-function/local.settings.json.example', import.meta.url);
const folder = (text: string): string => {
  const directory = mkdtempSync(join(tmpdir(), 'discogs-agent-settings-'));
  writeFileSync(join(directory, 'local.settings.json'), text);
  return directory;
};
const values = (all: object) => folder(JSON.stringify({ Values: all }));

test('a plain copy of the example runs the sandbox with its known key', async () => {
  const directory = folder('');
  copyFileSync(EXAMPLE, join(directory, 'local.settings.json'));
  expect(await localEnvironment({}, directory)).toMatchObject({
    upstream: 'sandbox',
    apiKey: 'change-me',
    keyIsNew: false,
  });
});

test('the example with a real token in it gets a random key, a new one each time', async () => {
  const text = readFileSync(EXAMPLE, 'utf8').replace('replace-with-your-discogs-token', 'a-real-token');
  const runs = await Promise.all([1, 2].map(() => localEnvironment({}, folder(text))));
  const keys = runs.map((run) => ('problem' in run ? run.problem : run.apiKey));
  expect(new Set(keys).size).toBe(2);
  for (const key of keys) expect(key).toMatch(/^[\w-]{43}$/);
});

test.each([
  ['a token and the known key', { DISCOGS_TOKEN: 't', X_API_KEY: 'change-me' }, {}, /^[\w-]{43}$/],
  ['a token in the environment', { X_API_KEY: 'change-me' }, { DISCOGS_TOKEN: 't' }, /^[\w-]{43}$/],
  ['a blank token', { DISCOGS_TOKEN: ' ' }, {}, /^change-me$/],
  ['a key in the environment', { DISCOGS_TOKEN: 't' }, { X_API_KEY: 'mine' }, /^mine$/],
])('the key with %s', async (_, settings, variables, expected) => {
  const run = await localEnvironment(variables, values(settings));
  expect('problem' in run ? run.problem : run.apiKey).toMatch(expected);
});

describe('what cannot be used is refused, by its name and without its value', () => {
  const problem = async (name: string, value: string) => {
    const run = await localEnvironment({ [name]: value }, folder('{}'));
    return 'problem' in run ? run.problem : 'accepted';
  };

  test.each([
    ['READ_ONLY', 'maybe', 'must be true or false.'],
    ['BROKER_ENABLED', 'yes', 'must be true or false.'],
    ['DISABLE_CLIENT_KEY_CHECK', '1', 'must be true or false.'],
    ['DEBUG_ERRORS', 'on', 'must be true or false.'],
    ['DEBUG_REQUEST_LOG', 'x', 'must be true or false.'],
    ['REWRITE_UPSTREAM_URLS', 'no', 'must be true or false.'],
    ['ALLOW_UNAUTHENTICATED_BROKER', 'yes', 'must be true or false.'],
    [
      'SEARCH_CACHE_TTL_SECONDS',
      'abc',
      'must be a whole number of seconds from 1 to 2592000, which is 30 days.',
    ],
    [
      'SEARCH_CACHE_TTL_SECONDS',
      '2592001',
      'must be a whole number of seconds from 1 to 2592000, which is 30 days.',
    ],
    ['SESSION_TOKEN_TTL_SECONDS', '30d', 'must be a whole number of seconds, 1 or more.'],
    ['DEVICE_SESSION_TTL_SECONDS', '0', 'must be a whole number of seconds, 1 or more.'],
    ['DISCOGS_MIN_INTERVAL_MS', '1.5', 'must be a whole number of milliseconds, 1 or more.'],
    ['APPLICATIONINSIGHTS_CONNECTION_STRING', 'abc', 'must be a connection string such as'],
  ])('%s=%s', async (name, value, said) => {
    expect(await problem(name, value)).toContain(`${name} ${said}`);
  });

  test.each(['true', 'FALSE', ' true ', ''])('BROKER_ENABLED="%s" is taken', async (value) => {
    expect(await problem('BROKER_ENABLED', value)).toBe('accepted');
  });

  const REFERENCE = '@Microsoft.KeyVault(SecretUri=https://my-vault.vault.azure.net/secrets/X)';
  test.each([
    ['X_API_KEY', 'Set the key itself here, or leave the variable out: then a key is provided and printed.'],
    ['CLIENT_KEYS', 'Set the list itself here'],
    ['DISCOGS_TOKEN', 'Set the token itself here, or leave the variable out to use the sandbox.'],
    ['DISCOGS_CONSUMER_SECRET', 'Set the value itself here'],
    ['BROKER_CLIENT_TOKEN', 'Set the value itself here'],
    ['STATE_CONNECTION_STRING', 'Set the value itself here'],
  ])('%s as a Key Vault reference', async (name, said) => {
    expect(await problem(name, REFERENCE)).toContain(
      `${name} is a Key Vault reference, which only Azure resolves. ${said}`,
    );
  });
});

test.each([
  ['a vault', { KEY_VAULT_URI: 'https://my-vault.vault.azure.net', X_API_KEY: 'change-me' }],
  ['a list of clients', { DISCOGS_TOKEN: 't', CLIENT_KEYS: '[{"label":"a","key":"k"}]' }],
])('%s keeps its own keys, and no other is added', async (_, settings) => {
  const run = await localEnvironment({}, values(settings));
  expect(run).not.toHaveProperty('environment.X_API_KEY');
  expect(run).toMatchObject({ keyIsNew: false });
});

describe('a catalogue in the repository', () => {
  /** A folder of the app in a repository whose catalogue has this pointer. */
  const repository = (pointer: string | undefined, name = 'current.json'): string => {
    const root = mkdtempSync(join(tmpdir(), 'discogs-agent-repository-'));
    const directory = join(root, 'az-function');
    for (const name of ['az-function', 'catalogue']) mkdirSync(join(root, name));
    writeFileSync(join(directory, 'local.settings.json'), '{}');
    if (pointer !== undefined) writeFileSync(join(root, 'catalogue', name), pointer);
    return directory;
  };
  const storeOf = async (directory: string, variables = {}) => {
    const run = await localEnvironment(variables, directory);
    if ('problem' in run) throw new Error(run.problem);
    return [run.catalogueDate, run.environment['CATALOGUE_STORE']];
  };

  test.each([
    ['current.json', '{"format":1,"date":"2026-10-01","file":"catalogue-20261001-x.sqlite"}'],
    ['pack.json', '{"folder":"2026-10-01-0123456789abcdef","manifestBytes":10}'],
  ])('with a %s is used without a setting, and its day is known', async (name, pointer) => {
    const directory = repository(pointer, name);
    expect(await storeOf(directory)).toEqual(['2026-10-01', join(directory, '..', 'catalogue')]);
    expect(await storeOf(directory, { CATALOGUE: 'off' })).toEqual([undefined, undefined]);
    expect(await storeOf(directory, { CATALOGUE_STORE: '/elsewhere' })).toEqual([undefined, '/elsewhere']);
  });

  test.each([undefined, '', '{"date":1}', 'null', '{'])('is none with the pointer %j', async (pointer) => {
    expect(await storeOf(repository(pointer))).toEqual([undefined, undefined]);
  });
});
