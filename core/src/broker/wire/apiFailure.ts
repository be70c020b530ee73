/** A failure for programs: JSON, and text where the original answers in text. */

import { jsonAnswer, textAnswer } from '../../signIn/answers.ts';
import { renderPage } from '../../signIn/page.ts';
import type { WebAnswer } from '../../signIn/web.ts';
import type { BrokerFailure } from '../failure.ts';
import { failurePage } from '../pages/failurePage.ts';

const json = (status: number, error: string, message: string, more: object = {}): WebAnswer =>
  jsonAnswer(status, { error, message, ...more });

const later = (status: number, error: string, message: string, seconds: number, more: object = {}) =>
  jsonAnswer(status, { error, message, ...more }, { 'retry-after': String(seconds) });

/** The statuses and words are a contract: existing clients and their users know them. */
export function apiFailure(failure: BrokerFailure): WebAnswer {
  switch (failure.code) {
    case 'no_route':
      return json(404, 'not_found', `No route for ${failure.method} ${failure.path}`);
    case 'client_token_mismatch':
      return json(401, 'unauthorized', 'invalid broker client token');
    case 'client_token_required':
      return json(
        401,
        'unauthorized',
        'broker client token is required; set BROKER_CLIENT_TOKEN or ALLOW_UNAUTHENTICATED_BROKER=true for local development',
      );
    case 'not_configured':
      return json(503, 'service_unavailable', 'discogs auth is not configured');
    case 'state_unavailable':
      return json(503, 'service_unavailable', 'discogs auth state is unavailable');
    case 'bearer_missing':
      return json(401, 'unauthorized', 'missing bearer session token');
    case 'bearer_invalid':
      return json(401, 'unauthorized', 'invalid or expired broker session');
    case 'invalid_json':
      return json(400, 'invalid_json', 'request body must be valid JSON');
    case 'payload_too_large':
      return json(413, 'payload_too_large', 'request body is too large');
    case 'invalid_params':
      return json(400, 'invalid_params', failure.message);
    case 'session_not_found':
      return json(404, 'not_found', 'device session not found');
    case 'session_expired':
      return json(410, 'expired', 'device session expired; restart auth');
    case 'already_finalized':
      return json(409, 'already_finalized', 'device session has already been finalized');
    case 'not_ready':
      return json(409, 'not_ready', 'device session is not authorized yet', { status: failure.status });
    case 'exchange_incomplete':
      return json(409, 'not_ready', 'discogs token exchange has not completed');
    case 'link_parameters_missing':
      return textAnswer(400, 'Missing device_id or pending_token');
    case 'link_session_not_found':
      return textAnswer(404, 'Device session not found');
    case 'link_session_expired':
      return textAnswer(410, 'Device session expired. Restart auth from your client.');
    case 'callback_denied':
    case 'callback_parameters_missing':
    case 'callback_session_not_found':
    case 'callback_session_expired':
    case 'callback_token_not_found':
    case 'callback_other_browser':
    case 'callback_linked_elsewhere':
      return renderPage(failurePage(failure));
    case 'throttled': {
      const seconds = failure.retryAfterSeconds;
      const message = `Too many sign-ins at the moment. Wait ${seconds} seconds before retrying.`;
      return later(429, 'too_many_requests', message, seconds, { retry_after_seconds: seconds });
    }
    case 'rate_limited': {
      const seconds = failure.retryAfterSeconds;
      const message = `Discogs is rate limiting requests from this broker. Wait ${seconds} seconds before retrying.`;
      return later(429, 'discogs_rate_limited', message, seconds, { retry_after_seconds: seconds });
    }
    case 'busy': {
      const seconds = failure.retryAfterSeconds;
      const message = `The broker request queue is busy. Retry after ${seconds} seconds.`;
      return later(503, 'broker_busy', message, seconds);
    }
    case 'discogs_unavailable': {
      const message = {
        failed: 'discogs upstream request failed',
        invalid: 'discogs upstream response was invalid',
      }[failure.reason];
      return json(502, 'discogs_unavailable', message);
    }
    case 'too_slow':
      return later(503, 'service_unavailable', 'the broker took too long', 1);
    case 'internal_error':
      return json(500, 'internal_error', 'internal server error');
    default:
      return failure satisfies never;
  }
}
