import { AzureCliCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { azureCredential, boundedCredential } from '../src/secrets/azureCredential.ts';
import { createKeyVaultReader } from '../src/secrets/keyVault.ts';
import {
  type IdentityFailure,
  type ManagedIdentityServer,
  startManagedIdentityServer,
} from './support/managedIdentityServer.ts';
import { startVaultServer, type VaultServer } from './support/vaultServer.ts';

const VARIABLES = ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'AZURE_CLIENT_ID'] as const;
const HOUR_MS = 3_600_000;

describe('the managed identity', () => {
  let identity: ManagedIdentityServer;
  let vault: VaultServer;
  const before = VARIABLES.map((name) => [name, process.env[name]] as const);

  // One endpoint for all: the SDK remembers it, and its tokens, for the life of the process.
  beforeAll(async () => {
    identity = await startManagedIdentityServer();
    vault = await startVaultServer();
    vault.secrets.set('DISCOGS-TOKEN', 'discogs-personal-token');
    Object.assign(process.env, identity.environment);
  });
  afterAll(async () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await Promise.all([identity.close(), vault.close()]);
  });

  async function readAs(clientId: string | undefined) {
    if (clientId === undefined) delete process.env['AZURE_CLIENT_ID'];
    else process.env['AZURE_CLIENT_ID'] = clientId;
    const readVault = createKeyVaultReader(vault.url, {
      client: { tlsOptions: { ca: vault.cert }, disableChallengeResourceVerification: true },
    });
    identity.requests.length = 0;
    return readVault('DISCOGS_TOKEN', 5_000);
  }

  it('of the app itself opens the vault', async () => {
    identity.tokens.set('system', 'token-of-the-app');
    vault.tokens.add('token-of-the-app');
    expect(await readAs(undefined)).toEqual({ kind: 'value', value: 'discogs-personal-token' });
    expect(identity.requests).toHaveLength(1);
    expect(identity.requests[0]).not.toContain('client_id');
  });

  it('that AZURE_CLIENT_ID names opens the vault', async () => {
    identity.tokens.set('11111111-user-assigned', 'token-of-the-user-assigned');
    vault.tokens.add('token-of-the-user-assigned');
    const answer = await readAs('11111111-user-assigned');
    expect(answer).toEqual({ kind: 'value', value: 'discogs-personal-token' });
    expect(identity.requests[0]).toContain('client_id=11111111-user-assigned');
  });

  it('that the platform does not know leaves the vault unreadable, in words without its secrets', async () => {
    const answer = await readAs('22222222-unknown');
    const detail = 'no_token CredentialUnavailableError 400 invalid_request';
    expect(answer).toEqual({ kind: 'unreadable', detail });
  });

  describe('in a bad moment of its endpoint', () => {
    const warnings: string[] = [];
    let warn: jest.SpiedFunction<typeof console.warn>;
    beforeEach(() => {
      warnings.length = 0;
      warn = jest.spyOn(console, 'warn').mockImplementation((line: string) => void warnings.push(line));
    });
    afterEach(() => warn.mockRestore());

    let identities = 0;
    const LEAKY = '{"error":"server_error","error_description":"identity-header-secret"}';
    it.each<[IdentityFailure, string]>([
      [{ status: 500, body: LEAKY }, 'CredentialUnavailableError 500 server_error'],
      [{ status: 503, body: '<html>busy</html>' }, 'CredentialUnavailableError 503 server_error'],
      [{ status: 429, body: '{"statusCode":429,"message":"throttled"}' }, 'CredentialUnavailableError 429'],
      [{ status: 404, body: '' }, 'CredentialUnavailableError 404 client_error'],
      [{ status: 404, body: '{}' }, 'AuthenticationRequiredError'],
      [{ status: 410, body: '' }, 'CredentialUnavailableError 410 client_error'],
      ['reset', 'CredentialUnavailableError network_error'],
    ])('%j, the secret is read at the second try', async (failure, detail) => {
      // The SDK remembers the token of an identity.
      identities += 1;
      const clientId = `33333333-${identities}`;
      identity.tokens.set(clientId, clientId);
      vault.tokens.add(clientId);
      identity.failures.push(failure);
      expect(await readAs(clientId)).toEqual({ kind: 'value', value: 'discogs-personal-token' });
      expect(identity.requests).toHaveLength(2);
      expect(warnings).toEqual([`identity_retry detail=no_token ${detail}`]);
    });

    it('that lasts, it leaves the vault unreadable after two tries and names the status', async () => {
      identity.tokens.set('44444444-late', 'late');
      identity.failures.push({ status: 503, body: '' }, { status: 500, body: LEAKY });
      const detail = 'no_token CredentialUnavailableError 500 server_error';
      expect(await readAs('44444444-late')).toEqual({ kind: 'unreadable', detail });
      expect(identity.requests).toHaveLength(2);
    });

    it('that refuses it, it is not asked twice', async () => {
      identity.failures.push({ status: 403, body: '{"error":"unauthorized_client"}' });
      expect(await readAs('55555555-refused')).toMatchObject({ kind: 'unreadable' });
      expect([identity.requests.length, warnings]).toEqual([1, []]);
    });
  });
});

