/** Answers of Discogs in memory, bounded in bytes. The least recently used goes first. */

/** A kept answer: what Discogs sent, before links are rewritten. */
export interface KeptAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly link: string | undefined;
  readonly body: Uint8Array;
  /** When Discogs sent it. */
  readonly storedAt: number;
}

/** A bounded memory of answers. */
export interface AnswerCache {
  get(key: string): KeptAnswer | undefined;
  put(key: string, answer: KeptAnswer): void;
  stats(): { readonly entries: number; readonly bytes: number };
}

/** Keys, map entry and object beside the body; measured roughly, so that a million empty answers still count. */
const OVERHEAD_BYTES = 512;
/** One answer may take at most this share, so that a single one cannot empty the cache. */
const LARGEST_SHARE = 1 / 8;

const sizeOf = (key: string, answer: KeptAnswer): number =>
  OVERHEAD_BYTES + 2 * key.length + answer.body.byteLength + 2 * (answer.link?.length ?? 0);

/** Makes a cache of at most `maxBytes`. */
export function createAnswerCache(maxBytes: number): AnswerCache {
  const answers = new Map<string, KeptAnswer>();
  let bytes = 0;

  function remove(key: string): void {
    const answer = answers.get(key);
    if (!answer) return;
    answers.delete(key);
    bytes -= sizeOf(key, answer);
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
      remove(key);
      const size = sizeOf(key, answer);
      if (size > maxBytes * LARGEST_SHARE) return;
      answers.set(key, answer);
      bytes += size;
      for (const oldest of answers.keys()) {
        if (bytes <= maxBytes) break;
        remove(oldest);
      }
    },
    stats: () => ({ entries: answers.size, bytes }),
  };
}
