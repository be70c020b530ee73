/** Reads the three secrets from Azure Key Vault. Heavy: load it through `lazyKeyVault`, never from the entry. */
import type { TokenCredential } from '@azure/identity';
import { SecretClient, type SecretClientOptions } from '@azure/keyvault-secrets';
import type { ReadVault, SecretName, VaultAnswer } from '@discogs-agent/core';
import { azureCredential, boundedCredential } from './azureCredential.ts';
import { describeFailure } from './keyVaultFailure.ts';

/** What a test or an unusual host may replace. */
export interface KeyVaultReaderOptions {
  /** Instead of the managed identity or the Azure CLI. */
  readonly credential?: TokenCredential;
  /** For a stand-in of the vault: whom to trust, and that its host is not Azure's. Production sets neither. */
  readonly client?: Pick<SecretClientOptions, 'tlsOptions' | 'disableChallengeResourceVerification'>;
}

/** Key Vault allows no underscore in a name. */
const VAULT_NAMES: Readonly<Record<SecretName, string>> = {
  DISCOGS_TOKEN: 'DISCOGS-TOKEN',
  X_API_KEY: 'X-API-KEY',
  CLIENT_KEYS: 'CLIENT-KEYS',
};

/** Long enough for a dropped connection to be replaced; longer pauses belong to whoever asked. */
const RETRY_PAUSE_MS = 200;

/**
 * Throws where `vaultUri` cannot be a vault; the reader that it returns never rejects.
 *
 * @example
 * const readVault = createKeyVaultReader('https://music-kv.vault.azure.net');
 * const answer = await readVault('DISCOGS_TOKEN', 5_000);
 */
export function createKeyVaultReader(vaultUri: string, options: KeyVaultReaderOptions = {}): ReadVault {
  const client = new SecretClient(
    vaultOrigin(vaultUri),
    boundedCredential(options.credential ?? azureCredential()),
    {
      // The SDK obeys a `Retry-After` of any length, which would turn a quick 429 into a timeout.
      retryOptions: { maxRetries: 0 },
      // A vault never redirects, so whatever does is not the vault.
      redirectOptions: { maxRetries: 0 },
      ...options.client,
    },
  );

  async function readOnce(name: SecretName, abortSignal: AbortSignal): Promise<VaultAnswer> {
    const { value } = await client.getSecret(VAULT_NAMES[name], { abortSignal });
    // What answers 200 without a value is not the vault.
    return value === undefined ? { kind: 'unreadable', detail: 'no_value' } : { kind: 'value', value };
  }

  async function readTwice(name: SecretName, signal: AbortSignal): Promise<VaultAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await readOnce(name, signal);
      } catch (error) {
        const failure = describeFailure(error);
        if (failure.answer.kind === 'absent' || !failure.passing || attempt === 2) return failure.answer;
        await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS));
      }
    }
  }

  return async (name, timeoutMs) => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    // A race, because the wait for a token does not hear the signal.
    const late = new Promise<VaultAnswer>((resolve) => {
      timer = setTimeout(() => {
        resolve({ kind: 'unreadable', detail: 'timeout' });
        controller.abort();
      }, timeoutMs);
    });
    try {
      return await Promise.race([readTwice(name, controller.signal), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Only the origin: a path or a query in the setting is a slip of the paste, and credentials do not belong there. */
function vaultOrigin(vaultUri: string): string {
  const url = URL.canParse(vaultUri) ? new URL(vaultUri) : undefined;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    // The value stays out of the message, which is logged.
    throw new TypeError('KEY_VAULT_URI must look like https://<name>.vault.azure.net');
  }
  return url.origin;
}
