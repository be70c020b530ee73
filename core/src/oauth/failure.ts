/** Everything that can go wrong at the authorization server, as data. `describeFailure.ts` puts it into words. */
import type { SignInFailure } from '../signIn/discogsSignIn.ts';

export type OAuthFailure =
  | { readonly code: 'no_route' }
  | { readonly code: 'method_not_allowed'; readonly allow: string }
  | { readonly code: 'not_configured' }
  | { readonly code: 'payload_too_large' }
  /** `parameter` is one of the protocol's. */
  | { readonly code: 'parameter_missing'; readonly parameter: string }
  | { readonly code: 'parameter_repeated'; readonly parameter: string }
  | { readonly code: 'parameter_invalid'; readonly parameter: string; readonly fix: string }
  | { readonly code: 'not_a_form' }
  | { readonly code: 'client_unknown' }
  /** The document that the client id names cannot be used. */
  | { readonly code: 'client_document'; readonly reason: ClientDocumentProblem }
  | { readonly code: 'redirect_uri_unknown' }
  | { readonly code: 'response_type_unsupported' }
  | { readonly code: 'scope_unknown' }
  | { readonly code: 'resource_unknown' }
  /** More than the user has allowed. */
  | { readonly code: 'scope_not_granted' }
  | { readonly code: 'resource_not_granted' }
  | { readonly code: 'pkce_required' }
  | { readonly code: 'pkce_plain' }
  /** The user said no, here or at Discogs. */
  | { readonly code: 'denied'; readonly at: 'here' | 'discogs' }
  /** The request came from something inside a page, a frame for example. */
  | { readonly code: 'not_a_page_of_its_own' }
  | { readonly code: 'request_over' }
  /** A second answer, or a second return from Discogs, while the first one is worked on. */
  | { readonly code: 'request_in_progress' }
  /** The process or its store failed while the verifier was spent: nobody knows the credential. */
  | { readonly code: 'request_lost' }
  | { readonly code: 'other_browser' }
  /** The answer did not come from our page. */
  | { readonly code: 'answer_not_confirmed' }
  | { readonly code: 'discogs'; readonly failure: SignInFailure }
  /** Discogs gave a credential, but not the name behind it. */
  | { readonly code: 'identity_unknown'; readonly failure: SignInFailure | undefined }
  | { readonly code: 'client_not_authenticated' }
  | { readonly code: 'grant_type_unsupported' }
  | {
      readonly code: 'code_invalid';
      readonly reason: 'unknown' | 'expired' | 'reused' | 'other_client' | 'redirect_uri' | 'verifier';
    }
  | { readonly code: 'refresh_token_invalid'; readonly reason: 'unknown' | 'reused' | 'other_client' }
  | { readonly code: 'token_of_other_client' }
  | { readonly code: 'registration_off' }
  | { readonly code: 'metadata_invalid'; readonly fix: string }
  | { readonly code: 'redirect_uris_invalid' }
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number }
  /** A stored secret cannot be opened. */
  | { readonly code: 'state_unavailable' }
  /** The store failed. */
  | { readonly code: 'store_unavailable' }
  | { readonly code: 'too_slow' };

export type ClientDocumentProblem =
  | 'switched_off'
  | 'bad_address'
  | 'private_address'
  | 'unreachable'
  | 'too_slow'
  | 'too_large'
  | 'redirected'
  | 'status'
  | 'not_json'
  | 'other_client_id'
  | 'redirect_uris'
  | 'needs_secret';
