import type { ReadVault } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { createKeyVaultReader } from '../src/secrets/keyVault.ts';
import { lazyKeyVault } from '../src/secrets/lazyKeyVault.ts';

const VALUE = { kind: 'value', value: 'secret' } as const;

describe('the address of the vault', () => {
  const wrong = [
    'http://music-kv.vault.azure.net',
    'music-kv.vault.azure.net',
    'https://me:pass@kv.test',
    '',
    'https://',
  ];
  for (const address of wrong) {
    it(`is refused when it is '${address}', without being quoted`, async () => {
      const message = 'KEY_VAULT_URI must look like https://<name>.vault.azure.net';
      expect(() => createKeyVaultReader(address)).toThrow(new TypeError(message));
      const answer = await lazyKeyVault(address)('DISCOGS_TOKEN', 5_000);
      expect(answer).toEqual({ kind: 'unreadable', detail: `not_loaded ${message}` });
    });
  }

  it('may end with a slash', () => {
    expect(() => createKeyVaultReader('https://music-kv.vault.azure.net/')).not.toThrow();
  });
});

describe('the lazy reader', () => {
  it('loads nothing before the first read, and then once for all', async () => {
    let loads = 0;
    const readVault = lazyKeyVault('https://music-kv.vault.azure.net', async () => {
      loads += 1;
      return { createKeyVaultReader: (): ReadVault => async () => VALUE };
    });
    expect(loads).toBe(0);
    const answers = await Promise.all([readVault('DISCOGS_TOKEN', 1_000), readVault('X_API_KEY', 1_000)]);
    expect(answers).toEqual([VALUE, VALUE]);
    expect(loads).toBe(1);
  });

  it('subtracts the time of the load from that of the read', async () => {
    const given: number[] = [];
    const readVault = lazyKeyVault('https://music-kv.vault.azure.net', async () => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return {
        createKeyVaultReader: (): ReadVault => async (_name, timeoutMs) => {
          given.push(timeoutMs);
          return VALUE;
        },
      };
    });
    await readVault('DISCOGS_TOKEN', 1_000);
    expect(given[0]).toBeGreaterThan(500);
    expect(given[0]).toBeLessThan(950);
  });

  it('calls the vault unreadable when the module does not load, and tries again at the next read', async () => {
    let broken = true;
    const readVault = lazyKeyVault('https://music-kv.vault.azure.net', async () => {
      if (broken)
        throw Object.assign(new Error('Cannot find /secret/path'), { code: 'ERR_MODULE_NOT_FOUND' });
      return { createKeyVaultReader: (): ReadVault => async () => VALUE };
    });
    const answer = await readVault('DISCOGS_TOKEN', 1_000);
    expect(answer).toEqual({ kind: 'unreadable', detail: 'not_loaded ERR_MODULE_NOT_FOUND' });
    broken = false;
    expect(await readVault('DISCOGS_TOKEN', 1_000)).toEqual(VALUE);
  });
});
