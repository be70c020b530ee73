/**
 * As much of the Workers platform as the broker uses. Cloudflare's own types declare a whole global scope, which would
 * let `core/` compile against it unnoticed.
 */
import type { BrokerLimiter } from '@discogs-agent/core/broker';
import type { D1 } from './d1/database.ts';

/** A D1 binding. @see https://developers.cloudflare.com/d1/worker-api/d1-database/ */
export interface D1Database extends D1 {
  /** `first-primary`: its first query is answered by the primary, never by a replica that lags. */
  withSession(constraint: 'first-primary'): D1;
}

/** A binding to another Worker of the owner's. */
export interface ServiceBinding {
  fetch(request: Request): Promise<Response>;
}

/** The binding of a Durable Object's class. Calls on what a method returns are sent at once, as if it were there. */
export interface LimiterNamespace {
  getByName(name: string): BrokerLimiter;
}

/** What the runtime lends a single event. */
export interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void;
}

/** Calls back once after `ms`; returns what cancels it. */
export function setTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
