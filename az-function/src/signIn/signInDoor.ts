/** What the authorization server in this host is given, and what it offers. */
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Fetcher, RateLimiter, UserAccess } from '@discogs-agent/core';
import type { BrokerAnswer } from '@discogs-agent/core/broker';
import type { FunctionEnvironment, SignInEnvironment } from '../environment.ts';

/** The authorization server as the host's triggers and the gateway use it. */
export interface SignInDoor {
  /** Never rejects: the host would answer a blank 500. */
  handle(request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit>;
  /** Rejects when a table could not be pruned, so that the run counts as failed. */
  prune(context: InvocationContext): Promise<void>;
  readonly users: UserAccess;
}

/** What the process around it has. */
export interface LazySignInOptions {
  readonly environment: FunctionEnvironment;
  readonly found: SignInEnvironment;
  /** The process' own: Discogs counts all calls from here together. */
  readonly rateLimiter: RateLimiter;
  readonly fetcher: Fetcher;
  /** For grants, signatures and ages: it knows of sleep. */
  readonly now: () => number;
  /** For the clocks of stores: it never leaps. */
  readonly steadyNow: () => number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
}

/** What is handed over to a bundle of its own, see `BrokerHostOptions`. */
export interface SignInHostOptions extends LazySignInOptions {
  readonly toResponse: (answer: BrokerAnswer) => HttpResponseInit;
  readonly routePrefix: string;
  readonly clientAddress: (forwardedFor: string | null) => string | undefined;
  readonly loadTables: () => Promise<typeof import('../tables/stores.ts')>;
}
