/** Everything that can go wrong with a call, as data. `renderFailure` turns each into HTTP. */
import type { Scope } from '../catalog/scopes.ts';
import type { UpstreamFailure } from '../discogs/upstreamFailure.ts';
import type { SecretName } from './auth/secretName.ts';

/** Only where people sign in. `challenge` is the beginning of `WWW-Authenticate`: it leads to the sign-in. */
export type UserRefusal =
  | { readonly code: 'invalid_token'; readonly challenge: string }
  /** `toAskFor`: what the app has, and what it needs; some apps ask for exactly that. */
  | {
      readonly code: 'insufficient_scope';
      readonly scope: Scope;
      readonly toAskFor: readonly Scope[];
      readonly challenge: string;
    }
  /** The user's requests of 24 hours are used. */
  | { readonly code: 'quota_used'; readonly retryAfterSeconds: number }
  | { readonly code: 'sign_in_unavailable' };

/** Refused before Discogs was asked. */
export type Refusal =
  | UserRefusal
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
  | {
      readonly code: 'unauthorized';
      readonly reason: 'api_key_mismatch' | 'discogs_token_missing';
      /** Why no key could be checked. Absent for a key that was, so that it tells nothing about keys. */
      readonly message?: string;
      /** Where people sign in. */
      readonly challenge?: string;
    }
  | { readonly code: 'read_only'; readonly message: string }
  /** `nearest`: the path that was probably meant. */
  | { readonly code: 'no_such_route'; readonly nearest: string | undefined }
  | { readonly code: 'method_not_allowed'; readonly allow: readonly string[] }
  | { readonly code: 'length_required' }
  | { readonly code: 'payload_too_large'; readonly limitBytes: number }
  | {
      readonly code: 'unsupported_media_type';
      readonly contentType: string;
      /** Absent: JSON. */
      readonly expected?: 'multipart/form-data';
    }
  | { readonly code: 'server_misconfigured'; readonly reason: 'x_api_key_missing' }
  | { readonly code: 'server_misconfigured'; readonly reason: 'invalid_setting'; readonly which: string }
  | { readonly code: 'secrets_unresolved'; readonly which: SecretName };

export type InvalidRequestReason =
  | 'invalid_path'
  | 'invalid_parameter'
  | 'invalid_encoding'
  | 'invalid_header'
  | 'invalid_body';

/** A caller wants an answer of the catalogue, and it has none. */
export type CatalogueFailure =
  /** `date`: the month that was looked through; undefined where this gateway has no catalogue. */
  | { readonly code: 'not_in_catalogue'; readonly date: string | undefined }
  | { readonly code: 'catalogue_unavailable' };

export type Failure = Refusal | UpstreamFailure | CatalogueFailure;
