/** What an answer of Discogs means: a success, or one of the failures. Pure. */
import type { UpstreamFailure } from '../gateway/failure.ts';
import type { NotSent } from './client.ts';
import type { FetchedAnswer, FetchFailure } from './fetcher.ts';
import { LONGEST_WAIT_SECONDS } from './retry.ts';

/** A good answer. `body` is empty for 204 and 205. */
export interface Success {
  readonly code: 'ok';
  readonly status: number;
  /** Without parameters such as charset. */
  readonly mediaType: string;
  readonly body: Uint8Array;
}

/** What an answer means. */
export type Meaning = Success | UpstreamFailure;

const JSON_TYPE = 'application/json';
const NO_BODY = new Uint8Array(0);
const decoder = new TextDecoder();
/** An error page may be long; Discogs' messages are not. */
const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_MESSAGE_CHARS = 1000;

const mediaTypeOf = (answer: FetchedAnswer): string =>
  (answer.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() || JSON_TYPE;

const isWhitespace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** First and last byte that is not white space, as a two-letter text; `''` for an empty body. */
function ends(body: Uint8Array): string {
  let first = 0;
  let last = body.length - 1;
  while (first <= last && isWhitespace(body[first])) first += 1;
  while (last > first && isWhitespace(body[last])) last -= 1;
  return first > last ? '' : String.fromCharCode(body[first] ?? 0, body[last] ?? 0);
}

/**
 * Looks at the ends only: a full parse would cost more than everything else the gateway does with an answer, and the
 * transport has already refused a body that was cut short.
 */
function looksLikeJson(body: Uint8Array): boolean {
  const found = ends(body);
  return found === '{}' || found === '[]';
}

/** Discogs' own words from `{"message": …}`. */
function messageOf(answer: FetchedAnswer): { message?: string } {
  if (answer.body.length > MAX_MESSAGE_BYTES || !looksLikeJson(answer.body)) return {};
  try {
    const json: unknown = JSON.parse(decoder.decode(answer.body));
    const message = typeof json === 'object' && json !== null && 'message' in json ? json.message : undefined;
    return typeof message === 'string' ? { message: message.slice(0, MAX_MESSAGE_CHARS) } : {};
  } catch {
    return {};
  }
}

const isHtml = (answer: FetchedAnswer): boolean =>
  mediaTypeOf(answer) === 'text/html' || ends(answer.body).startsWith('<');

/** Never more than this gateway itself waits for Discogs. */
function seconds(value: string | undefined): number | null {
  const read = value !== undefined && /^[0-9]{1,9}$/.test(value.trim()) ? Number(value) : undefined;
  return read === undefined ? null : Math.min(read, LONGEST_WAIT_SECONDS);
}

function interpretFailure(failure: FetchFailure): UpstreamFailure {
  const detail = `${failure.name}: ${failure.detail}`;
  switch (failure.cause) {
    case 'timeout':
      return { code: 'timeout', detail };
    case 'transport':
      return { code: 'bad_gateway', detail };
    case 'too_large':
    case 'encoding':
      return {
        code: 'upstream_invalid',
        reason: failure.cause,
        ...(failure.status === undefined ? {} : { upstreamStatus: failure.status }),
      };
    default:
      return failure.cause satisfies never;
  }
}

/** Only then can a body that was cut short look whole. */
const endsWithConnection = ({ header }: FetchedAnswer): boolean =>
  header('content-length') === undefined && header('transfer-encoding') === undefined;

function isJson(body: Uint8Array): boolean {
  try {
    JSON.parse(decoder.decode(body));
    return true;
  } catch {
    return false;
  }
}

function interpretSuccess(answer: FetchedAnswer, method: string): Success | UpstreamFailure {
  const { status } = answer;
  const mediaType = mediaTypeOf(answer);
  // A write that was carried out stays a success: calling it a failure would make the caller repeat it.
  const emptyWrite = method !== 'GET' && answer.body.length === 0;
  if (status === 204 || status === 205 || emptyWrite) return { code: 'ok', status, mediaType, body: NO_BODY };
  if (isHtml(answer)) return { code: 'upstream_invalid', reason: 'html', upstreamStatus: status };
  const whole = looksLikeJson(answer.body) && (!endsWithConnection(answer) || isJson(answer.body));
  if (mediaType === JSON_TYPE && !whole) {
    return { code: 'upstream_invalid', reason: 'json', upstreamStatus: status };
  }
  return { code: 'ok', status, mediaType, body: answer.body };
}

/** True for a page of Discogs' edge that refuses the request: its address, its User-Agent, or something in it. */
export const isEdgeRefusal = (answer: FetchedAnswer): boolean => answer.status === 403 && isHtml(answer);

const wholeSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

function interpretNotSent(result: NotSent): UpstreamFailure {
  if (result.kind === 'unavailable') {
    // Rounded down: with less than a second to go, a call waits instead of being refused.
    return {
      code: 'upstream_unavailable',
      retryAfterSeconds: Math.max(1, Math.floor(result.retryAfterMs / 1000)),
    };
  }
  const { slotInMs, window } = result;
  return {
    code: 'rate_limited',
    source: 'proxy',
    limit: String(window.limit),
    remaining: String(window.remaining),
    reset: slotInMs === undefined ? null : wholeSeconds(slotInMs),
    message: 'This minute has no call left for you. Wait as long as Retry-After says.',
  };
}

/** Interprets what came of a call. */
export function interpret(result: FetchedAnswer | FetchFailure | NotSent, method = 'GET'): Meaning {
  if (result.kind === 'failure') return interpretFailure(result);
  if (result.kind !== 'answer') return interpretNotSent(result);
  const { status } = result;
  if (status >= 200 && status < 300) return interpretSuccess(result, method);
  // The gateway answers conditions itself and asks Discogs for nothing but the whole.
  if (status === 304) return { code: 'upstream_invalid', reason: 'not_modified', upstreamStatus: status };
  if (status >= 500) return { code: 'upstream_error', upstreamStatus: status, ...messageOf(result) };
  if (status === 404) return { code: 'not_found', ...messageOf(result) };
  if (status === 429) {
    return {
      code: 'rate_limited',
      source: 'discogs',
      limit: result.header('x-discogs-ratelimit') ?? null,
      remaining: result.header('x-discogs-ratelimit-remaining') ?? null,
      reset: seconds(result.header('x-discogs-ratelimit-reset')) ?? seconds(result.header('retry-after')),
      ...messageOf(result),
    };
  }
  if (isEdgeRefusal(result)) {
    return { code: 'upstream_invalid', reason: 'blocked', upstreamStatus: status };
  }
  return { code: 'unexpected_status', upstreamStatus: status, ...messageOf(result) };
}

/** True where an older answer is better than this one: no answer, no slot, a limit, or a fault of Discogs. */
export function isWorseThanStale({ code }: Meaning): boolean {
  return code !== 'ok' && code !== 'not_found' && code !== 'unexpected_status';
}
