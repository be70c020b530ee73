/** Secrets over a vault that says what a test wants, on the clock that the test has faked. */

import {
  createSecrets,
  type SecretName,
  type SecretState,
  type VaultAnswer,
} from '../../src/proxy/auth/secrets.ts';
import { realTimer } from './realTimer.ts';

/** What the platform leaves in place of a value that it could not fetch. */
export const REFERENCE = '@Microsoft.KeyVault(VaultName=music-kv;SecretName=DISCOGS-TOKEN)';

export const FROM_ENVIRONMENT: SecretState = { kind: 'value', value: 'env-secret' };
export const FROM_VAULT: SecretState & VaultAnswer = { kind: 'value', value: 'vault-secret' };
export const ABSENT: SecretState = { kind: 'absent' };
export const UNRESOLVED: SecretState = { kind: 'unresolved' };
export const UNREADABLE: VaultAnswer = { kind: 'unreadable', detail: '403 Forbidden' };

/** How the vault behaves: an answer, a rejection, silence, or an answer that takes its time. */
export type VaultReply =
  | VaultAnswer
  | Error
  | 'never'
  | { readonly afterMs: number; readonly answer: VaultAnswer };

/** Secrets over a vault whose reply a test may change; `undefined` stands for no vault. */
export function given(environment: Partial<Record<SecretName, string>>, vault: VaultReply | undefined) {
  const lines: string[] = [];
  const kept: Promise<unknown>[] = [];
  const reads: SecretName[] = [];
  const state = { vault };
  const write = (level: string) => (line: string) => void lines.push(`${level} ${line}`);
  const readVault = async (name: SecretName): Promise<VaultAnswer> => {
    reads.push(name);
    const reply = state.vault;
    if (reply === undefined || reply === 'never') return new Promise(() => undefined);
    if (reply instanceof Error) throw reply;
    if ('answer' in reply) {
      await new Promise((resolve) => setTimeout(resolve, reply.afterMs));
      return reply.answer;
    }
    return reply;
  };
  const secrets = createSecrets({
    environment: { DISCOGS_TOKEN: undefined, X_API_KEY: undefined, CLIENT_KEYS: undefined, ...environment },
    ...(vault === undefined ? {} : { readVault }),
    now: Date.now,
    setTimer: realTimer,
    waitUntil: (promise) => void kept.push(promise),
    log: { info: write('info'), warn: write('warn'), error: write('error') },
  });
  const readsOf = (name: SecretName) => reads.filter((read) => read === name).length;
  return { secrets, lines, kept, state, readsOf };
}
