/** The one place where a failure becomes a status, an error of the protocol, and words. */
import type { ClientDocumentProblem, OAuthFailure } from './failure.ts';

/** `message` says what happened, `next` what to do; ASCII without quotes, as an `error_description` must be. */
export interface Described {
  readonly status: number;
  /** @see https://www.iana.org/assignments/oauth-parameters/oauth-parameters.xhtml#extensions-error */
  readonly error: string;
  readonly message: string;
  readonly next: string;
  readonly retryAfterSeconds?: number;
}

const AGAIN = 'Start again in the app.';
const REFUSED_AGAIN = `${AGAIN} If that does not help, the owner of this server must check its key at Discogs.`;
const RELOAD = 'Nothing is lost: reload this page to try again.';
const APP_FAULT = 'The app that sent you here must be corrected: tell its maker.';
const LATER = 'Try again in a minute.';

const DOCUMENT_PROBLEMS: Readonly<Record<ClientDocumentProblem, string>> = {
  switched_off: 'This server takes no client id that is an address.',
  bad_address:
    'The client id must be an https address with a path, without user, fragment and dot segments, of at most 512 characters.',
  private_address: 'The client id leads to an address that is not public.',
  unreachable: 'The document of the client id cannot be fetched.',
  too_slow: 'The document of the client id did not arrive in time.',
  too_large: 'The document of the client id is larger than 5 kilobytes.',
  redirected: 'The document of the client id is behind a redirect, which is not followed.',
  status: 'The address of the client id does not answer 200.',
  not_json: 'The document of the client id is no JSON object.',
  other_client_id: 'The document of the client id has another client_id in it.',
  redirect_uris: 'The document of the client id lists no usable redirect_uris.',
  needs_secret:
    'The document of the client id does not allow the method none, the only one for such clients here.',
};

const CODE_PROBLEMS: Readonly<Record<Extract<OAuthFailure, { code: 'code_invalid' }>['reason'], string>> = {
  unknown: 'There is no such code.',
  expired: 'The code is more than 60 seconds old.',
  reused: 'The code was used before, so that the grant has ended.',
  other_client: 'The code was issued to another client.',
  redirect_uri: 'The redirect_uri is not the one of the authorization.',
  verifier: 'The code_verifier does not fit the code_challenge.',
};

const REFRESH_PROBLEMS: Readonly<
  Record<Extract<OAuthFailure, { code: 'refresh_token_invalid' }>['reason'], string>
> = {
  unknown: 'There is no such refresh token, or its grant has ended.',
  reused: 'The refresh token was replaced before, so that the grant has ended.',
  other_client: 'The refresh token was issued to another client.',
};

