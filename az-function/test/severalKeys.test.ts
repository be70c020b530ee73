import { createSecrets, type VaultAnswer } from '@discogs-agent/core';
import { expect, it } from '@jest/globals';
import { mayHaveSeveralKeys, readEnvironment } from '../src/environment.ts';

const LIST = '[{"label":"b","key":"b"}]';
const BROKER = { BROKER_ENABLED: 'true' };
const UNCHECKED = { DISABLE_CLIENT_KEY_CHECK: 'true' };
const REFERENCE = '@Microsoft.KeyVault(SecretUri=https://x/y)';

/** `vault`: what it says of each secret; undefined for no vault, null for one that has not been asked yet. */
it.each<[boolean, string, Record<string, string>, VaultAnswer | null | undefined]>([
  [false, 'one key', {}, undefined],
  [false, 'one key that is being rotated', { X_API_KEY: 'old,new' }, undefined],
  [false, 'blank client keys', { CLIENT_KEYS: ' ' }, undefined],
  [true, 'client keys', { CLIENT_KEYS: LIST }, undefined],
  [true, 'client keys that cannot be read yet', { CLIENT_KEYS: REFERENCE }, undefined],
  [true, 'a vault that has not been asked', {}, null],
  [true, 'a vault that cannot be read', {}, { kind: 'unreadable', detail: '403' }],
  [true, 'a vault that names some', {}, { kind: 'value', value: LIST }],
  [false, 'a vault that says that it names none', {}, { kind: 'absent' }],
  [true, 'a vault without them beside the environment', { CLIENT_KEYS: LIST }, { kind: 'absent' }],
  [true, 'the broker', BROKER, undefined],
  [false, 'no check of keys', { ...UNCHECKED, CLIENT_KEYS: LIST }, undefined],
  [true, 'no check of keys beside the broker', { ...UNCHECKED, ...BROKER }, undefined],
])('%s: whether several keys may share the window, with %s', async (several, _, variables, vault) => {
  const environment = readEnvironment({ X_API_KEY: 'a', ...variables });
  const secrets = createSecrets({
    environment: environment.secrets,
    ...(vault === undefined ? {} : { readVault: async () => vault ?? new Promise(() => {}) }),
    now: Date.now,
    setTimer: () => () => {},
    waitUntil: () => {},
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  secrets.refresh();
  await new Promise((resolve) => setImmediate(resolve));
  expect(mayHaveSeveralKeys(environment, secrets)).toBe(several);
});
