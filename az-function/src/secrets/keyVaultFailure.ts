/** What an error of the Key Vault or identity SDK means, in words that may be logged. */
import type { VaultAnswer } from '@discogs-agent/core';

/** `passing`: a second try a moment later may well succeed. */
export interface VaultFailure {
  readonly answer: Exclude<VaultAnswer, { state: 'value' }>;
  readonly passing: boolean;
}

/**
 * Keeps status and codes. Messages are dropped: those of the SDK quote addresses and bodies.
 *
 * @example
 * describeFailure(error).answer; // { state: 'unreadable', detail: '403 Forbidden ForbiddenByRbac' }
 */
export function describeFailure(error: unknown): VaultFailure {
  const status = read(error, 'statusCode');
  const code = word(read(error, 'code'));
  if (typeof status === 'number') {
    // Only the vault's own word counts as "not there"; a 404 of something in between says nothing.
    if (status === 404 && code === 'SecretNotFound') return { answer: { state: 'absent' }, passing: false };
    // The inner code tells a missing role from a firewall from a disabled secret.
    const inner = word(read(error, 'details', 'error', 'innerError', 'code'));
    return unreadable([String(status), code, inner], status >= 500);
  }
  // The identity SDK wraps what happened to the token; the cause carries the code.
  const cause = read(error, 'cause');
  const name = word(read(error, 'name'));
  if (name?.startsWith('Credential') || name?.startsWith('Authentication')) {
    const reason = word(read(cause, 'errorCode')) ?? word(read(cause, 'code'));
    return unreadable(['no_token', name, reason], reason === 'network_error');
  }
  // Codes without a status are those of the network: refused, reset, not found.
  if (code !== undefined) return unreadable([code], true);
  return unreadable([explain(error) ?? name ?? 'unknown'], false);
}

/** Two failures for which the SDK has neither a status nor a code. */
function explain(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.message.startsWith('The challenge resource')) return 'not_the_vault_of_its_challenge';
  // The SDK reads members of a body that is not there, or not JSON.
  return error.name === 'TypeError' ? 'malformed_answer' : undefined;
}

function unreadable(words: ReadonlyArray<string | undefined>, passing: boolean): VaultFailure {
  const detail = words.filter((part) => part !== undefined).join(' ');
  return { answer: { state: 'unreadable', detail }, passing };
}

function read(from: unknown, ...path: readonly string[]): unknown {
  let value = from;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** A code, or nothing where the field holds anything longer than a code. */
function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? value : undefined;
}