/** Describes it. */
export function describeFailure(failure: OAuthFailure): Described {
  const as = (status: number, error: string, message: string, next: string): Described => ({
    status,
    error,
    message,
    next,
  });
  const wait = (status: number, message: string, seconds: number): Described => ({
    ...as(status, 'temporarily_unavailable', message, `Nothing is lost: try again in ${seconds} seconds.`),
    retryAfterSeconds: seconds,
  });
  switch (failure.code) {
    case 'no_route':
      return as(404, 'not_found', 'Nothing is here.', 'Read the metadata of the authorization server.');
    case 'method_not_allowed':
      return as(405, 'invalid_request', `This path takes ${failure.allow}.`, 'Use that method.');
    case 'not_configured':
      return as(
        503,
        'temporarily_unavailable',
        'Sign-in is switched on here, but not configured.',
        'The log of this server tells its owner what is missing.',
      );
    case 'payload_too_large':
      return as(413, 'invalid_request', 'The body is too large.', 'Send at most 8 kilobytes.');
    case 'parameter_missing':
      return as(400, 'invalid_request', `The parameter ${failure.parameter} is missing.`, APP_FAULT);
    case 'parameter_repeated':
      return as(400, 'invalid_request', `The parameter ${failure.parameter} was sent twice.`, APP_FAULT);
    case 'parameter_invalid':
      return as(400, 'invalid_request', `The parameter ${failure.parameter} ${failure.fix}.`, APP_FAULT);
    case 'not_a_form':
      return as(
        400,
        'invalid_request',
        'The body is no form.',
        'Send it as application/x-www-form-urlencoded.',
      );
    case 'client_unknown':
      return as(
        400,
        'invalid_client',
        'There is no client with this client_id.',
        'Check the client id that was entered in the app. A client that registered itself must do so again after 90 days without a sign-in, or a week without a first one.',
      );
    case 'client_document':
      return as(400, 'invalid_client', DOCUMENT_PROBLEMS[failure.reason], APP_FAULT);
    case 'redirect_uri_unknown':
      return as(
        400,
        'invalid_request',
        'The redirect_uri is not one of this client, so that nobody was sent there.',
        'It must be the same character for character, but for the port of a program on this computer.',
      );
    case 'response_type_unsupported':
      return as(400, 'unsupported_response_type', 'Only response_type=code is supported.', APP_FAULT);
    case 'scope_unknown':
      return as(
        400,
        'invalid_scope',
        'None of the scopes is known. They are read, collection:write, marketplace:write.',
        APP_FAULT,
      );
    case 'resource_unknown':
      return as(400, 'invalid_target', 'The resource is not one of this server.', APP_FAULT);
    case 'scope_not_granted':
      return as(
        400,
        'invalid_scope',
        'The user has not allowed this scope.',
        'Begin a new authorization with it.',
      );
    case 'resource_not_granted':
      return as(
        400,
        'invalid_target',
        'The authorization was not for this resource.',
        'Begin a new authorization with it.',
      );
    case 'pkce_required':
      return as(
        400,
        'invalid_request',
        'A client without a secret must send code_challenge with code_challenge_method=S256.',
        APP_FAULT,
      );
    case 'pkce_plain':
      return as(
        400,
        'invalid_request',
        'Only code_challenge_method=S256 is supported, with a challenge of 43 characters.',
        APP_FAULT,
      );
    case 'denied':
      return as(
        403,
        'access_denied',
        failure.at === 'here' ? 'The user did not allow it.' : 'The user did not allow it at Discogs.',
        AGAIN,
      );
    case 'not_a_page_of_its_own':
      return as(
        403,
        'invalid_request',
        'Sign-in must be a page of its own, not a part of another one.',
        AGAIN,
      );
    case 'request_over':
      return as(
        410,
        'invalid_request',
        'This sign-in is over: it was answered, or more than ten minutes have passed.',
        AGAIN,
      );
    case 'request_in_progress':
      return as(
        409,
        'invalid_request',
        'This sign-in is just being completed.',
        'Reload this page in a few seconds.',
      );
    case 'request_lost':
      return as(503, 'temporarily_unavailable', 'This server failed in the middle of this sign-in.', AGAIN);
    case 'other_browser':
      return as(
        403,
        'invalid_request',
        'This sign-in was begun in another browser, or cookies are switched off.',
        AGAIN,
      );
    case 'answer_not_confirmed':
      return as(403, 'invalid_request', 'This answer did not come from the page of this server.', AGAIN);
    case 'discogs':
    case 'identity_unknown':
      return discogsFailure(failure.failure);
    case 'client_not_authenticated':
      return as(
        401,
        'invalid_client',
        'The client id or the client secret is wrong or missing.',
        'Check both in the settings of the app.',
      );
    case 'grant_type_unsupported':
      return as(
        400,
        'unsupported_grant_type',
        'The grant_type must be authorization_code or refresh_token.',
        APP_FAULT,
      );
    case 'code_invalid':
      return as(400, 'invalid_grant', CODE_PROBLEMS[failure.reason], 'Begin a new authorization.');
    case 'refresh_token_invalid':
      return as(400, 'invalid_grant', REFRESH_PROBLEMS[failure.reason], 'Begin a new authorization.');
    case 'token_of_other_client':
      return as(
        400,
        'invalid_grant',
        'The token was issued to another client.',
        'Send the client that it was issued to.',
      );
    case 'registration_off':
      return as(
        403,
        'access_denied',
        'This server does not let clients register themselves.',
        'Use a client id metadata document, or ask the owner to enter the client.',
      );
    case 'metadata_invalid':
      return as(
        400,
        'invalid_client_metadata',
        `The metadata ${failure.fix}.`,
        'Correct it and register again.',
      );
    case 'redirect_uris_invalid':
      return as(
        400,
        'invalid_redirect_uri',
        'The redirect_uris must be 1 to 10 addresses: https, http on this computer, or the scheme of an app; without fragment and user.',
        'Correct them and register again.',
      );
    case 'throttled':
      return {
        ...wait(429, 'Too many sign-ins at the moment.', failure.retryAfterSeconds),
        error: 'temporarily_unavailable',
      };
    case 'state_unavailable':
      return as(
        503,
        'temporarily_unavailable',
        'A stored secret cannot be opened.',
        'The owner must check the encryption key.',
      );
    case 'store_unavailable':
      return as(503, 'temporarily_unavailable', 'The store of this server does not answer.', LATER);
    case 'too_slow':
      return { ...as(503, 'temporarily_unavailable', 'This took too long.', RELOAD), retryAfterSeconds: 1 };
    default:
      return failure satisfies never;
  }
}

const UNKNOWN_WAIT_SECONDS = 60;

function discogsFailure(failure: Extract<OAuthFailure, { code: 'identity_unknown' }>['failure']): Described {
  const error = 'temporarily_unavailable';
  const failed = { status: 502, error, message: 'Discogs did not answer as it should.', next: RELOAD };
  switch (failure?.kind) {
    case 'rate_limited':
    case 'busy': {
      const retryAfterSeconds = failure.retryAfterSeconds ?? UNKNOWN_WAIT_SECONDS;
      const message = 'Discogs takes no more calls from here at the moment.';
      const next = `Nothing is lost: reload this page in ${retryAfterSeconds} seconds.`;
      return { status: 503, error, message, next, retryAfterSeconds };
    }
    case 'refused':
      // A verifier that is spent, or a wrong key of the application: a reload would meet the same refusal.
      return failure.status < 500
        ? { ...failed, message: 'Discogs refused the sign-in.', next: REFUSED_AGAIN }
        : failed;
    case 'unreachable':
    case 'timeout':
      return { ...failed, message: 'Discogs cannot be reached.' };
    case 'invalid':
    case undefined:
      return failed;
    default:
      return failure satisfies never;
  }
}
