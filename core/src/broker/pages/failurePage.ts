/** A failure for people: what happened, and what to do now. */

import type { Page } from '../../signIn/page.ts';
import type { BrokerFailure } from '../failure.ts';

const RESTART = 'Start again in your app: it gives you a new link.';
const RELOAD = 'Nothing is lost: reload this page to try again.';

const failed = (status: number, message: string, ...hints: string[]): Page => ({
  status,
  title: 'Auth failed',
  message,
  hints,
});

const wait = (status: number, message: string, retryAfterSeconds: number): Page => ({
  ...failed(status, message, `Nothing is lost: reload this page in ${retryAfterSeconds} seconds.`),
  retryAfterSeconds,
});

/** The first line of each page of the callback, and its status, are a contract. */
export function failurePage(failure: BrokerFailure): Page {
  switch (failure.code) {
    case 'callback_denied':
      return {
        status: 400,
        title: 'Access denied',
        message: 'You denied the app access to your Discogs account. Nothing was linked.',
        hints: [`You can close this page. Did you not mean to? ${RESTART}`],
      };
    case 'callback_parameters_missing':
      return failed(
        400,
        'Missing required callback parameters. Restart auth from your client.',
        ...(failure.noVerifier
          ? [
              'Discogs did not confirm that your account may be used, as when you decline. Nothing was linked.',
              RESTART,
            ]
          : [RESTART]),
      );
    case 'callback_session_not_found':
      return failed(
        404,
        'Device session not found.',
        'It may be linked already: look into your app.',
        RESTART,
      );
    case 'callback_session_expired':
      return {
        status: 410,
        title: 'Auth expired',
        message: 'The device session expired. Restart auth from your client.',
      };
    case 'callback_token_not_found':
      return failed(
        400,
        'OAuth request token was not found or expired. Restart auth.',
        'The link that your app showed still works: open it once more.',
      );
    case 'callback_other_browser':
      return {
        ...failed(
          403,
          'Nobody has confirmed this sign-in in this browser. Nothing was linked. Go on only if you have just started this in an app of your own.',
          'Did another browser open on the way, or were cookies off? Then start over here, with cookies on.',
          'Did somebody send you a link? Then close this page: going on would let their app use your account.',
        ),
        link: { href: failure.href, label: 'Start over in this browser' },
      };
    case 'callback_linked_elsewhere':
      return failed(
        409,
        'This device was linked before, in another browser. This sign-in was not used.',
        'Was that you? Then return to your app.',
        `Was it somebody else? ${RESTART}`,
        ...(failure.consented
          ? ['Discogs lists your consent in your settings, under Applications: you can take it back there.']
          : []),
      );
    case 'link_parameters_missing':
      return failed(400, 'Missing device_id or pending_token', 'Copy the whole link from your app.');
    case 'session_not_found':
    case 'link_session_not_found':
      return failed(404, 'Device session not found', RESTART);
    case 'session_expired':
    case 'link_session_expired':
      return {
        status: 410,
        title: 'Auth expired',
        message: 'Device session expired. Restart auth from your client.',
      };
    case 'throttled':
      return wait(429, 'Too many sign-ins at the moment.', failure.retryAfterSeconds);
    case 'rate_limited':
      return wait(429, 'Discogs asks this service to slow down.', failure.retryAfterSeconds);
    case 'busy':
      return wait(503, 'Many people use this service right now.', failure.retryAfterSeconds);
    case 'discogs_unavailable':
      return failed(502, 'Discogs cannot be reached at the moment.', RELOAD);
    case 'too_slow':
      return wait(503, 'This took too long.', 1);
    case 'not_configured':
    case 'state_unavailable':
      return failed(503, 'This service is not set up correctly.', 'Only its owner can mend that.');
    case 'internal_error':
      return failed(500, 'Something went wrong here.', RELOAD);
    case 'no_route':
      return { status: 404, title: 'Not found', message: 'There is no such page.' };
    case 'client_token_mismatch':
    case 'client_token_required':
    case 'bearer_missing':
    case 'bearer_invalid':
      return { status: 401, title: 'For apps only', message: 'This address is for apps, not for browsers.' };
    case 'invalid_json':
    case 'invalid_params':
      return { status: 400, title: 'For apps only', message: 'This address is for apps, not for browsers.' };
    case 'payload_too_large':
      return { status: 413, title: 'For apps only', message: 'This address is for apps, not for browsers.' };
    case 'already_finalized':
    case 'not_ready':
    case 'exchange_incomplete':
      return { status: 409, title: 'For apps only', message: 'This address is for apps, not for browsers.' };
    default:
      return failure satisfies never;
  }
}
