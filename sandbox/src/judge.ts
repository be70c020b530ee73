/** From a request that arrived to the answer Discogs would give, without touching the wire. */
import { replacementFor } from './faults/replacement.ts';
import type { Fault } from './faults/rule.ts';
import { type Judgement, judgeCaller } from './http/credentials.ts';
import { tooManyRequests } from './http/errors.ts';
import { finishReply } from './http/finish.ts';
import { rateHeaders } from './http/rateWindow.ts';
import type { Reply } from './http/reply.ts';
import { judgeSigned } from './oauth/judgeSigned.ts';
import { claimsOAuth, readSigned } from './oauth/signed.ts';
import { TOKEN_PATHS } from './oauth/tokenRoutes.ts';
import { ROUTES } from './routes/index.ts';
import { createRouter } from './routes/router.ts';
import type { State } from './state/model.ts';

export interface Arrived {
  readonly method: string;
  readonly target: URL;
  /** Path and query as they arrived. */
  readonly raw: string;
  readonly host: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly ifModifiedSince: string | undefined;
  readonly acceptEncoding: string | undefined;
  readonly accept: string | undefined;
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
  const { method, target, raw, body, used, contentType, ifModifiedSince } = arrived;
  const path = target.pathname;
  const query = target.searchParams;
  const byOAuth = claimsOAuth(arrived.authorization);
  const byToken = judgeCaller(arrived.authorization, query);
  const signed = () => readSigned({ ...arrived, target: raw });
  // Looking at a signature spends its nonce, so only a request that is let in gets that far.
  const judgement = (): Judgement => {
    if (TOKEN_PATHS.has(path)) return { claimed: true, caller: { kind: 'anonymous' } };
    return byOAuth ? judgeSigned(signed(), state, now()) : byToken;
  };
  const limit = byOAuth || byToken.claimed ? limits.authenticated : limits.anonymous;
  const replacement = replacementFor(fault);
  if (replacement?.fromEdge) return replacement.reply;

  const answer = (): Reply => {
    if (replacement !== undefined) return replacement.reply;
    if (used >= limit) return tooManyRequests();
    const judged = judgement();
    if ('refusal' in judged) return judged.refusal;
    return route({
      method,
      path,
      query,
      body,
      contentType,
      ifModifiedSince,
      caller: judged.caller,
      signed,
      state,
      now,
    });
  };
  return finishReply(answer(), path, query, rateHeaders(limit, used), arrived);
}
