/** The two plain types between a host and the core: what came in, and what goes out. */
import type { Log } from './log.ts';

/** What an access token is for: everything, or MCP alone. */
export type Audience = 'api' | 'mcp';

/** One request, as a host hands it over. `Request` objects stay outside: they cost more than the forwarding itself. */
export interface Call {
  /** As sent, upper case. `HEAD` is answered like `GET`, without a body. */
  readonly method: string;
  /** Without the prefix `/api`, percent-encoded. */
  readonly path: string;
  /** Raw query string without the question mark. */
  readonly query: string;
  /** Looks up a request header by lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** All request headers, for the request log only. */
  readonly headers: () => Iterable<readonly [string, string]>;
  /** Absent when the host received none. */
  readonly body: Uint8Array | undefined;
  /** Serves fairness and throttling only, never trust. */
  readonly clientAddress: string | undefined;
  /** Where the caller reached us, for rewritten links: `https://host/api`, no trailing slash. */
  readonly baseUrl: string;
  /** The door that took the request; absent: the API. */
  readonly audience?: Audience;
  /** Lines that belong to this call. */
  readonly log: Log;
}

/** What a host sends back: all bytes at once, no stream. Header names are lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The body of an answer without one. */
export const NO_BODY = new Uint8Array(0);
