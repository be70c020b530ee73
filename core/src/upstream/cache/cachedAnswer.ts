/** From an answer of Discogs to what is kept of it, and back. */
import type { FetchedAnswer } from '../../discogs/fetcher.ts';
import type { KeptAnswer, KeptMeaning } from './answerCache.ts';
import type { StoredAnswer } from './answerCodec.ts';
import type { ReadyMeaning } from './readAnswer.ts';

/** A 404 without Discogs' message may come from the edge in front of it, and says nothing about the record. */
const isKeepable = (meaning: ReadyMeaning): meaning is KeptMeaning =>
  meaning.code === 'ok'
    ? meaning.status === 200
    : meaning.code === 'not_found' && meaning.message !== undefined;

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

/** What memory keeps of an answer that was read; undefined for what is not worth keeping. */
export function keep(stored: StoredAnswer, meaning: ReadyMeaning): KeptAnswer | undefined {
  if (!isKeepable(meaning)) return undefined;
  const body = ownBytes(stored.body);
  return { ...stored, body, meaning: meaning.code === 'ok' ? { ...meaning, body } : meaning };
}

/** A stored answer as if Discogs had just sent it. */
export function asFetched({ status, mediaType, link, body }: StoredAnswer): FetchedAnswer {
  const headers: Readonly<Record<string, string | undefined>> = { 'content-type': mediaType, link };
  return { kind: 'answer', status, header: (name) => headers[name], body };
}
