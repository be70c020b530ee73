/** A pack in Blob storage. A range is one GET; the SDK for it would be 550 KB and 70 ms of a cold start. */
import type { FetchedAnswer, Fetcher, FetchFailure } from '@discogs-agent/core';
import type { RangeAnswer, RangeSource } from '@discogs-agent/core/catalogue/pack';
import { away, notAllowed } from './blobFailure.ts';
import type { ContainerAddress } from './containerAddress.ts';

export interface BlobSourceOptions {
  readonly address: ContainerAddress;
  /** To the address' origin. */
  readonly fetcher: Fetcher;
  /** For an address without a signature; rejects with `CatalogueUnavailable`. */
  readonly getToken: () => Promise<string>;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Knows ranges, and tokens of Entra (from 2017-11-09 on). */
const API_VERSION = '2021-12-02';
const ATTEMPTS = 3;
const ATTEMPT_MS = 3000;
/** All attempts together: whoever asks can still ask Discogs. */
const TOTAL_MS = 5000;
const FIRST_PAUSE_MS = 200;
/** A longer `Retry-After` is kept by refusing reads until then. */
const LONGEST_PAUSE_MS = 1000;
const LONGEST_COOLDOWN_MS = 60_000;
/** Azure's errors are short XML. */
const ERROR_BYTES = 64 * 1024;

/** 408, 429, 500 and above: Azure asks for another try. */
const isTransient = (status: number): boolean => status === 408 || status === 429 || status >= 500;

const CHANGED: RangeAnswer = { kind: 'changed' };

/** What the answer means; undefined: try again. */
function meaningOf(
  { status, header, body }: FetchedAnswer,
  offset: number,
  length: number,
): RangeAnswer | undefined {
  const etag = header('etag') ?? '';
  switch (status) {
    case 206:
      return { kind: 'bytes', bytes: body, etag };
    case 200:
      return { kind: 'bytes', bytes: body.subarray(offset, offset + length), etag };
    case 416:
      return { kind: 'bytes', bytes: new Uint8Array(), etag };
    case 404:
    case 412:
      return CHANGED;
    default:
      if (isTransient(status)) return undefined;
      throw notAllowed(status, header('x-ms-error-code'));
  }
}

/** Of `Retry-After` in seconds; 0 where there is none. */
const retryAfterMs = (answer: FetchedAnswer | FetchFailure): number =>
  Math.min(LONGEST_COOLDOWN_MS, 1000 * Math.max(0, Number(answer.header?.('retry-after') ?? 0) || 0));

const detailOf = (answer: FetchedAnswer | FetchFailure): string =>
  answer.kind === 'failure'
    ? answer.name
    : `${answer.status} ${answer.header('x-ms-error-code') ?? ''}`.trim();

/** Opens nothing. */
export function createBlobSource(options: BlobSourceOptions): RangeSource {
  const { address, fetcher, getToken, now, sleep } = options;
  let coolsUntil = 0;

  async function headersOf(offset: number, length: number, etag: string | undefined) {
    const authorization = address.signature ? undefined : `Bearer ${await getToken()}`;
    return {
      'x-ms-version': API_VERSION,
      range: `bytes=${offset}-${offset + length - 1}`,
      ...(authorization === undefined ? {} : { authorization }),
      ...(etag === undefined ? {} : { 'if-match': etag }),
    };
  }

  return {
    async read(name, offset, length, etag) {
      if (now() < coolsUntil) throw away('it asked to wait');
      const deadline = now() + TOTAL_MS;
      const headers = await headersOf(offset, length, etag);
      const pathAndQuery = `${address.path}/${name}${address.signature}`;
      for (let attempt = 1; ; attempt += 1) {
        const timeoutMs = Math.max(1, Math.min(ATTEMPT_MS, deadline - now()));
        const limits = { timeoutMs, maxBytes: Math.max(length, ERROR_BYTES) };
        const answer = await fetcher({ method: 'GET', pathAndQuery, headers, body: undefined }, limits);
        const meaning = answer.kind === 'answer' ? meaningOf(answer, offset, length) : undefined;
        if (meaning) return meaning;
        const wanted = retryAfterMs(answer);
        const pause = wanted || FIRST_PAUSE_MS * attempt;
        if (wanted > LONGEST_PAUSE_MS) coolsUntil = now() + wanted;
        if (attempt === ATTEMPTS || pause > LONGEST_PAUSE_MS || now() + pause >= deadline) {
          throw away(detailOf(answer));
        }
        await sleep(pause);
      }
    },
    close: async () => {},
  };
}
