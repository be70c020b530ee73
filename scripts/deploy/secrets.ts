/** The secrets: as they come, and where they go. */
import { randomBytes } from 'node:crypto';
import { isPresentable, parseApiKey, parseClientKeys } from '@discogs-agent/core';
import { readOAuthSettings } from '@discogs-agent/core/oauth';
import type { DeployContext } from './deployContext.ts';
import type { Failure } from './failure.ts';
import { done, failed, type Outcome } from './outcome.ts';
import { ROTATED, VAULT_NAMES } from './secretNames.ts';

/** By the names of the environment variables, which are those of the app settings. */
export type Secrets = Readonly<Record<string, string>>;

/** What a step has to write. */
export interface SecretsToWrite {
  readonly given: Secrets;
  /** Variables that get a random value, unless they turn out to have one. */
  readonly make: readonly string[];
}

const RANDOM_BYTES = 32;

/** A random text that nobody has seen, hidden from now on. */
export function newSecret(context: DeployContext): string {
  const secret = randomBytes(RANDOM_BYTES).toString('base64url');
  context.hide(secret);
  return secret;
}

const isClientList = (value: string): boolean =>
  !readOAuthSettings({ SIGN_IN_CLIENTS: value }).problems.some(
    ({ variable }) => variable === 'SIGN_IN_CLIENTS',
  );

/** What is wrong with a value, in words that do not repeat it. */
function ruleBroken(variable: string, value: string): string | undefined {
  if (variable === 'CLIENT_KEYS') {
    return parseClientKeys(value)
      ? undefined
      : 'it must be a JSON array such as [{"label":"my-app","key":"a-long-random-key","read_only":true}]';
  }
  if (variable === 'SIGN_IN_CLIENTS') {
    return isClientList(value)
      ? undefined
      : 'it must be a JSON array of clients, as docs/sign-in.md shows it, or [] for none';
  }
  if (ROTATED.includes(variable)) {
    const keys = parseApiKey(value);
    const usable = keys.length > 0 && keys.every(({ key }) => isPresentable(key));
    return usable
      ? undefined
      : 'it must be one key, or two separated by a comma, of printable ASCII without spaces';
  }
  return /^[\x21-\x7e]+$/.test(value) ? undefined : 'it must be printable ASCII without spaces';
}

/** The single keys in a value that holds several. */
function keysIn(variable: string, value: string): readonly string[] {
  if (ROTATED.includes(variable)) return parseApiKey(value).map(({ key }) => key);
  if (variable === 'CLIENT_KEYS') return (parseClientKeys(value) ?? []).map(({ key }) => key);
  if (variable === 'SIGN_IN_CLIENTS') {
    return readOAuthSettings({ SIGN_IN_CLIENTS: value }).clients.flatMap(({ secret }) => secret ?? []);
  }
  return [];
}

/** The secrets that were given, checked and hidden. An empty variable is one that was not given. */
export function givenSecrets(context: DeployContext): Outcome<Secrets> {
  const secrets: Record<string, string> = {};
  for (const variable of Object.keys(VAULT_NAMES)) {
    const value = context.environment[variable]?.trim();
    if (!value) continue;
    context.hide(value);
    for (const key of keysIn(variable, value)) context.hide(key);
    const rule = value.startsWith('@')
      ? 'it must be the secret itself, no reference'
      : ruleBroken(variable, value);
    if (rule) return failed({ kind: 'bad_secret', variable, rule } satisfies Failure);
    secrets[variable] = value;
  }
  return done(secrets);
}
