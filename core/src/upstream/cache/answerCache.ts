/** Answers of Discogs in memory, bounded in bytes. The least recently used goes first. */

import type { UpstreamFailure } from '../../discogs/upstreamFailure.ts';
import type { StoredAnswer } from './answerCodec.ts';
import type { ReadyAnswer } from './readAnswer.ts';

/** What is worth keeping: the record, or Discogs' word that there is none. */
export type CacheableOutcome = ReadyAnswer | Extract<UpstreamFailure, { readonly code: 'not_found' }>;

/** An answer in memory, read already: showing it again looks at nothing but what is in here. */
export interface CachedAnswer extends StoredAnswer {
  /** Its body, where it has one, is that of the answer. */
  readonly outcome: CacheableOutcome;
}

/** A bounded memory of answers. */
export interface AnswerCache<Kept extends CachedAnswer = CachedAnswer> {
  get(key: string): Kept | undefined;
  /** False: it is too large to be kept. */
  put(key: string, answer: Kept): boolean;
  stats(): { readonly entries: number; readonly bytes: number };
}

/** Keys, map entry and object beside the body; measured roughly, so that a million empty answers still count. */
const OVERHEAD_BYTES = 512;
/**
 * A full cache is emptied down to this share. A walk through a Map begins with the places of all that were deleted, and
 * would cost more than the rest of a call if each answer made room for itself alone.
 */
const ROOM_MADE_SHARE = 0.95;
/** One answer may take at most this share, so that a single one cannot empty the cache. */
const LARGEST_SHARE = 1 / 8;

function sizeOf(key: string, { body, link = '', outcome }: CachedAnswer): number {
  const places = outcome.code === 'ok' ? outcome.links.offsets.byteLength : 0;
  return OVERHEAD_BYTES + 2 * key.length + body.buffer.byteLength + places + 2 * link.length;
}

/** Makes a cache of at most `maxBytes`. */
export function createAnswerCache<Kept extends CachedAnswer = CachedAnswer>(
  maxBytes: number,
): AnswerCache<Kept> {
  const answers = new Map<string, Kept>();
  let bytes = 0;

  function remove(key: string, answer: CachedAnswer): void {
    answers.delete(key);
    bytes -= sizeOf(key, answer);
  }

  function makeRoom(): void {
    for (const [key, answer] of answers) {
      if (bytes <= maxBytes * ROOM_MADE_SHARE) return;
      remove(key, answer);
    }
  }

  return {
    get(key) {
      const answer = answers.get(key);
      if (answer) {
        // A Map keeps the order of insertion; putting it last marks it as used.
        answers.delete(key);
        answers.set(key, answer);
      }
      return answer;
    },
    put(key, answer) {
      const earlier = answers.get(key);
      if (earlier) remove(key, earlier);
      const size = sizeOf(key, answer);
      if (size > maxBytes * LARGEST_SHARE) return false;
      answers.set(key, answer);
      bytes += size;
      if (bytes > maxBytes) makeRoom();
      return true;
    },
    stats: () => ({ entries: answers.size, bytes }),
  };
}
