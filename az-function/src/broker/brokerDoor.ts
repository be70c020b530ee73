/** What the broker in this host is given, and what it offers. */
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Fetcher, RateLimiter } from '@discogs-agent/core';
import type { BrokerAnswer, BrokerEvent } from '@discogs-agent/core/broker';
import type { BrokerEnvironment, FunctionEnvironment } from '../environment.ts';

/** The broker as the host's triggers use it. */
export interface BrokerDoor {
  /** Never rejects: the host would answer a blank 500. */
  handle(request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit>;
  /** Rejects when a table could not be pruned, so that the run counts as failed. */
  prune(context: InvocationContext): Promise<void>;
  /** Safe to call at any time. */
  load(): Promise<unknown>;
  /** What happened in the last hour, for the status. */
  recent(): Readonly<Record<string, number>>;
}

/** What the process around the broker has. */
export interface LazyBrokerOptions {
  readonly environment: FunctionEnvironment;
  readonly found: BrokerEnvironment;
  /** The process' own: Discogs counts the calls of proxy and broker together. */
  readonly rateLimiter: RateLimiter;
  readonly fetcher: Fetcher;
  /** For sessions, signatures and ages: it knows of sleep. */
  readonly now: () => number;
  /** For limits and for the clocks of stores: it never leaps. */
  readonly steadyNow: () => number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
}

/**
 * What the broker is given. It is a bundle of its own, so that what the start has loaded comes to it in here, and the
 * Tables SDK with it: a second copy would be most of the package.
 */
export interface BrokerHostOptions extends LazyBrokerOptions {
  readonly onAnswer: (event: BrokerEvent) => void;
  readonly toResponse: (answer: BrokerAnswer) => HttpResponseInit;
  /** Before every path, without a slash at its end. */
  readonly routePrefix: string;
  readonly clientAddress: (forwardedFor: string | null) => string | undefined;
  readonly loadTables: () => Promise<typeof import('../tables/stores.ts')>;
}
