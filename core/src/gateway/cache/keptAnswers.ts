/** From an answer of Discogs to what the cache keeps, and back. */
import type { FetchedAnswer } from '../../discogs/fetcher.ts';
import type { KeptAnswer } from './answerCache.ts';

/** Statuses worth keeping: the record, or that there is none. */
export const isKeepable = ({ status }: FetchedAnswer): boolean => status === 200 || status === 404;

/** A buffer this many times the size of its body is not kept alive for it: it may be a pool of many bodies. */
const LARGEST_WASTE = 1.25;

/** The body in a buffer of about its own size. Copying each one would cost more than the few bytes of headers in it. */
const ownBytes = (body: Uint8Array): Uint8Array =>
  body.buffer.byteLength > body.byteLength * LARGEST_WASTE ? new Uint8Array(body) : body;

/** What is kept of an answer: never a rate-limit header, which would tell the window of another time. */
export function keep({ status, header, body }: FetchedAnswer, storedAt: number): KeptAnswer {
  return {
    status,
    mediaType: header('content-type') ?? '',
    link: header('link'),
    body: ownBytes(body),
    storedAt,
  };
}

/** The kept answer as if Discogs had just sent it. */
export function asFetched({ status, mediaType, link, body }: KeptAnswer): FetchedAnswer {
  const headers: Readonly<Record<string, string | undefined>> = { 'content-type': mediaType, link };
  return { kind: 'answer', status, header: (name) => headers[name], body };
}
