/** What callers of {@link startSandbox} pass in and get back. */
import type { IncomingHttpHeaders } from 'node:http';
import type { FaultRule } from './faults/rule.ts';

export interface SandboxOptions {
  /** TCP port on 127.0.0.1; 0 (the default) takes a free one. */
  port?: number;
  /** Milliseconds since the epoch; drives the rate window and the dates of writes. */
  now?: () => number;
  /** Requests per 60 s. Default: 60 with a credential, 25 without, as on Discogs. */
  limits?: { authenticated: number; anonymous: number };
  /** One line per answered request. */
  log?: (line: string) => void;
  /** `false` keeps no requests, for benchmarks. Otherwise the last 10,000 are kept. */
  record?: boolean;
}

/** A request as it arrived, before it was judged. */
export interface RecordedRequest {
  method: string;
  /** Raw path with query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Milliseconds since the epoch by the sandbox's clock. */
  at: number;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string;
  port: number;
  /** Ends open sockets too, hanging ones included. */
  close(): Promise<void>;
  /** Every API request that arrived, oldest first; control requests and the consent page are not among them. */
  requests: RecordedRequest[];
  /** TCP connections accepted so far. */
  connections(): number;
  /** Adds a rule, as `POST /__sandbox/faults` does. Throws `InvalidRule` naming the field. */
  fault(rule: FaultRule): void;
  clearFaults(): void;
  /** Takes back what a user (or, without a name, everybody) has granted by OAuth; tells how many grants. */
  revoke(username?: string): number;
  /** Data, grants, rate window, faults and recorded requests back to the start. */
  reset(): void;
}
