/** What can go wrong with a request to Discogs, as data. Each door turns it into its own words. */

/** Discogs answered, but not with what was asked for; or did not answer. */
export type UpstreamFailure =
  | {
      readonly code: 'not_found';
      readonly message?: string;
      /** The month of a dump that has it: merged or deleted since. */
      readonly inCatalogue?: string;
    }
  | {
      readonly code: 'rate_limited';
      /** Discogs said no, or the gateway knew that it would. */
      readonly source: 'discogs' | 'proxy';
      readonly limit: string | null;
      readonly remaining: string | null;
      /** Seconds, null where nobody knows. */
      readonly reset: number | null;
      readonly message?: string;
    }
  | { readonly code: 'upstream_error'; readonly upstreamStatus: number; readonly message?: string }
  | { readonly code: 'unexpected_status'; readonly upstreamStatus: number; readonly message?: string }
  | {
      readonly code: 'upstream_invalid';
      readonly reason: UpstreamInvalidReason;
      readonly upstreamStatus?: number;
    }
  | { readonly code: 'upstream_unavailable'; readonly retryAfterSeconds: number }
  /** Too many large answers are on their way at once. Discogs is well. */
  | { readonly code: 'overloaded'; readonly retryAfterSeconds: number }
  | { readonly code: 'bad_gateway'; readonly detail: string }
  | { readonly code: 'timeout'; readonly detail: string }
  | { readonly code: 'internal_error'; readonly detail: string };

export type UpstreamInvalidReason =
  | 'html'
  | 'json'
  | 'file'
  | 'not_modified'
  | 'too_large'
  | 'encoding'
  | 'blocked';
