/** Answers a composed read: checks the query, lets it read, and adds what is missing. */
import { createMatcher } from '../../catalog/match.ts';
import type { Answer } from '../../lib/call.ts';
import type { Members } from '../../lib/looseJson.ts';
import type { AskInner, Inner } from '../inner.ts';
import { originHeaders, SOURCE_HEADERS } from '../origin.ts';
import { type GptRefusal, type GptRequest, readRequest } from '../parameters.ts';
import { recordAnswer } from '../recordAnswer.ts';
import type { ComposedOperation } from './composedOperation.ts';
import { composedOperations } from './composedOperations.ts';
import { createReader } from './reader.ts';

/** Headers of one read, not of the whole answer. */
const OF_ONE_READ: ReadonlySet<string> = new Set(['x-cache', 'age', ...SOURCE_HEADERS]);

const matcher = createMatcher(composedOperations);

/** A composed read that was asked for. `path` values are still percent-encoded. */
export interface ComposedMatch {
  readonly operation: ComposedOperation;
  readonly path: Readonly<Record<string, string>>;
}

/** Finds the composed read of a path without `/gpt`. All of them are read with GET. */
export function matchComposed(method: string, path: string): ComposedMatch | undefined {
  const found = matcher(method, path);
  if (found.kind !== 'operation') return undefined;
  const operation = composedOperations.find(({ id }) => id === found.operation.id);
  return operation && { operation, path: found.path };
}

/** What a composed read came to. */
export type ComposedAnswer =
  | { readonly kind: 'failed'; readonly inner: Inner }
  | {
      readonly kind: 'answer';
      readonly answer: Answer;
      readonly body: Members | GptRefusal;
      readonly maxChars: number;
    };

/** The query, understood; values are checked here, since no mirrored operation will. */
export function readComposedRequest(
  queryText: string,
  operation: ComposedOperation,
): GptRequest | GptRefusal {
  const request = readRequest(queryText, operation, operation.projection);
  if (request.kind === 'refusal') return request;
  const { query, requireOneOf } = operation;
  for (const [name, value] of Object.entries(request.query)) {
    const parameter = query[name];
    if (parameter && !parameter.accepts(value)) {
      return refusal(name, `${name} ${parameter.problem}.`, 'Correct it and try again.');
    }
  }
  if (requireOneOf && !requireOneOf.some((name) => request.query[name] !== undefined)) {
    return refusal(
      'query',
      'This identifies no record.',
      `Give at least one of: ${requireOneOf.join(', ')}.`,
    );
  }
  return request;
}

const refusal = (field: string, message: string, nextStep: string): GptRefusal => ({
  kind: 'refusal',
  field,
  message,
  nextStep,
});

/** Reads and composes. Only a failure of the first read is one of the answer. */
export async function composeAnswer(
  ask: AskInner,
  now: () => number,
  { operation, path }: ComposedMatch,
  request: GptRequest,
): Promise<ComposedAnswer> {
  const reader = createReader(ask, operation.maxCalls, now);
  const found = await operation.compose(reader, { path, query: request.query, fields: request.fields });
  const { first, last, origin, beside } = reader.outcome();
  if (!first || !last) throw new Error(`${operation.id} read nothing`);
  if (first.kind === 'error') return { kind: 'failed', inner: first };
  const headers = Object.fromEntries(
    Object.entries(last.answer.headers).filter(([name]) => !OF_ONE_READ.has(name)),
  );
  const answer = {
    ...last.answer,
    headers: { ...headers, ...originHeaders(origin), 'cache-control': 'private, no-store' },
  };
  const body = recordAnswer({ ...found, ...origin, ...beside }, request);
  return { kind: 'answer', answer, body, maxChars: request.maxChars };
}
