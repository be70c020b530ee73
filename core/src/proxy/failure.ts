/** Everything that can go wrong with a call, as data. `renderFailure` turns each into HTTP. */
import type { SecretName } from './auth/secrets.ts';

/** Refused before Discogs was asked. */
export type Refusal =
  | { readonly code: 'not_an_integer'; readonly field: string }
  | {
      readonly code: 'invalid_request';
      readonly reason: InvalidRequestReason;
      readonly field?: string;
      readonly message: string;
    }
  | { readonly code: 'no_supported_search_params' }
  | { readonly code: 'invalid_json' }
  | { readonly code: 'missing_fields'; readonly fields: readonly string[] }
  | { readonly code: 'unauthorized'; readonly reason: 'api_key_mismatch' | 'discogs_token_missing' }
  | { readonly code: 'read_only'; readonly message: string }
  | { readonly code: 'no_such_route' }
  | { readonly code: 'method_not_allowed'; readonly allow: readonly string[] }
  | { readonly code: 'length_required' }
  | { readonly code: 'payload_too_large'; readonly limitBytes: number }
  | { readonly code: 'unsupported_media_type'; readonly contentType: string }
  | {
      readonly code: 'server_misconfigured';
      readonly reason: 'x_api_key_missing' | 'invalid_setting';
      readonly which?: string;
    }
  | { readonly code: 'secrets_unresolved'; readonly which: SecretName };

export type InvalidRequestReason =
  | 'invalid_path'
  | 'invalid_parameter'
  | 'invalid_encoding'
  | 'invalid_header'
  | 'invalid_body';

/** Discogs answered, but not with what was asked for; or did not answer. */
export type UpstreamFailure =
  | { readonly code: 'not_found'; readonly message?: string }
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

export type UpstreamInvalidReason = 'html' | 'json' | 'not_modified' | 'too_large' | 'encoding' | 'blocked';

export type Failure = Refusal | UpstreamFailure;
