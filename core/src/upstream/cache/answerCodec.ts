/** A kept answer as bytes for a store: one line that describes it, then the body, compressed as one. */
import * as z from 'zod/mini';
import type { Compression } from '../../lib/gzip.ts';
import { once } from '../../lib/once.ts';

/** An answer that others may be shown: what Discogs sent, before links are rewritten. */
export interface StoredAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly link: string | undefined;
  readonly body: Uint8Array;
  /** When Discogs sent it. */
  readonly storedAt: number;
}

/** Writes and reads what a `SharedStore` keeps. */
export interface SharedCodec<T> {
  /** `ageMs`: how old the answer is at this moment. */
  encode(answer: T, ageMs: number): Promise<Uint8Array>;
  /** Undefined for bytes that are no such answer, whole and of this version: a corrupt entry is a miss. */
  decode(bytes: Uint8Array, sincePutMs: number, now: number): Promise<T | undefined>;
  /** How long the store shows it. Absent: as long as the store keeps anything. */
  readonly keepMs?: (answer: T) => number;
}

/** The codec for whole answers of Discogs. */
export type AnswerCodec = SharedCodec<StoredAnswer>;

/** No answer that was fetched is larger; see `MAX_ANSWER_BYTES`. */
const MAX_BYTES = 33 * 1024 * 1024;
const NEW_LINE = 10;

/** A version of its own: after an upgrade, entries of another form are misses. */
const head = once(() =>
  z.object({
    form: z.literal('answer/1'),
    status: z.union([z.literal(200), z.literal(404)]),
    mediaType: z.string(),
    link: z.optional(z.string()),
    ageMs: z.number().check(z.gte(0)),
    bytes: z.number(),
  }),
);

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Makes a codec over `compression`. */
export function createAnswerCodec({ compress, expand }: Compression): AnswerCodec {
  return {
    async encode({ status, mediaType, link, body }, ageMs) {
      const line = { form: 'answer/1', status, mediaType, link, ageMs, bytes: body.byteLength };
      const described = encoder.encode(`${JSON.stringify(line)}\n`);
      const whole = new Uint8Array(described.byteLength + body.byteLength);
      whole.set(described);
      whole.set(body, described.byteLength);
      return await compress(whole);
    },
    async decode(bytes, sincePutMs, now) {
      try {
        const whole = await expand(bytes, MAX_BYTES);
        const end = whole.indexOf(NEW_LINE);
        const described = head().safeParse(JSON.parse(decoder.decode(whole.subarray(0, end))));
        const body = whole.slice(end + 1);
        if (!described.success || body.byteLength !== described.data.bytes) return undefined;
        const { status, mediaType, link, ageMs } = described.data;
        return { status, mediaType, link, body, storedAt: now - ageMs - Math.max(0, sincePutMs) };
      } catch {
        return undefined;
      }
    },
  };
}
