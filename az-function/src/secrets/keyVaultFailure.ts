/** What an error of the Key Vault or identity SDK means, in words that may be logged. */
import type { VaultAnswer } from '@discogs-agent/core';
import { codeOf, readField } from './errorFields.ts';
import { describeTokenFailure } from './tokenFailure.ts';

/** `passing`: a second try a moment later may well succeed. */
export interface VaultFailure {
  readonly answer: Exclude<VaultAnswer, { kind: 'value' }>;
  readonly passing: boolean;
}

/**
 * Keeps status and codes. Messages are dropped: those of the SDK quote addresses and bodies.
 *
 * @example
 * describeFailure(error).answer; // { kind: 'unreadable', detail: '403 Forbidden ForbiddenByRbac' }
 */
export function describeFailure(error: unknown): VaultFailure {
  const status = readField(error, 'statusCode');
  const code = codeOf(readField(error, 'code'));
  if (typeof status === 'number') {
    // Only the vault's own word counts as "not there"; a 404 of something in between says nothing.
    if (status === 404 && code === 'SecretNotFound') return { answer: { kind: 'absent' }, passing: false };
    // The inner code tells a missing role from a firewall from a disabled secret.
    const inner = codeOf(readField(error, 'details', 'error', 'innerError', 'code'));
    return unreadable([String(status), code, inner], status >= 500);
  }
  const noToken = describeTokenFailure(error);
  // The credential has tried twice already.
  if (noToken) return unreadable([noToken.detail], false);
  // Codes without a status are those of the network: refused, reset, not found.
  if (code !== undefined) return unreadable([code], true);
  return unreadable([explain(error) ?? codeOf(readField(error, 'name')) ?? 'unknown'], false);
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
  return { answer: { kind: 'unreadable', detail }, passing };
}
