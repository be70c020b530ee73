/** Steps 2 and 3 of the pipeline: who calls, are the secrets there, is the input good? */
import { needsToken, type Operation } from '../../catalog/operation.ts';
import { isInCatalogue } from '../../catalogue/catalogueOperations.ts';
import type { Call } from '../../lib/call.ts';
import type { Deadline } from '../../lib/deadline.ts';
import type { UserAccess } from '../../signIn/userAccess.ts';
import type { Refusal } from '../failure.ts';
import type { GatewaySettings } from '../settings.ts';
import { type AcceptedInput, checkInput } from '../validation/checkInput.ts';
import { type Caller, identifyCaller, isCaller } from './caller.ts';
import type { SecretState, Secrets } from './secrets.ts';
import { checkUser, identifyUser, withChallenge } from './user.ts';

/** A call that may go to Discogs. */
export interface Authorized {
  readonly code: 'authorized';
  readonly caller: Caller;
  /** Undefined: anonymous, 25 calls a minute; or signed for the user of `caller`. */
  readonly token: string | undefined;
  /** Discogs would want a token, and there is none: only the catalogue can answer. */
  readonly lacksToken?: true;
  readonly input: AcceptedInput;
}

/** What decides whether a call may come in. */
interface AuthorizeDependencies {
  readonly settings: GatewaySettings;
  readonly secrets: Secrets;
  /** Absent where nobody signs in. */
  readonly users?: UserAccess | undefined;
  /** Absent: there is none. */
  readonly catalogue?: unknown;
}

/** A request waits this long, all in all, for secrets that only the vault knows. */
const SECRET_WAIT_MS = 5000;

/** Milliseconds that a call may spend on secrets. */
export const secretWaitMs = (deadline: Deadline): number => Math.min(SECRET_WAIT_MS, deadline.leftMs());

/** A user's requests are signed with the user's own credential, and never sent with the gateway's token. */
const USERS_OWN = { code: 'token', token: undefined } as const;

function checkToken(
  secret: SecretState,
  operation: Operation,
): { readonly code: 'token'; readonly token: string | undefined } | Refusal {
  switch (secret.kind) {
    case 'unresolved':
      return { code: 'secrets_unresolved', which: 'DISCOGS_TOKEN' };
    case 'absent':
      return needsToken(operation)
        ? { code: 'unauthorized', reason: 'discogs_token_missing' }
        : { code: 'token', token: undefined };
    case 'value':
      // A line break inside would make an illegal header; say so instead of failing at the socket.
      return /^[\x21-\x7e]+$/.test(secret.value)
        ? { code: 'token', token: secret.value }
        : { code: 'server_misconfigured', reason: 'invalid_setting', which: 'DISCOGS_TOKEN' };
    default:
      return secret satisfies never;
  }
}

function checkReadOnly(operation: Operation, caller: Caller, settings: GatewaySettings): Refusal | undefined {
  if (operation.effect === 'read' || !(settings.readOnly || caller.readOnly)) return undefined;
  const who = settings.readOnly ? 'This gateway' : 'This client key';
  return { code: 'read_only', message: `${who} may only read; ${operation.method} is switched off.` };
}

/** Step 2 alone, for what is answered here: who calls, and can the gateway work at all? `waitMs` is for its secrets. */
export async function authorizeCaller(
  call: Call,
  { settings, secrets, users }: AuthorizeDependencies,
  waitMs: number,
): Promise<Caller | Refusal> {
  const user = users && (await identifyUser(call, settings, users));
  const caller = user ?? (await identifyCaller(call, secrets, settings, waitMs));
  if (!isCaller(caller)) return users ? withChallenge(caller, call, settings, users) : caller;
  const [problem] = settings.problems;
  if (problem) return { code: 'server_misconfigured', reason: 'invalid_setting', which: problem.variable };
  return caller;
}

/** Lets a call in, or says why not. */
export async function authorize(
  call: Call,
  operation: Operation,
  rawPath: Readonly<Record<string, string>>,
  dependencies: AuthorizeDependencies,
  deadline: Deadline,
): Promise<Authorized | Refusal> {
  const { settings, secrets, users } = dependencies;
  // Asked for beside the keys, so that a slow vault is waited for once and not three times in a row.
  const waitMs = secretWaitMs(deadline);
  const tokenRead = secrets.read('DISCOGS_TOKEN', waitMs);
  const caller = await authorizeCaller(call, dependencies, waitMs);
  if (!isCaller(caller)) return caller;
  const readOnly = checkReadOnly(operation, caller, settings);
  if (readOnly) return readOnly;
  if (users && caller.user) {
    const refusal = await checkUser(call, operation, caller.user, settings, users);
    if (refusal) return refusal;
  }
  const token = caller.user ? USERS_OWN : checkToken(await tokenRead, operation);
  const lacksToken = token.code === 'unauthorized' && dependencies.catalogue && isInCatalogue(operation);
  if (token.code !== 'token' && !lacksToken) return token;
  const input = checkInput(operation, rawPath, call);
  if ('code' in input) return input;
  return token.code === 'token'
    ? { code: 'authorized', caller, token: token.token, input }
    : { code: 'authorized', caller, token: undefined, lacksToken: true, input };
}
