/**
 * Answers of the catalogue that were shown within the last minute, read already: what many ask for costs as little as a cached
 * answer of Discogs. They are kept apart from those, to which other terms apply.
 */
import type { Operation } from '../catalog/operation.ts';
import type { CheckedInput } from '../discogs/request.ts';
import { type CachedAnswer, createAnswerCache } from '../upstream/cache/answerCache.ts';
import { cacheKey } from '../upstream/cache/cacheKey.ts';
import type { ReadyAnswer } from '../upstream/cache/readAnswer.ts';

/** An answer with what its headers say of it. */
export interface RecentAnswer {
  readonly ready: ReadyAnswer;
  readonly link: string | undefined;
  readonly date: string;
  readonly isEmptySearch: boolean;
}

/** A bounded memory of them. */
export interface RecentAnswers {
  /** Only of the month that is served now. */
  get(operation: Operation, input: CheckedInput, date: string | undefined): RecentAnswer | undefined;
  put(operation: Operation, input: CheckedInput, answer: RecentAnswer): void;
}

const MAX_BYTES = 8 * 1024 * 1024;
/** So long an answer may be shown after its month was imported once more. */
const KEEP_MS = 60_000;
/** The same for everybody. */
const SCOPE = { key: '', credential: '', epoch: 0 };

/** Makes it. */
export function createRecentAnswers(now: () => number): RecentAnswers {
  const answers = createAnswerCache<CachedAnswer & { readonly recent: RecentAnswer }>(MAX_BYTES);
  return {
    get(operation, input, date) {
      const found = answers.get(cacheKey(operation, input, SCOPE));
      const isRecent = found?.recent.date === date && found && now() - found.storedAt < KEEP_MS;
      return isRecent ? found.recent : undefined;
    },
    put(operation, input, recent) {
      const { ready, link } = recent;
      const { status, mediaType, body } = ready;
      const stored = { status, mediaType, link, body, storedAt: now(), outcome: ready, recent };
      answers.put(cacheKey(operation, input, SCOPE), stored);
    },
  };
}
