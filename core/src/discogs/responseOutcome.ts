/** What an answer of Discogs means: a success, or one of the failures. Pure. */

import type { ReplyMediaType } from '../catalog/operation.ts';
import { scanJson } from '../lib/scanJson.ts';
import type { FetchedAnswer, FetchFailure } from './fetcher.ts';
import { headerNumber } from './headerNumber.ts';
import { isPrintable } from './printable.ts';
import { refusalMessage } from './refusalMessage.ts';
import { LONGEST_WAIT_SECONDS } from './retry.ts';
import type { UpstreamFailure } from './upstreamFailure.ts';

/**
 * A good answer. `body` is JSON, a file where one was asked for, or empty: for 204 and 205, and for a write whose body is
 * missing or unusable.
 */
export interface Success {
  readonly code: 'ok';
  readonly status: number;
  /** For JSON without parameters such as charset. */
  readonly mediaType: string;
  readonly body: Uint8Array;
  /** Where its links are; see `scanJson`. Only a body that is announced as JSON has any. */
  readonly linkOffsets: Uint32Array;
}

/** What an answer means. */
export type ResponseOutcome = Success | UpstreamFailure;

const JSON_TYPE = 'application/json';
/** `application/json`, and media types like `application/vnd.discogs.v2.html+json`. */
const isJsonType = (mediaType: string): boolean => mediaType === JSON_TYPE || mediaType.endsWith('+json');
const HTML_TYPE = 'text/html';
const LESS_THAN = 0x3c;
const SPACE = 0x20;
const NO_BODY = new Uint8Array(0);
const NO_LINKS = new Uint32Array(0);
/** A large answer is read and handed on in a few seconds. */
const OVERLOAD_SECONDS = 5;

const mediaTypeOf = (answer: FetchedAnswer): string =>
  (answer.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() || JSON_TYPE;

/** Discogs' own words, where there are any. */
function messageOf({ body }: FetchedAnswer): { message?: string } {
  const message = refusalMessage(body);
  return message === undefined ? {} : { message };
}

const isHtml = (answer: FetchedAnswer): boolean =>
  mediaTypeOf(answer) === HTML_TYPE || answer.body.find((byte) => byte > SPACE) === LESS_THAN;

/** Never more than this gateway itself waits for Discogs. */
function seconds(value: string | undefined): number | null {
  const read = headerNumber(value);
  return read === undefined ? null : Math.min(read, LONGEST_WAIT_SECONDS);
}

const isGood = (status: number): boolean => status >= 200 && status < 300;

const withoutBody = (status: number, mediaType: string): Success => ({
  code: 'ok',
  status,
  mediaType,
  body: NO_BODY,
  linkOffsets: NO_LINKS,
});

function interpretFailure(failure: FetchFailure, method: string): Success | UpstreamFailure {
  const { status } = failure;
  if (method !== 'GET' && status !== undefined && isGood(status)) return withoutBody(status, JSON_TYPE);
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
        ...(status === undefined ? {} : { upstreamStatus: status }),
      };
    case 'overloaded':
      return { code: 'overloaded', retryAfterSeconds: OVERLOAD_SECONDS };
    default:
      return failure.cause satisfies never;
  }
}

/** A file, whose bytes nobody looks at. Discogs' own words of an error would be JSON. */
function interpretFile(answer: FetchedAnswer, expected: ReplyMediaType): Success | UpstreamFailure {
  const { status, body } = answer;
  const declared = answer.header('content-type') ?? expected;
  if (isHtml(answer)) return { code: 'upstream_invalid', reason: 'html', upstreamStatus: status };
  if (body.length === 0 || /^application\/json\b/i.test(declared)) {
    return { code: 'upstream_invalid', reason: 'file', upstreamStatus: status };
  }
  const mediaType = isPrintable(declared) ? declared : expected;
  return { code: 'ok', status, mediaType, body, linkOffsets: NO_LINKS };
}

/**
 * A write that Discogs has carried out stays a success, without a body where that is missing or no JSON: calling it a
 * failure would make the caller repeat it.
 */
function interpretSuccess(
  answer: FetchedAnswer,
  method: string,
  linkPrefixes: readonly Uint8Array[],
): Success | UpstreamFailure {
  const { status, body } = answer;
  const mediaType = mediaTypeOf(answer);
  const isWrite = method !== 'GET';
  if (status === 204 || status === 205 || (isWrite && body.length === 0)) {
    return withoutBody(status, mediaType);
  }
  const linkOffsets =
    mediaType === HTML_TYPE ? undefined : scanJson(body, isJsonType(mediaType) ? linkPrefixes : []);
  if (linkOffsets) return { code: 'ok', status, mediaType, body, linkOffsets };
  // A page says something about the edge in front of Discogs, not about the write.
  if (isHtml(answer)) return { code: 'upstream_invalid', reason: 'html', upstreamStatus: status };
  return isWrite
    ? withoutBody(status, mediaType)
    : { code: 'upstream_invalid', reason: 'json', upstreamStatus: status };
}

/** True for a page of Discogs' edge that refuses the request: its address, its User-Agent, or something in it. */
export const isEdgeRefusal = (answer: FetchedAnswer): boolean => answer.status === 403 && isHtml(answer);

/** Interprets what came of a call. `linkPrefixes` is what links begin with, `expected` what a good answer to a GET is. */
export function interpret(
  result: FetchedAnswer | FetchFailure,
  method = 'GET',
  linkPrefixes: readonly Uint8Array[] = [],
  expected: ReplyMediaType = JSON_TYPE,
): ResponseOutcome {
  if (result.kind === 'failure') return interpretFailure(result, method);
  const { status } = result;
  if (isGood(status)) {
    return expected === JSON_TYPE
      ? interpretSuccess(result, method, linkPrefixes)
      : interpretFile(result, expected);
  }
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

/** True where an older answer is better than this one: no answer, no slot, no room, a limit, or a fault of Discogs. */
export function isWorseThanStale({ code }: Pick<ResponseOutcome, 'code'>): boolean {
  return code !== 'ok' && code !== 'not_found' && code !== 'unexpected_status';
}
