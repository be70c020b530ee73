/** What every route of the authorization server works with. */
import type { Log } from '../lib/log.ts';
import type { Bytes } from '../signIn/bytes.ts';
import type { DiscogsSignIn } from '../signIn/discogsSignIn.ts';
import type { Keyring } from '../signIn/keyring.ts';
import type { DoorEvent } from '../signIn/requestLog.ts';
import type { ThrottleStore } from '../signIn/throttleStore.ts';
import type { WebRequest } from '../signIn/web.ts';
import type { ReasonedAnswer } from './answers.ts';
import type { FetchDocument } from './clientDocument.ts';
import type { OAuthFailure } from './failure.ts';
import type { OAuthSettings } from './settings.ts';
import type { OAuthStores } from './stores.ts';

/** Everything a host passes in. */
export interface OAuthDependencies {
  readonly settings: OAuthSettings;
  readonly stores: OAuthStores;
  readonly throttle: ThrottleStore;
  readonly signIn: DiscogsSignIn;
  /** Fetches documents of clients from public addresses only. */
  readonly fetchDocument: FetchDocument;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Cryptographic. */
  readonly randomBytes: (length: number) => Bytes;
  /** Runs `run` after `ms`; the result cancels it. */
  readonly setTimer: (run: () => void, ms: number) => () => void;
  /** Keeps the host alive for work that must end even when the browser has left. */
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly log: Log;
  /** What the host puts before its paths, `/api`; it belongs to the issuer. */
  readonly routePrefix: string;
  /** Whether there is MCP behind the access tokens. */
  readonly hasMcp: boolean;
  /** Told of every answer. */
  readonly onAnswer?: (event: OAuthEvent) => void;
  /** Milliseconds for a whole request. */
  readonly deadlineMs?: number;
}

/** What became of a request. */
export type OAuthEvent = DoorEvent;

/** A client that may ask for an authorization. */
export interface Client {
  readonly id: string;
  readonly redirectUris: readonly string[];
  /** True for one without a secret. */
  readonly mustUsePkce: boolean;
  /** The owner of this server has entered it; of any other one nothing is known. */
  readonly isEntered: boolean;
  /** Whoever owns this host vouches for the client; undefined where nobody does. */
  readonly host: string | undefined;
}

/** The dependencies, with what is derived from them once. */
export interface Context extends Omit<OAuthDependencies, 'onAnswer' | 'deadlineMs'> {
  /** Derived once; rejects where no key is configured, which `problems` rule out before. */
  readonly keyring: () => Promise<Keyring>;
  /** Unix seconds. */
  readonly seconds: () => number;
  readonly findClient: (clientId: string) => Promise<Client | OAuthFailure>;
}

/** One request on its way. */
export interface Visit {
  readonly request: WebRequest;
  readonly query: URLSearchParams;
  /** The issuer: scheme, host and prefix, without a slash at its end. */
  readonly baseUrl: string;
  /** In milliseconds, by the clock of `now`. */
  readonly deadline: number;
}

/** An answer, or a failure still to be rendered for a program or a person. */
export type Outcome = ReasonedAnswer | OAuthFailure;
export type Route = (context: Context, visit: Visit) => Promise<Outcome>;

/** Tells a failure from anything else that a step may give. */
export const isFailure = <T extends object>(result: T | OAuthFailure): result is OAuthFailure =>
  'code' in result;
