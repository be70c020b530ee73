/** Step 2 of the pipeline: who calls? Answered before anything about configuration or input is revealed. */

import type { Call } from '../../lib/call.ts';
import type { SignedInUser } from '../../signIn/userAccess.ts';
import type { Refusal } from '../failure.ts';
import type { GatewaySettings } from '../settings.ts';
import { type ClientKey, findKey, isPresentable, parseApiKey, parseClientKeys } from './clientKeys.ts';
import { presentedKey } from './presentedKey.ts';
import type { SecretState, Secrets } from './secrets.ts';

/** A caller that may go on. */
export interface Caller {
  /** Label of the key, for traces; `anonymous` where the check is switched off. */
  readonly label: string;
  readonly readOnly: boolean;
  /** Undefined for a client key: the gateway's own Discogs token is used. */
  readonly user?: SignedInUser;
}

/** With `DISABLE_CLIENT_KEY_CHECK` nobody is asked for a key. */
const UNCHECKED: Caller = { label: 'anonymous', readOnly: false };

interface Keyring {
  readonly keys: readonly ClientKey[];
  readonly problem: Refusal | undefined;
}

/** A keyring from both secrets. An unusable one closes the door for keys that it might have named. */
function keyring(apiKey: SecretState, clientKeys: SecretState): Keyring {
  const keys: ClientKey[] = apiKey.kind === 'value' ? [...parseApiKey(apiKey.value)] : [];
  let problem: Refusal | undefined;
  if (clientKeys.kind === 'value') {
    const parsed = parseClientKeys(clientKeys.value);
    if (parsed) keys.push(...parsed);
    else problem = { code: 'server_misconfigured', reason: 'invalid_setting', which: 'CLIENT_KEYS' };
  } else if (clientKeys.kind === 'unresolved') {
    problem = { code: 'secrets_unresolved', which: 'CLIENT_KEYS' };
  }
  // Header values are read as Latin-1, so such a key could never be presented.
  if (keys.some(({ key }) => !isPresentable(key))) {
    problem = { code: 'server_misconfigured', reason: 'invalid_setting', which: 'X_API_KEY' };
  }
  if (apiKey.kind === 'unresolved') problem = { code: 'secrets_unresolved', which: 'X_API_KEY' };
  if (keys.length === 0) problem ??= { code: 'server_misconfigured', reason: 'x_api_key_missing' };
  return { keys, problem };
}

/** Checks the key of a call; `timeoutMs` bounds the wait for a secret that only the vault knows. */
export async function identifyCaller(
  call: Call,
  secrets: Secrets,
  { clientKeyCheck, allowKeyInQuery }: Pick<GatewaySettings, 'clientKeyCheck' | 'allowKeyInQuery'>,
  timeoutMs: number,
): Promise<Caller | Refusal> {
  if (!clientKeyCheck) return UNCHECKED;
  const presented = presentedKey(call, allowKeyInQuery);
  const key = presented.kind === 'key' ? presented.key : '';
  const apiKey = secrets.read('X_API_KEY', timeoutMs);
  // Where the vault must be asked anyway, both are asked for at once.
  const clientKeys = apiKey instanceof Promise ? secrets.read('CLIENT_KEYS', timeoutMs) : undefined;
  const known = await apiKey;
  if (known.kind === 'value') {
    // The usual caller does not wait for CLIENT_KEYS, which most deployments do not have.
    const match = findKey(parseApiKey(known.value), key);
    if (match) return match;
  }
  const { keys, problem } = keyring(known, await (clientKeys ?? secrets.read('CLIENT_KEYS', timeoutMs)));
  const match = findKey(keys, key);
  if (match) return match;
  if (problem) return problem;
  return presented.kind === 'key'
    ? { code: 'unauthorized', reason: 'api_key_mismatch' }
    : { code: 'unauthorized', reason: 'api_key_mismatch', message: presented.message };
}

/** Tells a caller from a refusal. */
export const isCaller = (result: Caller | Refusal): result is Caller => 'label' in result;
