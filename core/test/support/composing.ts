/** Composed reads over a Discogs that is a table: path to answer. */

import { composeAnswer, matchComposed, readComposedRequest } from '../../src/gpt/compose/index.ts';
import type { AskInner } from '../../src/gpt/inner.ts';
import type { Members } from '../../src/lib/looseJson.ts';

/** A body, or a status that is an error, or either of them by query. */
export type Route = Members | number | ((query: Readonly<Record<string, string>>) => Members | number);

/** Answers from the table; what is not in it is not found. Records paths with their queries. */
export function tableOf(routes: Readonly<Record<string, Route>>): { ask: AskInner; asked: string[] } {
  const asked: string[] = [];
  const ask: AskInner = async (path, query) => {
    asked.push(`${path}?${new URLSearchParams(query)}`.replace(/\?$/, ''));
    const route = routes[path] ?? 404;
    const found = typeof route === 'function' ? route(query) : route;
    const [status, body] = typeof found === 'number' ? [found, errorBody(found)] : [200, found];
    const answer = { status, headers: {}, body: new Uint8Array(0) };
    return { kind: status < 400 ? 'ok' : 'error', answer, body };
  };
  return { ask, asked };
}

/** Seconds to wait of every refusal here. */
export const WAIT_SECONDS = 17;

const errorBody = (status: number): Members => ({
  error: status === 429 ? 'rate_limited' : 'upstream_error',
  ...(status === 429 ? { reset: WAIT_SECONDS } : {}),
});

/** Asks a composed path with its query. The body is that of the answer, or of the first read that failed. */
export async function compose(target: string, ask: AskInner, now: () => number = () => 0) {
  const [path = '', query = ''] = target.split('?', 2);
  const found = matchComposed('GET', path);
  if (!found) throw new Error(`no composed read has the path ${path}`);
  const request = readComposedRequest(query, found.operation);
  if (request.kind === 'refusal') throw new Error(request.message);
  const made = await composeAnswer(ask, now, found, request);
  return made.kind === 'failed'
    ? { kind: made.kind, body: made.inner.body, operation: found.operation }
    : { kind: made.kind, body: made.body as Members, operation: found.operation };
}

/** The flags of a row, as lists by id have them. */
export const flags = (owned: boolean, wanted: boolean) => ({
  stats: { user: { in_collection: owned ? 1 : 0, in_wantlist: wanted ? 1 : 0 } },
});

/** One page of a list. */
export const page = (member: string, rows: readonly object[], items = rows.length) => ({
  pagination: { page: 1, pages: Math.ceil(items / 100), items },
  [member]: rows,
});
