/** What every route works with: the broker's dependencies, and one visit to it. */
import { constantTimeEqual } from '../lib/constantTime.ts';
import type { Log } from '../lib/log.ts';
import type { Bytes } from '../signIn/bytes.ts';
import type { DiscogsSignIn } from '../signIn/discogsSignIn.ts';
import type { Keyring } from '../signIn/keyring.ts';
import type { UserAccess } from '../signIn/userAccess.ts';
import type { WebAnswer, WebRequest } from '../signIn/web.ts';
import type { BrokerSettings } from './brokerSettings.ts';
import type { BrokerFailure } from './failure.ts';
import type { BrokerEvent } from './requestLog.ts';
import type { SearchPort } from './searchPort.ts';
import type { BrokerStores } from './stores.ts';

/** Everything a host passes in. */
export interface BrokerDependencies {
  readonly settings: BrokerSettings;
  readonly stores: BrokerStores;
  readonly signIn: DiscogsSignIn;
  readonly searches: SearchPort;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Cryptographic. */
  readonly randomBytes: (length: number) => Bytes;
  /** Runs `run` after `ms`; the result cancels it. */
  readonly setTimer: (run: () => void, ms: number) => () => void;
  /** Keeps the host alive for work that must end even when the browser has left. */
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly log: Log;
  /** What the host puts before every path, `/api`; it belongs to the base address. */
  readonly routePrefix?: string;
  /** Whether calls to Discogs leave through a binding of the owner's; shown by health. */
  readonly egress?: 'gateway';
  /** Users who signed in with an app of their own; absent where nobody does. */
  readonly users?: UserAccess | undefined;
  /** Told of every answer. */
  readonly onAnswer?: (event: BrokerEvent) => void;
  /** Milliseconds for a whole request; the client gives up after 30 s. */
  readonly deadlineMs?: number;
}

/** The dependencies, with what is derived from them once. */
export interface Context extends BrokerDependencies {
  /** Undefined where no key is configured. */
  readonly keyring: () => Promise<Keyring | undefined>;
  /** Unix seconds. */
  readonly seconds: () => number;
}

/** One request on its way. */
export interface Visit {
  readonly request: WebRequest;
  readonly query: URLSearchParams;
  /** Scheme, host and prefix under which the broker's paths are reached. */
  readonly baseUrl: string;
  /** A browser asks: it goes to Discogs only after its user has said yes. */
  readonly isBrowser: boolean;
  /** In milliseconds, by the clock of `now`. */
  readonly deadline: number;
}

/** An answer, or a failure still to be rendered for a program or a person. */
export type Outcome = WebAnswer | BrokerFailure;
/** One path and method. */
export type Route = (context: Context, visit: Visit) => Promise<Outcome>;

/** Who may use the routes of apps. Undefined means yes. */
export function refuseClient({ settings }: Context, { request }: Visit): BrokerFailure | undefined {
  if (settings.allowUnauthenticated) return undefined;
  if (settings.clientTokens.length === 0) return { code: 'client_token_required' };
  const given = request.header('x-reklawdbox-broker-token')?.trim() ?? '';
  const matches = settings.clientTokens.map((token) => constantTimeEqual(given, token));
  return matches.includes(true) ? undefined : { code: 'client_token_mismatch' };
}

/** The keys, where sign-in is configured. Callers hear that it is not, the owner's log hears what to mend. */
export async function configuredKeyring({ settings, keyring, log }: Context): Promise<Keyring | undefined> {
  if (settings.problems.length === 0) return keyring();
  for (const { variable, fix } of settings.problems) log.error(`${variable} ${fix}`);
  return undefined;
}