describe('the choice of a credential', () => {
  it('is the managed identity wherever the platform shows that this is Azure', () => {
    const endpoint = { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/msi/token', IDENTITY_HEADER: 'x' };
    expect(azureCredential(endpoint)).toBeInstanceOf(ManagedIdentityCredential);
    expect(azureCredential({ WEBSITE_SITE_NAME: 'music-func' })).toBeInstanceOf(ManagedIdentityCredential);
  });

  it('is the login of the Azure CLI elsewhere', () => {
    expect(azureCredential({})).toBeInstanceOf(AzureCliCredential);
    expect(azureCredential({ IDENTITY_ENDPOINT: '' })).toBeInstanceOf(AzureCliCredential);
  });
});

describe('a bounded credential', () => {
  function counting(lifetimeMs: number, fails = () => false): TokenCredential & { asked: number } {
    return {
      asked: 0,
      async getToken() {
        this.asked += 1;
        if (fails()) throw new Error('endpoint down');
        return { token: `token-${this.asked}`, expiresOnTimestamp: Date.now() + lifetimeMs };
      },
    };
  }
  const SCOPE = 'https://vault.azure.net/.default';

  it('keeps a token until shortly before its end', async () => {
    const inner = counting(HOUR_MS);
    const credential = boundedCredential(inner);
    await credential.getToken(SCOPE);
    expect((await credential.getToken(SCOPE))?.token).toBe('token-1');
    const short = counting(60_000);
    const renewing = boundedCredential(short);
    await renewing.getToken(SCOPE);
    expect((await renewing.getToken(SCOPE))?.token).toBe('token-2');
  });

  it('keeps a token for its scope and tenant only, and not against a claims challenge', async () => {
    const credential = boundedCredential(counting(HOUR_MS));
    await credential.getToken(SCOPE);
    expect((await credential.getToken('https://storage.azure.com/.default'))?.token).toBe('token-2');
    expect((await credential.getToken(SCOPE, { tenantId: 'other' }))?.token).toBe('token-3');
    expect((await credential.getToken(SCOPE, { tenantId: 'other', claims: '{}' }))?.token).toBe('token-4');
  });

  it('goes on with a token that still holds when the renewal fails', async () => {
    let down = false;
    const credential = boundedCredential(counting(60_000, () => down));
    await credential.getToken(SCOPE);
    down = true;
    expect((await credential.getToken(SCOPE))?.token).toBe('token-1');
  });

  it('fails within its limit when the endpoint hangs', async () => {
    const credential = boundedCredential({ getToken: () => new Promise(() => undefined) }, 20);
    await expect(credential.getToken(SCOPE)).rejects.toMatchObject({ name: 'CredentialTimeout' });
  });

  it('gives the SDK no reason to renew a token in the background', async () => {
    const token = await boundedCredential(counting(HOUR_MS)).getToken(SCOPE);
    expect(token).toEqual({ token: 'token-1', expiresOnTimestamp: 0 });
  });
});
