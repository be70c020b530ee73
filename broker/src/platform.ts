/**
 * As much of the Workers platform as the broker uses. Cloudflare's own types declare a whole global scope, which would
 * let `core/` compile against it unnoticed.
 * @see https://developers.cloudflare.com/d1/worker-api/
 */

/** What SQL parameters and columns of this broker are. */
export type D1Value = string | number | null;

/** A statement with its parameters. */
export interface D1PreparedStatement {
  bind(...values: readonly D1Value[]): D1PreparedStatement;
  /** The first row, or null. */
  first(): Promise<Readonly<Record<string, unknown>> | null>;
  run(): Promise<{ readonly meta: { readonly changes: number } }>;
  all(): Promise<{ readonly results: readonly Readonly<Record<string, unknown>>[] }>;
}

/** A database, or a session on one. */
export interface D1Queries {
  prepare(sql: string): D1PreparedStatement;
}

/** A D1 binding. @see https://developers.cloudflare.com/d1/best-practices/read-replication/ */
export interface D1Database extends D1Queries {
  /** `first-primary`: its first query is answered by the primary, never by a replica that lags. */
  withSession(constraint: 'first-primary'): D1Queries;
}

/** A binding to another Worker of the owner's. */
export interface ServiceBinding {
  fetch(request: Request): Promise<Response>;
}

/** What the runtime lends a single event. */
export interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void;
}
