/** The network, as the core sees it. Hosts implement it: Node's HTTP client in Azure Functions, fetch in Workers. */
import type { DiscogsRequest } from './request.ts';

/** A complete answer; the body is already decompressed. */
export interface FetchedAnswer {
  readonly kind: 'answer';
  readonly status: number;
  /** Looks up a header by lower-case name. */
  readonly header: (name: string) => string | undefined;
  readonly body: Uint8Array;
}

/** No usable answer. `name` is the error class that traces show, `detail` may be shown with `DEBUG_ERRORS`. */
export interface FetchFailure {
  readonly kind: 'failure';
  /** `overloaded`: this process holds too many bytes of answers already, so that the rest of this one was not read. */
  readonly cause: 'timeout' | 'transport' | 'too_large' | 'encoding' | 'overloaded';
  readonly name: string;
  readonly detail: string;
  /** No connection could be made, so that nothing in the request can be the cause. */
  readonly isUnreachable?: true;
  /** Status and headers, where they arrived before the failure. */
  readonly status?: number;
  readonly header?: FetchedAnswer['header'];
}

/**
 * Sends one request and reads its whole body. Settles within `timeoutMs`, never rejects, follows no redirect, retries
 * nothing, and stops reading after `maxBytes` of decompressed body.
 */
export type Fetcher = (
  request: DiscogsRequest,
  limits: { readonly timeoutMs: number; readonly maxBytes: number },
) => Promise<FetchedAnswer | FetchFailure>;
