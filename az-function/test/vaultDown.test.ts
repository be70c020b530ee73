/** A vault that nobody answers for: what is resolved already works, what is not is refused, and nothing opens. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { secretUnresolved } from './support/errors.ts';
import { openTestGateway, type TestGateway, type TestGatewayOptions } from './support/testGateway.ts';

const NO_VAULT = 'https://127.0.0.1:1';
const reference = (name: string) => `@Microsoft.KeyVault(VaultName=kv;SecretName=${name})`;

let gateway: TestGateway;
const open = async (environment: TestGatewayOptions['environment']) => {
  gateway = await openTestGateway({ environment: { KEY_VAULT_URI: NO_VAULT, ...environment } });
};
afterEach(async () => {
  expect((await gateway.askWithoutKey('/ping')).status).toBe(200);
  expect(gateway.lines.join('\n')).not.toMatch(/unhandled|unexpected error/i);
  await gateway.close();
});

const unresolved = (which: string) => [503, secretUnresolved(which)];

describe('a vault that is down', () => {
  it('does not matter to secrets that are resolved, and its outage is in the log', async () => {
    await open({});
    for (let call = 0; call < 3; call += 1) expect((await gateway.ask('/oauth/identity')).status).toBe(200);
    const line = await gateway.line('key_vault_unreadable which=DISCOGS_TOKEN detail=');
    expect(line).not.toContain('sandbox-token');
  }, 30_000);

  it('refuses a caller whose key cannot be known, whatever the key', async () => {
    await open({ X_API_KEY: undefined });
    const answers = await Promise.all([
      gateway.ask('/artists/108713'),
      gateway.askWithoutKey('/artists/108713'),
      gateway.askWithoutKey('/artists/108713', { headers: { 'x-api-key': 'undefined' } }),
    ]);
    for (const { status, text } of answers) expect([status, text]).toEqual(unresolved('X_API_KEY'));
    expect(gateway.sandbox.requests).toEqual([]);
  }, 30_000);

  it('refuses calls for which the token is an unresolved reference', async () => {
    await open({ DISCOGS_TOKEN: reference('DISCOGS-TOKEN') });
    const { status, text } = await gateway.ask('/artists/108713');
    expect([status, text]).toEqual(unresolved('DISCOGS_TOKEN'));
    expect(gateway.sandbox.requests).toEqual([]);
  }, 30_000);

  it('refuses calls without a token too, which might be in the vault', async () => {
    await open({ DISCOGS_TOKEN: undefined });
    const { status, text } = await gateway.ask('/artists/108713');
    expect([status, text]).toEqual(unresolved('DISCOGS_TOKEN'));
  }, 30_000);
});

describe('the address of a vault', () => {
  it('that is none refuses what is not resolved, and says so in the log', async () => {
    await open({ KEY_VAULT_URI: 'kv', X_API_KEY: reference('X-API-KEY') });
    const { status, text } = await gateway.ask('/artists/108713');
    expect([status, text]).toEqual(unresolved('X_API_KEY'));
    expect(await gateway.line('invalid_setting which=KEY_VAULT_URI')).toContain(
      'must be the https address of a vault',
    );
  });
});
