/** From an answer of Discogs to its cached form, and back. */
import type { FetchedAnswer } from '../../discogs/fetcher.ts';
import type { CacheableOutcome, CachedAnswer } from './answerCache.ts';
import type { StoredAnswer } from './answerCodec.ts';
import type { ReadyOutcome } from './readAnswer.ts';

/** A 404 without Discogs' message may come from the edge in front of it, and says nothing about the record. */
const isCacheable = (outcome: ReadyOutcome): outcome is CacheableOutcome =>
  outcome.code === 'ok'
    ? outcome.status === 200
    : outcome.code === 'not_found' && outcome.message !== undefined;

/** A buffer this many times the size of its body is not kept alive for it: it may be a pool of many bodies. */
const LARGEST_WASTE = 1.25;

/** The body in a buffer of about its own size. Copying each one would cost more than the few bytes of headers in it. */
const ownBytes = (body: Uint8Array): Uint8Array =>
  body.buffer.byteLength > body.byteLength * LARGEST_WASTE ? new Uint8Array(body) : body;

/** What others may be shown of an answer: never a rate-limit header, which would tell the window of another time. */
export const toStored = ({ status, header, body }: FetchedAnswer, storedAt: number): StoredAnswer => ({
  status,
  mediaType: header('content-type') ?? '',
  link: header('link'),
  body,
  storedAt,
});

/** The cached form of an answer; undefined for what is not cacheable. */
export function toCached(stored: StoredAnswer, outcome: ReadyOutcome): CachedAnswer | undefined {
  if (!isCacheable(outcome)) return undefined;
  const body = ownBytes(stored.body);
  return { ...stored, body, outcome: outcome.code === 'ok' ? { ...outcome, body } : outcome };
}

/** A stored answer as if Discogs had just sent it. */
export function asFetched({ status, mediaType, link, body }: StoredAnswer): FetchedAnswer {
  const headers: Readonly<Record<string, string | undefined>> = { 'content-type': mediaType, link };
  return { kind: 'answer', status, header: (name) => headers[name], body };
}
