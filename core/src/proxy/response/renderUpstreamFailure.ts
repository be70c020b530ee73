/** What came of a request to Discogs, as HTTP. Discogs' own message is passed on where it sent one. */
import type { UpstreamFailure } from '../../discogs/upstreamFailure.ts';
import type { RenderedFailure } from './errorBody.ts';

const INVALID_MESSAGES = {
  html: 'Discogs sent an HTML page instead of JSON. It may be in maintenance.',
  json: 'Discogs sent a body that is not JSON.',
  file: 'Discogs sent no file. Try again later.',
  not_modified: 'Discogs sent 304 Not Modified to a request without a condition. Try again later.',
  too_large: 'Discogs sent more than this gateway accepts. Ask for a smaller page.',
  encoding: 'Discogs sent a body that could not be decompressed.',
  blocked:
    "Discogs' edge refused this gateway's address or User-Agent. Wait some minutes before the next call.",
} as const;

const AFTER_A_WRITE = 'After a write, check first whether it was carried out.';

const TRANSPORT = {
  bad_gateway: [502, `The connection to Discogs failed. Try again in a moment. ${AFTER_A_WRITE}`],
  timeout: [504, `Discogs did not answer in time. Try again later. ${AFTER_A_WRITE}`],
  internal_error: [500, `The gateway failed at this request. Report it with the trace id. ${AFTER_A_WRITE}`],
} as const;

const waitFor = (seconds: number | null): string =>
  seconds === null ? 'Wait before the next request.' : `Retry after ${seconds} seconds.`;

/** The members and their order are a contract; see docs/errors.md. */
export function renderUpstreamFailure(
  failure: UpstreamFailure,
  traceId: string,
  debugErrors: boolean,
): RenderedFailure {
  const trace = { trace_id: traceId };
  switch (failure.code) {
    case 'not_found': {
      const message = failure.message || 'Discogs does not have this, or does not show it to this user.';
      const { inCatalogue } = failure;
      if (inCatalogue === undefined) return { status: 404, body: { error: 'not_found', ...trace, message } };
      const since = `The catalogue of ${inCatalogue} has it, so it was merged or deleted since. Ask for the source catalogue to see it.`;
      return {
        status: 404,
        body: { error: 'not_found', ...trace, in_catalogue: inCatalogue, message: `${message} ${since}` },
      };
    }
    case 'rate_limited': {
      const { limit, remaining, reset, source } = failure;
      const message = failure.message || `Discogs is rate limiting this gateway. ${waitFor(reset)}`;
      return {
        status: 429,
        body: { error: 'rate_limited', ...trace, limit, remaining, reset, source, message },
        ...(reset === null
          ? {}
          : { headers: { 'retry-after': String(reset), 'x-discogs-ratelimit-reset': String(reset) } }),
      };
    }
    case 'upstream_error': {
      const { upstreamStatus } = failure;
      const message = failure.message || `Discogs failed with status ${upstreamStatus}. Try again later.`;
      return {
        status: 502,
        body: { error: 'upstream_error', upstream_status: upstreamStatus, ...trace, message },
      };
    }
    case 'unexpected_status': {
      const { upstreamStatus } = failure;
      const message =
        failure.message || `Discogs refused this with status ${upstreamStatus} and gave no reason.`;
      return {
        status: upstreamStatus,
        body: { error: 'unexpected_status', upstream_status: upstreamStatus, ...trace, message },
      };
    }
    case 'upstream_invalid': {
      const { reason, upstreamStatus } = failure;
      return {
        status: 502,
        body: {
          error: 'upstream_invalid',
          reason,
          ...(upstreamStatus === undefined ? {} : { upstream_status: upstreamStatus }),
          ...trace,
          message: INVALID_MESSAGES[reason],
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
      const [status, message] = TRANSPORT[failure.code];
      const detail = debugErrors ? { detail: failure.detail } : {};
      return { status, body: { error: failure.code, ...trace, message, ...detail } };
    }
    default:
      return failure satisfies never;
  }
}
