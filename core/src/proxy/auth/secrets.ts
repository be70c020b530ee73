/** The three secrets, where they may come from, and which source wins. */

import { isUnresolvedReference } from '../../lib/environment.ts';
import type { Log } from '../../lib/log.ts';
import { type SetTimer, withinOr } from '../../lib/timeout.ts';
import type { SecretName } from './secretName.ts';
import { createVaultSecret, type ReadVault, type VaultSecret } from './vaultSecret.ts';

export type { SecretName } from './secretName.ts';
export type { ReadVault, VaultAnswer } from './vaultSecret.ts';

/** `unresolved`: somebody configured it, and its value cannot be read now. Never an open door. */
export type SecretState =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unresolved' };

/** What the gateway asks of its secrets. */
export interface Secrets {
  /** The value now, or a promise that settles within `timeoutMs` where the vault must be asked first. */
  read(name: SecretName, timeoutMs: number): SecretState | Promise<SecretState>;
  /** Called behind an answer: reads the vault when its values are old. Never throws, never delays the answer. */
  refresh(): void;
}

/** What the host may ask beside that. */
export interface HostSecrets extends Secrets {
  /** False once it is known that nobody has set it: not in the environment, and the vault says that it has none. */
  mayBeSet(name: SecretName): boolean;
}

/** What `createSecrets` needs from its host. */
export interface SecretsOptions {
  readonly environment: Readonly<Record<SecretName, string | undefined>>;
  /** Left out where no vault is configured. */
  readonly readVault?: ReadVault;
  readonly now: () => number;
  readonly setTimer: SetTimer;
  /** Takes vault reads, which outlive the call that began them. */
  readonly waitUntil: (promise: Promise<unknown>) => void;
  readonly log: Log;
}

interface Source {
  readonly environment: SecretState;
  readonly vault: VaultSecret | undefined;
}

/** No call spends more of its deadline than this on the vault, so that some is left for Discogs. */
const LONGEST_WAIT_MS = 5_000;

const ABSENT: SecretState = { kind: 'absent' };
const UNRESOLVED: SecretState = { kind: 'unresolved' };

/**
 * The environment answers at once; the vault, where there is one, overrules it as soon as it has been read.
 *
 * @example
 * const secrets = createSecrets({ environment, readVault, now: Date.now, setTimer, waitUntil, log });
 * const token = await secrets.read('DISCOGS_TOKEN', 5_000);
 * // ... answer the caller, then:
 * secrets.refresh();
 */
export function createSecrets(options: SecretsOptions): HostSecrets {
  const { environment, readVault, setTimer } = options;
  const source = (name: SecretName): Source => ({
    environment: fromEnvironment(environment[name]),
    vault: readVault && createVaultSecret({ ...options, name, readVault }),
  });
  const sources: Readonly<Record<SecretName, Source>> = {
    DISCOGS_TOKEN: source('DISCOGS_TOKEN'),
    X_API_KEY: source('X_API_KEY'),
    CLIENT_KEYS: source('CLIENT_KEYS'),
  };

  return {
    read(name, timeoutMs) {
      const { vault } = sources[name];
      const decided = decide(sources[name]);
      if (decided.kind !== 'unresolved' || vault === undefined || vault.lastAnswer() !== undefined) {
        return decided;
      }
      const reading = vault.read();
      const patience = Math.min(timeoutMs, LONGEST_WAIT_MS);
      if (reading === undefined || patience <= 0) return decided;
      // Looks again whoever woke it: the read may belong to a call that was cancelled and never settle.
      return withinOr(setTimer, patience, reading, undefined).then(() => decide(sources[name]));
    },
    mayBeSet(name) {
      const { environment: own, vault } = sources[name];
      return own.kind !== 'absent' || (vault !== undefined && vault.lastAnswer()?.kind !== 'absent');
    },
    refresh() {
      for (const { vault } of Object.values(sources)) vault?.readIfOld();
    },
  };
}

function decide({ environment, vault }: Source): SecretState {
  if (vault === undefined) return environment;
  const answer = vault.lastAnswer();
  if (answer?.kind === 'value') return answer;
  // Until the vault has spoken, a variable that is not set may well be a secret that lives only there.
  return answer === undefined && environment.kind === 'absent' ? UNRESOLVED : environment;
}

function fromEnvironment(raw: string | undefined): SecretState {
  const value = raw?.trim() ?? '';
  if (value === '') return ABSENT;
  return isUnresolvedReference(value) ? UNRESOLVED : { kind: 'value', value };
}
