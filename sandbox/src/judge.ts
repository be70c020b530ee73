/** From a request that arrived to the answer Discogs would give, without touching the wire. */
import { replacementFor } from './faults/replacement.ts';
import type { Fault } from './faults/rule.ts';
import { judgeCaller } from './http/credentials.ts';
import { tooManyRequests } from './http/errors.ts';
import { finishReply } from './http/finish.ts';
import { rateHeaders } from './http/rateWindow.ts';
import type { Reply } from './http/reply.ts';
import { ROUTES } from './routes/index.ts';
import { createRouter } from './routes/router.ts';
import type { State } from './state/model.ts';

export interface Arrived {
  readonly method: string;
  readonly target: URL;
  readonly authorization: string | undefined;
  readonly acceptEncoding: string | undefined;
  readonly body: Buffer;
  /** Requests in the window before this one. */
  readonly used: number;
}

export interface Limits {
  readonly authenticated: number;
  readonly anonymous: number;
}

const route = createRouter(ROUTES);

/** A fault that replaces the answer comes first: whoever asks for it wants to see it. */
export function judge(
  arrived: Arrived,
  fault: Fault | undefined,
  limits: Limits,
  state: State,
  now: () => number,
): Reply {
  const { method, target, body, used } = arrived;
  const path = target.pathname;
  const query = target.searchParams;
  const judgement = judgeCaller(arrived.authorization, query);
  const limit = judgement.claimed ? limits.authenticated : limits.anonymous;
  const replacement = replacementFor(fault);
  if (replacement?.fromEdge) return replacement.reply;

  const answer = (): Reply => {
    if (replacement !== undefined) return replacement.reply;
    if (used >= limit) return tooManyRequests();
    if ('refusal' in judgement) return judgement.refusal;
    return route({ method, path, query, body, caller: judgement.caller, state, now });
  };
  return finishReply(answer(), path, query, rateHeaders(limit, used), arrived.acceptEncoding);
}
