/** Reads for one composed answer: counts them, refuses those beyond the maximum, and keeps what is missing. */

import type { Answer } from '../../lib/call.ts';
import { compact, type Members, text } from '../../lib/looseJson.ts';
import type { Asking } from '../../proxy/source.ts';
import type { AskInner, Inner } from '../inner.ts';
import { retryInSeconds } from '../nextStep.ts';
import { catalogueDate, originOf } from '../origin.ts';

/** A read may take 30 s, and a GPT Action gives up after 45: later than this no read begins. */
export const LATEST_START_MS = 12_000;

const OUT_OF_TIME = 'no time was left';

/** What a composed read is given to ask with. */
export interface Reader {
  /** Discogs' answer; undefined where there is none: `what` is then named in `missing`, with the reason. */
  read(
    what: string,
    path: string,
    query?: Readonly<Record<string, string>>,
    hint?: Asking['hint'],
  ): Promise<Members | undefined>;
  /** True as soon as one of the answers came from the catalogue, which has no live facts. */
  usesCatalogue(): boolean;
  /** Reads that may still be made. */
  left(): number;
  /** Names something as missing that was not asked for: for the reason given, else since no more reads are allowed. */
  note(what: string, why?: string): void;
}

/** What became of the reads. */
export interface Outcome {
  /** Where it failed, there is nothing to show. */
  readonly first: Inner | undefined;
  /** The last answer that arrived, good or bad: its headers are the newest. */
  readonly last: Inner | undefined;
  /** `source` and `as_of` of all good answers. */
  readonly origin: Members;
  /** `missing`, and where waiting helps `retry_in_seconds`. */
  readonly beside: Members;
}

const helpsToWait = ({ answer }: Inner): boolean => answer.status === 429 || answer.status === 503;

function reasonOf({ answer, body }: Inner): string {
  if (text(body['reason']) === 'no_such_route') return 'not offered by this gateway';
  if (text(body['reason']) === 'not_in_catalogue') return 'not in the catalogue';
  if (answer.status === 404) return 'not found at Discogs';
  if (answer.status === 401 || answer.status === 403) return 'private, or this gateway has no token for it';
  if (answer.status === 429) return 'rate limit reached';
  return answer.status === 503 ? 'not available now' : 'Discogs failed';
}

/** Makes one for a single answer. After a rate limit it asks no more. */
export function createReader(
  ask: AskInner,
  maxCalls: number,
  now: () => number,
): Reader & { outcome(): Outcome } {
  const startedAt = now();
  const missing = new Map<string, string[]>();
  const answers: Answer[] = [];
  let calls = 0;
  let first: Inner | undefined;
  let stopped: Inner | undefined;
  let last: Inner | undefined;

  const tooMany = `more than ${maxCalls} calls`;
  const refusal = (): string | undefined => {
    if (stopped) return reasonOf(stopped);
    if (calls >= maxCalls) return tooMany;
    return calls > 0 && now() - startedAt > LATEST_START_MS ? OUT_OF_TIME : undefined;
  };
  const note = (what: string, why = refusal() ?? tooMany): void => {
    missing.set(why, [...(missing.get(why) ?? []), what]);
  };

  return {
    note,
    left: () => (refusal() === undefined ? maxCalls - calls : 0),
    usesCatalogue: () => answers.some((answer) => catalogueDate(answer) !== undefined),
    async read(what, path, query = {}, hint = undefined) {
      if (refusal() !== undefined) {
        note(what);
        return undefined;
      }
      calls += 1;
      const isFirst = calls === 1;
      const inner = await ask(path, query, hint);
      last = inner;
      if (isFirst) first = inner;
      if (inner.kind === 'ok') {
        answers.push(inner.answer);
        return inner.body;
      }
      if (helpsToWait(inner)) stopped = inner;
      note(what, reasonOf(inner));
      return undefined;
    },
    outcome: () => ({
      first,
      last,
      origin: originOf(answers),
      beside: compact({
        missing: [...missing].map(([why, parts]) => `${parts.join('; ')}: ${why}`),
        retry_in_seconds: stopped && retryInSeconds(stopped.body, stopped.answer.headers['retry-after']),
        next_step: stopped
          ? 'Wait for the seconds of retry_in_seconds, then ask again: what was read is cached.'
          : missing.has(OUT_OF_TIME)
            ? 'Ask again for the rest: what was read is cached.'
            : undefined,
      }),
    }),
  };
}
