/** Reads what came of a call once, for everybody who is shown it: no later look at a body grows with its size. */

import type { Operation } from '../../catalog/operation.ts';
import { type Links, linkPrefixes, toLinks } from '../../discogs/links.ts';
import { interpret, type Success } from '../../discogs/responseOutcome.ts';
import type { UpstreamFailure } from '../../discogs/upstreamFailure.ts';
import type { NotSent, Sent } from '../send.ts';

/** Makes a short text from bytes: what an ETag is made of, the name of a credential. */
export type Digest = (bytes: Uint8Array) => string | Promise<string>;

/** A good answer with what showing it takes. */
export interface ReadyAnswer extends Omit<Success, 'linkOffsets'> {
  readonly links: Links;
  /** Of the body as Discogs sent it; empty for an empty body. */
  readonly digest: string;
}

/** What an answer means, ready to be shown. */
export type ReadyOutcome = ReadyAnswer | UpstreamFailure;

/** Reads the result of a request of this operation. */
export type ReadAnswer = (
  result: Sent['result'],
  operation: Pick<Operation, 'method' | 'reply'>,
) => Promise<ReadyOutcome>;

const wholeSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

function interpretNotSent(result: NotSent): UpstreamFailure {
  if (result.kind === 'unavailable') {
    // Rounded down: with less than a second to go, a call waits instead of being refused.
    return {
      code: 'upstream_unavailable',
      retryAfterSeconds: Math.max(1, Math.floor(result.retryAfterMs / 1000)),
    };
  }
  const { slotInMs, window } = result;
  return {
    code: 'rate_limited',
    source: 'proxy',
    limit: String(window.limit),
    // Whatever is left is for others.
    remaining: '0',
    reset: slotInMs === undefined ? null : wholeSeconds(slotInMs),
  };
}

/** Makes it for one process. `origins` are those whose links are rewritten. */
export function createReadAnswer(origins: readonly string[], digest: Digest): ReadAnswer {
  const prefixes = linkPrefixes(origins);
  return async (result, { method, reply }) => {
    if (result.kind === 'no_slot' || result.kind === 'unavailable') return interpretNotSent(result);
    const outcome = interpret(result, method, prefixes, reply.mediaType);
    if (outcome.code !== 'ok') return outcome;
    const { code, status, mediaType, body, linkOffsets } = outcome;
    const links = toLinks(linkOffsets);
    return { code, status, mediaType, body, links, digest: body.length === 0 ? '' : await digest(body) };
  };
}
