/** What an error of the identity SDK means, in words that may be logged. */
import { codeOf, readField } from './errorFields.ts';

/** `isTransient`: the same request a moment later may well succeed. */
export interface TokenFailure {
  readonly detail: string;
  readonly isTransient: boolean;
}

/**
 * The statuses after which Azure asks for another try; 404 and 410 come while the identity endpoint is being updated.
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#error-handling
 */
const isTransientStatus = (status: number): boolean =>
  status === 404 || status === 408 || status === 410 || status === 429 || status >= 500;

/** Undefined for an error of something else. The SDK wraps what happened; the cause carries status and code. */
export function describeTokenFailure(error: unknown): TokenFailure | undefined {
  const name = codeOf(readField(error, 'name'));
  if (!name?.startsWith('Credential') && !name?.startsWith('Authentication')) return undefined;
  const cause = readField(error, 'cause');
  const status = readField(cause, 'status');
  const code = codeOf(readField(cause, 'errorCode')) ?? codeOf(readField(cause, 'code'));
  const words = ['no_token', name, typeof status === 'number' ? String(status) : undefined, code];
  return {
    detail: words.filter((word) => word !== undefined).join(' '),
    isTransient:
      code === 'network_error' ||
      // An answer without a token and without an error: the SDK drops its status.
      name === 'AuthenticationRequiredError' ||
      (typeof status === 'number' && isTransientStatus(status)),
  };
}
