/** The container that a pack is uploaded to. */
import { AzureCliCredential, ChainedTokenCredential, ManagedIdentityCredential } from '@azure/identity';
import { ContainerClient, RestError } from '@azure/storage-blob';
import { CatalogueUnavailable } from '@discogs-agent/core/catalogue';

/** An upload that a person can put right; its words name no signature. */
export class UploadProblem extends CatalogueUnavailable {
  override readonly name = 'UploadProblem';
}

const OPTIONS = { retryOptions: { maxTries: 6, retryDelayInMs: 500, maxRetryDelayInMs: 20_000 } };
const LOCAL = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/;

/** With a signature in the address, or as whoever is logged in: `az login`, or the machine's managed identity. */
export function openContainer(address: string): ContainerClient {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isUsable = url && (url.protocol === 'https:' || LOCAL.test(address)) && url.pathname.length > 1;
  if (!isUsable || url.username + url.password !== '') {
    throw new UploadProblem(
      'The address is none of a container',
      'Give an https address such as https://my-account.blob.core.windows.net/catalogue',
    );
  }
  if (url.searchParams.has('sig')) return new ContainerClient(address, undefined, OPTIONS);
  const identity = new ChainedTokenCredential(new AzureCliCredential(), new ManagedIdentityCredential());
  return new ContainerClient(address, identity, OPTIONS);
}

/** True for an answer of the service with one of these statuses. */
export const isStatus = (error: unknown, ...statuses: readonly number[]): boolean =>
  error instanceof RestError && statuses.includes(error.statusCode ?? 0);

/** `work`, or `otherwise` where the service says that it is not there. */
export async function unlessMissing<T, U>(work: Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await work;
  } catch (error) {
    if (isStatus(error, 404)) return otherwise;
    throw error;
  }
}

const LOG_IN =
  'Log in with `az login` and take the role Storage Blob Data Contributor on the account, or give an address with a signature that may read, write, list and delete';
const AGAIN = 'Run the same command again; it goes on where it stopped';

/** What to do about an error of the service. Its own message quotes addresses, with their signature. */
export function explain(error: unknown): CatalogueUnavailable {
  if (error instanceof CatalogueUnavailable) return error;
  if (error instanceof RestError) {
    const what = `${error.statusCode ?? ''} ${error.code ?? ''}`.trim();
    if (isStatus(error, 401, 403)) return new UploadProblem(`Blob storage refuses: ${what}`, LOG_IN);
    if (isStatus(error, 404)) {
      return new UploadProblem(
        `Blob storage has no such container: ${what}`,
        'Make it first (docs/catalogue-azure.md)',
      );
    }
    return new UploadProblem(`Blob storage failed: ${what}`, AGAIN);
  }
  const name = error instanceof Error ? error.name : 'unknown error';
  if (/Credential|Authentication/.test(name)) return new UploadProblem(`No login for Azure: ${name}`, LOG_IN);
  const message = error instanceof Error ? error.message.replace(/\?\S*/g, '') : '';
  return new UploadProblem(`The upload failed: ${name} ${message}`.trim(), AGAIN, { cause: error });
}
