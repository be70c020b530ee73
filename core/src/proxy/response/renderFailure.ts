/** The one place where a failure becomes HTTP. Codes and reasons are a contract; see docs/errors.md. */
import type { UpstreamFailure } from '../../discogs/upstreamFailure.ts';
import type { Failure } from '../failure.ts';

/** Status, JSON members in their order on the wire, and headers that only this failure needs. */
export interface RenderedFailure {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const UPSTREAM_INVALID_MESSAGES = {
  html: 'Discogs sent an HTML page instead of JSON. It may be in maintenance.',
  json: 'Discogs sent a body that is not JSON.',
  not_modified: 'Discogs sent 304 Not Modified to a request without a condition. Try again later.',
  too_large: 'Discogs sent more than this gateway accepts. Ask for a smaller page.',
  encoding: 'Discogs sent a body that could not be decompressed.',
  blocked:
    "Discogs' edge refused this gateway's address or User-Agent. Wait some minutes before the next call.",
} as const;

/**
 * Renders `failure`. `detail` of transport failures is shown only with `debugErrors` (`DEBUG_ERRORS`).
 * Bodies of the original's errors have exactly the original's members, so that existing clients can compare them.
 */
export function renderFailure(failure: Failure, traceId: string, debugErrors: boolean): RenderedFailure {
  switch (failure.code) {
    case 'not_an_integer':
      return { status: 400, body: { error: `${failure.field} must be an integer` } };
    case 'invalid_request': {
      const { reason, field, message } = failure;
      return {
        status: 400,
        body: { error: 'invalid_request', reason, ...(field === undefined ? {} : { field }), message },
      };
    }
    case 'no_supported_search_params':
      return { status: 400, body: { error: 'invalid_request', reason: 'no_supported_search_params' } };
    case 'invalid_json':
      return { status: 400, body: { error: 'invalid_json' } };
    case 'missing_fields':
      return { status: 400, body: { error: 'missing_fields', fields: failure.fields.join(',') } };
    case 'unauthorized':
      return {
        status: 401,
        body: {
          error: 'unauthorized',
          reason: failure.reason,
          ...(failure.message === undefined ? {} : { message: failure.message }),
        },
        ...(failure.reason === 'api_key_mismatch' ? { headers: { 'www-authenticate': 'Bearer' } } : {}),
      };
    case 'read_only':
      return { status: 403, body: { error: 'read_only', message: failure.message } };
    case 'no_such_route':
      return {
        status: 404,
        body: {
          error: 'not_found',
          reason: 'no_such_route',
          message: 'No operation has this path. Paths are those of Discogs, behind /api.',
        },
      };
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
          message: 'Send the body as JSON, with Content-Type: application/json.',
        },
      };
    case 'server_misconfigured':
      return {
        status: 503,
        body: {
          error: 'server_misconfigured',
          reason: failure.reason,
          ...(failure.which === undefined ? {} : { which: failure.which }),
        },
      };
    case 'secrets_unresolved':
      return { status: 503, body: { error: 'secrets_unresolved', which: failure.which } };
    default:
      return renderUpstreamFailure(failure, traceId, debugErrors);
  }
}

function renderUpstreamFailure(
  failure: UpstreamFailure,
  traceId: string,
  debugErrors: boolean,
): RenderedFailure {
  const said = 'message' in failure && failure.message !== undefined ? { message: failure.message } : {};
  const trace = { trace_id: traceId };
  switch (failure.code) {
    case 'not_found':
      return { status: 404, body: { error: 'not_found', ...trace, ...said } };
    case 'rate_limited': {
      const { limit, remaining, reset, source } = failure;
      return {
        status: 429,
        body: { error: 'rate_limited', ...trace, limit, remaining, reset, source, ...said },
        ...(reset === null
          ? {}
          : { headers: { 'retry-after': String(reset), 'x-discogs-ratelimit-reset': String(reset) } }),
      };
    }
    case 'upstream_error':
      return {
        status: 502,
        body: { error: 'upstream_error', upstream_status: failure.upstreamStatus, ...trace, ...said },
      };
    case 'unexpected_status':
      return {
        status: failure.upstreamStatus,
        body: { error: 'unexpected_status', upstream_status: failure.upstreamStatus, ...trace, ...said },
      };
    case 'upstream_invalid': {
      const { reason, upstreamStatus } = failure;
      return {
        status: 502,
        body: {
          error: 'upstream_invalid',
          reason,
          ...(upstreamStatus === undefined ? {} : { upstream_status: upstreamStatus }),
          ...trace,
          message: UPSTREAM_INVALID_MESSAGES[reason],
        },
      };
    }
    case 'upstream_unavailable':
      return {
        status: 503,
        body: {
          error: 'upstream_unavailable',
          ...trace,
          message: 'Discogs has failed several times in a row. The gateway tries it again in a moment.',
        },
        headers: { 'retry-after': String(failure.retryAfterSeconds) },
      };
    case 'overloaded': {
      const seconds = failure.retryAfterSeconds;
      return {
        status: 503,
        body: {
          error: 'overloaded',
          ...trace,
          message: `This gateway holds too many large answers at once. Try again in ${seconds} seconds, or ask for a smaller page.`,
        },
        headers: { 'retry-after': String(seconds) },
      };
    }
    case 'bad_gateway':
    case 'timeout':
    case 'internal_error': {
      const status = { bad_gateway: 502, timeout: 504, internal_error: 500 }[failure.code];
      const detail = debugErrors ? { detail: failure.detail } : {};
      return { status, body: { error: failure.code, ...trace, ...detail } };
    }
    default:
      return failure satisfies never;
  }
}
