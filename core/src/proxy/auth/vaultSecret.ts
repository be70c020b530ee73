/** One secret as the vault knows it: read when asked, kept through outages, never read twice at once. */
import { errorName } from '../../lib/describeError.ts';
import { isUnresolvedReference } from '../../lib/environment.ts';
import type { Log } from '../../lib/log.ts';
import type { SecretName } from './secretName.ts';

/** What a vault said about one secret. `detail` is logged: a status and a code, never a value. */
export type VaultAnswer =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly detail: string };

/** Asks a vault for one secret and settles within `timeoutMs`. A rejection counts as `unreadable`. */
export type ReadVault = (name: SecretName, timeoutMs: number) => Promise<VaultAnswer>;

/** An answer that tells something: the vault holds the secret, or it does not. */
export type KnownAnswer = Exclude<VaultAnswer, { kind: 'unreadable' }>;

/** A secret in the vault, seen from the gateway. */
export interface VaultSecret {
  /** The last thing the vault said, however long ago. */
  lastAnswer(): KnownAnswer | undefined;
  /** Joins the read in flight or starts one; `undefined` while the pause after a failure lasts. Never rejects. */
  read(): Promise<void> | undefined;
  /** Starts a read when the last answer is old. */
  readIfOld(): void;
}

/** What `createVaultSecret` needs; the same dependencies as the secrets it serves. */
export interface VaultSecretOptions {
  readonly name: SecretName;
  readonly readVault: ReadVault;
  readonly now: () => number;
  readonly waitUntil: (promise: Promise<unknown>) => void;
  readonly log: Log;
}

/** A rotated secret is in force this long after the rotation, at the latest, in an app that gets calls. */
const MAX_AGE_MS = 5 * 60_000;

/** Longer than any call waits: the first token of a cold identity may take its time, and the next call profits. */
const READ_LIMIT_MS = 10_000;

/** After this a read in flight counts as lost: its call was cancelled, or its reader broke its promise. */
const LOST_AFTER_MS = READ_LIMIT_MS + 1_000;

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/** Starts out knowing nothing; the first read fills it. */
export function createVaultSecret(options: VaultSecretOptions): VaultSecret {
  const { name, readVault, now, waitUntil, log } = options;
  let answer: KnownAnswer | undefined;
  let answeredAt = 0;
  let inFlight: { readonly done: Promise<void>; readonly lostAt: number } | undefined;
  let reads = 0;
  let failures = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let reported: string | undefined;

  function read(): Promise<void> | undefined {
    if (inFlight !== undefined && now() >= inFlight.lostAt) failed('no_answer');
    if (inFlight !== undefined) return inFlight.done;
    if (now() < pausedUntil) return undefined;
    const number = ++reads;
    const done = ask(readVault, name).then((said) => {
      // A read that was given up may still answer; it must not overwrite what a newer one said.
      if (number === reads) settle(said);
    });
    inFlight = { done, lostAt: now() + LOST_AFTER_MS };
    waitUntil(done);
    return done;
  }

  function settle(said: VaultAnswer): void {
    if (said.kind === 'unreadable') {
      failed(said.detail);
      return;
    }
    inFlight = undefined;
    failures = 0;
    if (reported !== undefined) log.info(`key_vault_readable which=${name}`);
    reported = undefined;
    if (said.kind === 'absent' && answer?.kind === 'value') {
      log.warn(`key_vault_secret_gone which=${name}`);
    }
    answer = said;
    answeredAt = now();
  }

  function failed(detail: string): void {
    inFlight = undefined;
    pausedUntil = now() + Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
    failures += 1;
    // Once per outage, and again when its cause changes: a timeout that turns into a 403 is news.
    if (detail !== reported) log.warn(`key_vault_unreadable which=${name} detail=${oneLine(detail)}`);
    reported = detail;
  }

  return {
    lastAnswer: () => answer,
    read,
    readIfOld() {
      if (answer === undefined || now() - answeredAt >= MAX_AGE_MS) read();
    },
  };
}

/** Never rejects, and gives every answer the one form that the rest relies on. */
async function ask(readVault: ReadVault, name: SecretName): Promise<VaultAnswer> {
  try {
    const said = await readVault(name, READ_LIMIT_MS);
    if (said.kind !== 'value') return said;
    // Tools that read a secret from a file leave its last line break in the vault.
    const value = said.value.trim();
    if (value === '') return { kind: 'absent' };
    // Somebody stored the reference instead of the secret. As a key it would be one that anybody can guess.
    if (isUnresolvedReference(value)) {
      return { kind: 'unreadable', detail: 'value_is_a_reference' };
    }
    return { kind: 'value', value };
  } catch (error) {
    // The name only: a message written for other eyes may quote what was read.
    return { kind: 'unreadable', detail: errorName(error) };
  }
}

/** Keeps a log line one line, and short. */
function oneLine(detail: string): string {
  return detail.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 100);
}
