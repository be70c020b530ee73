/** Requests of this door to the proxy's own pipeline: key, limits, cache and traces are those of plain `/api`. */
import type { Answer, Call } from '../lib/call.ts';
import { type Members, object } from '../lib/looseJson.ts';
import type { Gateway } from '../proxy/gateway.ts';
import type { Asking, Source } from '../proxy/source.ts';

/** What the pipeline answered. */
export type Inner =
  | { readonly kind: 'ok'; readonly answer: Answer; readonly body: Members }
  | { readonly kind: 'error'; readonly answer: Answer; readonly body: Members };

/** Sends a read or write of a mirrored path. `hint` is what is wished where the caller insists on no source. */
export type AskInner = (
  path: string,
  query: Readonly<Record<string, string>>,
  hint?: Asking['hint'],
) => Promise<Inner>;

const decoder = new TextDecoder();
/** They are about Discogs' bytes, which the caller of this door does not get. */
const NOT_PASSED_ON = new Set(['if-none-match', 'if-modified-since', 'accept']);

function parsed(body: Uint8Array): Members {
  if (body.length === 0) return {};
  try {
    return object(JSON.parse(decoder.decode(body)));
  } catch {
    return {};
  }
}

export const encodeQuery = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');

/** Reads an answer of the pipeline. */
export const toInner = (answer: Answer): Inner => ({
  kind: answer.status < 400 ? 'ok' : 'error',
  answer,
  body: parsed(answer.body),
});

/** Asks on behalf of `call`, with its key and conversation, for the source that its caller insists on. */
export function createInner(gateway: Gateway, call: Call, source?: Source): AskInner {
  const header = (name: string): string | undefined =>
    NOT_PASSED_ON.has(name) ? undefined : call.header(name);
  const method = call.method === 'HEAD' ? 'GET' : call.method;
  return async (path, query, hint) => {
    const inner = { ...call, method, path, query: encodeQuery(query), header };
    return toInner(await gateway.handle(inner, { door: 'agents', source, hint }));
  };
}

const TOO_LATE: Inner = {
  kind: 'error',
  answer: { status: 504, headers: { 'cache-control': 'no-store' }, body: new Uint8Array(0) },
  body: { error: 'timeout', message: 'Discogs was too slow for the rest of this answer.' },
};

/** Asks once, and again only in time: each call may wait for half a minute, and an agent does not wait for all of them. */
export function inTime(ask: AskInner, now: () => number, latestStartMs: number): AskInner {
  const startedAt = now();
  let hasAsked = false;
  return async (path, query, hint) => {
    if (hasAsked && now() - startedAt > latestStartMs) return TOO_LATE;
    hasAsked = true;
    return ask(path, query, hint);
  };
}
