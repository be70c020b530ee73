/** The one place where a failure becomes HTTP. Codes and reasons are a contract; see docs/errors.md. */
import { servedPrefixes } from '../../catalog/nearestPath.ts';
import type { Failure } from '../failure.ts';
import type { RenderedFailure } from './errorBody.ts';
import { renderUpstreamFailure } from './renderUpstreamFailure.ts';

const SERVED = `Served are paths of Discogs, behind /api, that begin with ${servedPrefixes.join(', ')}; docs/endpoints.md lists them.`;

/** Renders `failure`. `detail` of transport failures is shown only with `debugErrors` (`DEBUG_ERRORS`). */
export function renderFailure(failure: Failure, traceId: string, debugErrors: boolean): RenderedFailure {
  switch (failure.code) {
    case 'not_an_integer': {
      const error = `${failure.field} must be an integer`;
      return { status: 400, body: { error, message: `${error}, written in the digits 0 to 9.` } };
    }
    case 'invalid_request': {
      const { reason, field, message } = failure;
      return {
        status: 400,
        body: { error: 'invalid_request', reason, ...(field === undefined ? {} : { field }), message },
      };
    }
    case 'no_supported_search_params':
      return {
        status: 400,
        body: {
          error: 'invalid_request',
          reason: 'no_supported_search_params',
          message: 'This search has no search field. Add at least one, such as q, artist or release_title.',
        },
      };
    case 'invalid_json':
      return {
        status: 400,
        body: { error: 'invalid_json', message: 'The body is not valid JSON. Send a JSON object.' },
      };
    case 'missing_fields': {
      const { fields } = failure;
      return {
        status: 400,
        body: {
          error: 'missing_fields',
          fields: fields.join(','),
          message: `The body lacks ${fields.join(', ')}. Send every required member.`,
        },
      };
    }
    case 'unauthorized':
      return {
        status: 401,
        body: {
          error: 'unauthorized',
          reason: failure.reason,
          message: failure.message ?? UNAUTHORIZED_MESSAGES[failure.reason],
        },
        ...(failure.reason === 'api_key_mismatch'
          ? { headers: { 'www-authenticate': failure.challenge ?? 'Bearer' } }
          : {}),
      };
    case 'invalid_token':
      return {
        status: 401,
        body: {
          error: 'invalid_token',
          message: 'The access token has expired or was ended. Refresh it, or let the user sign in again.',
        },
        headers: {
          'www-authenticate': `${failure.challenge}, error="invalid_token", error_description="The access token has expired or was ended"`,
        },
      };
    case 'insufficient_scope': {
      const { scope, toAskFor } = failure;
      return {
        status: 403,
        body: {
          error: 'insufficient_scope',
          scope,
          message: `The user has not allowed this: it needs the scope ${scope}. Let the user sign in again with it.`,
        },
        headers: {
          'www-authenticate': `${failure.challenge}, error="insufficient_scope", error_description="The user has not allowed this", scope="${toAskFor.join(' ')}"`,
        },
      };
    }
    case 'quota_used': {
      const { retryAfterSeconds } = failure;
      return {
        status: 429,
        body: {
          error: 'quota_used',
          reset: retryAfterSeconds,
          message: `This user's requests of 24 hours are used. Retry after ${retryAfterSeconds} seconds.`,
        },
        headers: { 'retry-after': String(retryAfterSeconds) },
      };
    }
    case 'sign_in_unavailable':
      return {
        status: 503,
        body: {
          error: 'sign_in_unavailable',
          message: 'The access token cannot be checked at the moment. Try again in a minute.',
        },
      };
    case 'read_only':
      return { status: 403, body: { error: 'read_only', message: failure.message } };
    case 'no_such_route': {
      const { nearest } = failure;
      const hint = nearest === undefined ? '' : ` Did you mean /api${nearest}?`;
      return {
        status: 404,
        body: {
          error: 'not_found',
          reason: 'no_such_route',
          message: `No operation has this path.${hint} ${SERVED}`,
        },
      };
    }
    case 'method_not_allowed': {
      const allow = failure.allow.join(', ');
      return {
        status: 405,
        body: { error: 'method_not_allowed', message: `This path takes ${allow}.` },
        headers: { allow },
      };
    }
    case 'length_required':
      return {
        status: 411,
        body: {
          error: 'length_required',
          message: 'Send the body with a Content-Length; a chunked body does not reach this gateway.',
        },
      };
    case 'payload_too_large':
      return {
        status: 413,
        body: {
          error: 'payload_too_large',
          message: `The body may have at most ${failure.limitBytes} bytes.`,
        },
      };
    case 'unsupported_media_type':
      return {
        status: 415,
        body: {
          error: 'unsupported_media_type',
          message:
            failure.expected === undefined
              ? 'Send the body as JSON, with Content-Type: application/json.'
              : `Send the file as a part of a body with Content-Type: ${failure.expected}.`,
        },
      };
    case 'server_misconfigured': {
      const { code: error, ...members } = failure;
      const message =
        failure.reason === 'x_api_key_missing'
          ? 'This gateway has no client key, so it lets nobody in. Its owner must set X_API_KEY or CLIENT_KEYS.'
          : `The setting ${failure.which} cannot be used. The log of the gateway says what it must look like.`;
      return { status: 503, body: { error, ...members, message } };
    }
    case 'secrets_unresolved':
      return {
        status: 503,
        body: {
          error: 'secrets_unresolved',
          which: failure.which,
          message:
            `The secret ${failure.which} cannot be read at the moment. Try again in a minute; ` +
            'if it stays so, the owner must check that it exists and that the gateway may read it.',
        },
      };
    case 'not_in_catalogue': {
      const { date } = failure;
      const message =
        date === undefined
          ? 'This gateway has no catalogue. Leave the source out, or ask for live.'
          : `The catalogue, which is Discogs' dump of ${date}, does not have this. Discogs may know more: ask for the source live, or leave it out.`;
      const reason = date === undefined ? 'no_catalogue' : 'not_in_catalogue';
      return {
        status: 404,
        body: {
          error: 'not_found',
          reason,
          ...(date === undefined ? {} : { catalogue_date: date }),
          message,
        },
      };
    }
    case 'catalogue_unavailable':
      return {
        status: 503,
        body: {
          error: 'catalogue_unavailable',
          message:
            'The catalogue cannot be read at the moment. Leave the source out to ask Discogs, or try again in a minute; ' +
            'its owner finds the reason in /api/status and in the log.',
        },
        headers: { 'retry-after': '60' },
      };
    default:
      return renderUpstreamFailure(failure, traceId, debugErrors);
  }
}

const UNAUTHORIZED_MESSAGES = {
  api_key_mismatch:
    'The client key is missing or wrong. Send it as x-api-key, or as Authorization: Bearer <key>.',
  discogs_token_missing:
    'Discogs answers this with a token only, and this gateway has none. Its owner must set DISCOGS_TOKEN.',
} as const;
