/** Everything that can go wrong at the broker, as data. `wire/apiFailure.ts` and `pages/failurePage.ts` render it. */

import type { SignInFailure } from '../signIn/discogsSignIn.ts';
import type { SearchReply } from './searchPort.ts';
import type { SessionStatus } from './stores.ts';

/** Trouble behind the broker: Discogs, its limits, the broker's own. */
export type UpstreamFailure =
  /** Discogs said 429, or would. */
  | { readonly code: 'rate_limited'; readonly retryAfterSeconds: number }
  /** The queue towards Discogs is too long. */
  | { readonly code: 'busy'; readonly retryAfterSeconds: number }
  /** `failed`: no usable answer came; `invalid`: one came that makes no sense. */
  | { readonly code: 'discogs_unavailable'; readonly reason: 'failed' | 'invalid' };

export type BrokerFailure =
  | UpstreamFailure
  | { readonly code: 'no_route'; readonly method: string; readonly path: string }
  | { readonly code: 'client_token_mismatch' }
  /** None is configured, and nothing says that none is wanted. */
  | { readonly code: 'client_token_required' }
  | { readonly code: 'not_configured' }
  /** A stored secret cannot be opened. */
  | { readonly code: 'state_unavailable' }
  | { readonly code: 'bearer_missing' }
  | { readonly code: 'bearer_invalid' }
  | { readonly code: 'invalid_json' }
  | { readonly code: 'payload_too_large' }
  | { readonly code: 'invalid_params'; readonly message: string }
  | { readonly code: 'session_not_found' }
  | { readonly code: 'session_expired' }
  | { readonly code: 'already_finalized' }
  | { readonly code: 'not_ready'; readonly status: SessionStatus }
  | { readonly code: 'exchange_incomplete' }
  | { readonly code: 'link_parameters_missing' }
  | { readonly code: 'link_session_not_found' }
  | { readonly code: 'link_session_expired' }
  /** Discogs says that the person denied. */
  | { readonly code: 'callback_denied' }
  /** `noVerifier`: all else came, which may be a no as well. */
  | { readonly code: 'callback_parameters_missing'; readonly noVerifier: boolean }
  | { readonly code: 'callback_session_not_found' }
  | { readonly code: 'callback_session_expired' }
  | { readonly code: 'callback_token_not_found' }
  /** The browser has not the cookie of the one in which the sign-in was confirmed. `href` leads to its link. */
  | { readonly code: 'callback_other_browser'; readonly href: string }
  /** Another browser has linked the session. `consented`: Discogs has noted a consent that nobody uses. */
  | { readonly code: 'callback_linked_elsewhere'; readonly consented: boolean }
  /** Too many sign-ins from one address, or altogether. */
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly code: 'too_slow' }
  | { readonly code: 'internal_error' };

/** What the original tells callers to wait when Discogs does not say how long. */
export const UNKNOWN_WAIT_SECONDS = 60;

/** A failure of Discogs' sign-in, or of a search, as the broker's own. */
export function upstreamFailure(
  failure: SignInFailure | Extract<SearchReply, { readonly kind: 'rate_limited' | 'busy' }>,
): UpstreamFailure {
  switch (failure.kind) {
    case 'rate_limited':
      return {
        code: 'rate_limited',
        retryAfterSeconds: failure.retryAfterSeconds ?? UNKNOWN_WAIT_SECONDS,
      };
    case 'busy':
      return { code: 'busy', retryAfterSeconds: failure.retryAfterSeconds };
    case 'refused':
    case 'unreachable':
    case 'timeout':
      return { code: 'discogs_unavailable', reason: 'failed' };
    case 'invalid':
      return { code: 'discogs_unavailable', reason: 'invalid' };
    default:
      return failure satisfies never;
  }
}
