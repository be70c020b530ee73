/** Keeps the Key Vault SDK out of the start: it is loaded when the first secret is read. */
import { lazy, type ReadVault } from '@discogs-agent/core';

/**
 * A reader that loads `keyVault.ts` on first use. A module that does not load, or a wrong address, is `unreadable`.
 *
 * @example
 * const readVault = lazyKeyVault('https://music-kv.vault.azure.net');
 */
export function lazyKeyVault(
  vaultUri: string,
  load: () => Promise<{ createKeyVaultReader(uri: string): ReadVault }> = () => import('./keyVault.ts'),
): ReadVault {
  const reader = lazy(async () => (await load()).createKeyVaultReader(vaultUri));
  return async (name, timeoutMs) => {
    const start = performance.now();
    try {
      const readVault = await reader.get();
      // The load has used up a part of the time.
      return await readVault(name, Math.max(1, timeoutMs - (performance.now() - start)));
    } catch (error) {
      return { kind: 'unreadable', detail: `not_loaded ${detailOf(error)}` };
    }
  };
}

/** The reader's own words about the address, or the code of a failed import. Other messages are not ours to log. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.message.startsWith('KEY_VAULT_URI')) return error.message;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
