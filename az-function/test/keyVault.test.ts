import { createServer } from 'node:net';
import type { TokenCredential } from '@azure/identity';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createKeyVaultReader, type KeyVaultReaderOptions } from '../src/secrets/keyVault.ts';
import { startVaultServer, type VaultMood, type VaultServer } from './support/vaultServer.ts';

const SECRET = 'discogs-personal-token';
const TOKEN = 'entra-token';
const PLENTY_MS = 5_000;

let vault: VaultServer;
beforeEach(async () => {
  vault = await startVaultServer();
  vault.secrets.set('DISCOGS-TOKEN', SECRET).set('X-API-KEY', 'client-key').set('CLIENT-KEYS', '[]');
  vault.tokens.add(TOKEN);
});
afterEach(() => vault.close());

/** A credential that always has a token, and counts how often it was asked. */
function staticCredential(token = TOKEN): TokenCredential & { asked: number } {
  return {
    asked: 0,
    async getToken() {
      this.asked += 1;
      return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
}

function readerOf(options: KeyVaultReaderOptions = {}, url = vault.url) {
  return createKeyVaultReader(url, {
    credential: staticCredential(),
    client: { tlsOptions: { ca: vault.cert }, disableChallengeResourceVerification: true },
    ...options,
  });
}

describe('reading a secret', () => {
  it('answers the challenge of the vault and reads each secret by its name there', async () => {
    const credential = staticCredential();
    const readVault = readerOf({ credential });
    expect(await readVault('DISCOGS_TOKEN', PLENTY_MS)).toEqual({ kind: 'value', value: SECRET });
    expect(await readVault('X_API_KEY', PLENTY_MS)).toEqual({ kind: 'value', value: 'client-key' });
    expect(await readVault('CLIENT_KEYS', PLENTY_MS)).toEqual({ kind: 'value', value: '[]' });
    expect(vault.requests).toEqual([
      'GET /secrets/DISCOGS-TOKEN/',
      'GET /secrets/DISCOGS-TOKEN/ token',
      'GET /secrets/X-API-KEY/ token',
      'GET /secrets/CLIENT-KEYS/ token',
    ]);
    expect(credential.asked).toBe(1);
  });

  it('reads all three at once with one token', async () => {
    const credential = staticCredential();
    const readVault = readerOf({ credential });
    const names = ['DISCOGS_TOKEN', 'X_API_KEY', 'CLIENT_KEYS'] as const;
    const answers = await Promise.all(names.map((name) => readVault(name, PLENTY_MS)));
    expect(answers.map(({ kind }) => kind)).toEqual(['value', 'value', 'value']);
    expect(credential.asked).toBe(1);
  });

  it('calls a secret absent that the vault does not hold', async () => {
    vault.secrets.delete('CLIENT-KEYS');
    expect(await readerOf()('CLIENT_KEYS', PLENTY_MS)).toEqual({ kind: 'absent' });
  });

  it('sends no token to a host that is not of the domain in its challenge', async () => {
    const readVault = readerOf({ client: { tlsOptions: { ca: vault.cert } } });
    const detail = 'not_the_vault_of_its_challenge';
    expect(await readVault('DISCOGS_TOKEN', PLENTY_MS)).toEqual({ kind: 'unreadable', detail });
    expect(vault.requests.filter((request) => request.endsWith('token'))).toEqual([]);
  });

  it('trusts no certificate that was not given to it', async () => {
    const readVault = readerOf({ client: { disableChallengeResourceVerification: true } });
    const detail = expect.stringMatching(/SELF_SIGNED/);
    expect(await readVault('DISCOGS_TOKEN', PLENTY_MS)).toEqual({ kind: 'unreadable', detail });
    expect(vault.requests).toEqual([]);
  });
});

describe('a vault that does not give the secret', () => {
  const error = (status: number, code: string, more = {}): VaultMood => ({
    kind: 'error',
    status,
    code,
    ...more,
  });
  const reset: VaultMood = { kind: 'reset' };
  const unreadable: ReadonlyArray<readonly [string, readonly VaultMood[], string]> = [
    [
      'a role is missing',
      [error(403, 'Forbidden', { innerCode: 'ForbiddenByRbac' })],
      '403 Forbidden ForbiddenByRbac',
    ],
    ['it throttles', [error(429, 'Throttled', { headers: { 'retry-after': '60' } })], '429 Throttled'],
    [
      'it fails twice',
      [error(500, 'InternalError'), error(503, 'Busy', { headers: { 'retry-after': '60' } })],
      '503 Busy',
    ],
    ['it drops the connection twice', [reset, reset], 'ECONNRESET'],
    ['something else answers 404', [error(404, 'NotFound')], '404 NotFound'],
    ['it redirects', [error(302, 'Moved', { headers: { location: 'https://127.0.0.1:1/' } })], '302 Moved'],
    ['a proxy answers with a page', [{ kind: 'page', status: 200 }], 'malformed_answer'],
  ];
  for (const [what, moods, detail] of unreadable) {
    it(`says at once that it is unreadable when ${what}`, async () => {
      vault.moods.push(...moods);
      const start = performance.now();
      expect(await readerOf()('DISCOGS_TOKEN', PLENTY_MS)).toEqual({ kind: 'unreadable', detail });
      expect(performance.now() - start).toBeLessThan(2_000);
      expect(vault.moods).toEqual([]);
    });
  }

  it('tries once more after a passing failure', async () => {
    vault.moods.push(reset);
    const readVault = readerOf();
    expect(await readVault('DISCOGS_TOKEN', PLENTY_MS)).toEqual({ kind: 'value', value: SECRET });
    vault.moods.push(error(502, 'BadGateway'));
    expect(await readVault('DISCOGS_TOKEN', PLENTY_MS)).toEqual({ kind: 'value', value: SECRET });
  });

  it('survives a page where an error was due', async () => {
    vault.moods.push({ kind: 'page', status: 502 }, { kind: 'page', status: 502 });
    const answer = await readerOf()('DISCOGS_TOKEN', PLENTY_MS);
    expect(answer).toEqual({ kind: 'unreadable', detail: '502' });
  });

  it('says so when the vault refuses the token', async () => {
    const answer = await readerOf({ credential: staticCredential('of-another-tenant') })(
      'X_API_KEY',
      PLENTY_MS,
    );
    expect(answer).toEqual({ kind: 'unreadable', detail: '401 Unauthorized' });
  });

  it('says so when nobody listens', async () => {
    await vault.close();
    const answer = await readerOf()('X_API_KEY', PLENTY_MS);
    expect(answer).toEqual({ kind: 'unreadable', detail: 'ECONNREFUSED' });
  });

  it('keeps to its time when the vault is slow, and when it does not answer at all', async () => {
    vault.moods.push({ kind: 'slow', ms: 3_000 });
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    const start = performance.now();
    const answers = await Promise.all([
      readerOf()('DISCOGS_TOKEN', 300),
      readerOf({}, `https://127.0.0.1:${address.port}`)('DISCOGS_TOKEN', 300),
    ]);
    expect(answers).toEqual(Array(2).fill({ kind: 'unreadable', detail: 'timeout' }));
    expect(performance.now() - start).toBeLessThan(1_500);
    silent.close();
  });

  it('keeps to its time when no token comes', async () => {
    const never: TokenCredential = { getToken: () => new Promise(() => undefined) };
    const answer = await readerOf({ credential: never })('DISCOGS_TOKEN', 200);
    expect(answer).toEqual({ kind: 'unreadable', detail: 'timeout' });
  });

  it('names no value, no token and no address in any detail', async () => {
    const leaky: TokenCredential = {
      getToken: () => Promise.reject(new Error(`${TOKEN} https://login?secret=${SECRET}`)),
    };
    const answers = [
      await readerOf({ credential: leaky })('DISCOGS_TOKEN', PLENTY_MS),
      await readerOf()('DISCOGS_TOKEN', 1),
    ];
    for (const [, moods] of unreadable) {
      vault.moods.push(...moods);
      answers.push(await readerOf()('DISCOGS_TOKEN', PLENTY_MS));
    }
    for (const answer of answers) {
      expect(answer).toEqual({ kind: 'unreadable', detail: expect.stringMatching(/^[\w. -]{1,60}$/) });
      expect(JSON.stringify(answer)).not.toMatch(new RegExp(`${SECRET}|${TOKEN}|https?:|secrets/`));
    }
  });
});
