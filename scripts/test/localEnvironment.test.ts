/** What local.settings.json and the environment decide together. */
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { localEnvironment } from '../localEnvironment.ts';

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

test.each([
  ['a vault', { KEY_VAULT_URI: 'https://my-vault.vault.azure.net', X_API_KEY: 'change-me' }],
  ['a list of clients', { DISCOGS_TOKEN: 't', CLIENT_KEYS: '[{"label":"a","key":"k"}]' }],
])('%s keeps its own keys, and no other is added', async (_, settings) => {
  const run = await localEnvironment({}, values(settings));
  expect(run).not.toHaveProperty('environment.X_API_KEY');
  expect(run).toMatchObject({ keyIsNew: false });
});
