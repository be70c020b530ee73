/** Who this process is to Azure's services, on a token that is fetched when needed and never behind our back. */
import {
  type AccessToken,
  AzureCliCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import { describeTokenFailure } from './tokenFailure.ts';

/** A hung identity endpoint must not hold every later call: after this the attempt counts as failed. */
const TOKEN_LIMIT_MS = 8_000;

/** A token is renewed this long before it ends, which covers clocks that differ and a slow call. */
const RENEW_BEFORE_MS = 2 * 60_000;

/**
 * In Azure the managed identity (`AZURE_CLIENT_ID` names a user-assigned one), elsewhere the login of the Azure
 * CLI. `DefaultAzureCredential` would find the same two, but it tries many sources in turn, hides which one
 * failed, and drags all of them into the package; these two are all that a bundler keeps.
 *
 * The variables are the platform's, not ours: the SDK itself reads them from `process.env`.
 */
export function azureCredential(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): TokenCredential {
  // Without an assigned identity Azure sets no endpoint; the site's name still tells that there is no CLI here.
  const inAzure = environment['IDENTITY_ENDPOINT'] || environment['WEBSITE_SITE_NAME'];
  if (!inAzure) return new AzureCliCredential({ processTimeoutInMs: TOKEN_LIMIT_MS });
  const clientId = environment['AZURE_CLIENT_ID'];
  // `boundedCredential` tries again; the SDK's own pauses would outlast the reader's time.
  return new ManagedIdentityCredential({
    ...(clientId ? { clientId } : {}),
    retryOptions: { maxRetries: 0 },
  });
}

/** Long enough for a dropped connection to be replaced; a longer pause belongs to whoever asked. */
const RETRY_PAUSE_MS = 200;

/** A token, at the second try where the first failed for a moment only. */
async function getTokenTwice(get: () => Promise<AccessToken | null>): Promise<AccessToken | null> {
  try {
    return await get();
  } catch (error) {
    const failure = describeTokenFailure(error);
    if (!failure?.isTransient) throw error;
    console.warn(`identity_retry detail=${failure.detail}`);
    await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS));
    return get();
  }
}

/**
 * Wraps a credential so that a call can trust it: no wait beyond `limitMs`, one retry after a transient failure, one
 * token kept until shortly before its end, and no renewal in the background. The SDK's policies renew a token that is
 * about to end behind a call, and where that fails for good nobody holds the promise: an unhandled rejection, which ends
 * the process.
 */
export function boundedCredential(inner: TokenCredential, limitMs = TOKEN_LIMIT_MS): TokenCredential {
  let kept: { readonly key: string; readonly token: AccessToken } | undefined;
  return {
    async getToken(scopes, options) {
      const key = JSON.stringify([scopes, options?.tenantId]);
      const usable = kept?.key === key && options?.claims === undefined ? kept.token : undefined;
      if (usable !== undefined && usable.expiresOnTimestamp - RENEW_BEFORE_MS > Date.now()) {
        return withoutExpiry(usable);
      }
      try {
        const token = await within(
          limitMs,
          getTokenTwice(() => inner.getToken(scopes, options)),
        );
        if (token === null) return null;
        kept = { key, token };
        return withoutExpiry(token);
      } catch (error) {
        if (usable !== undefined && usable.expiresOnTimestamp > Date.now()) return withoutExpiry(usable);
        throw error;
      }
    },
  };
}

/** An end in the past makes the SDK ask us before each call, and never on its own. */
function withoutExpiry({ token }: AccessToken): AccessToken {
  return { token, expiresOnTimestamp: 0 };
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CredentialTimeout()), limitMs);
    // A reader that has given up must not keep a process from ending.
    timer.unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

class CredentialTimeout extends Error {
  override readonly name = 'CredentialTimeout';
}
