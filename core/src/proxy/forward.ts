/** Steps 5 and 6 of the pipeline: get the answer, and make it ours. */
import type { Operation } from '../catalog/operation.ts';
import { linkOrigins } from '../discogs/links.ts';
import type { UpstreamFailure } from '../discogs/upstreamFailure.ts';
import type { Answer, Call } from '../lib/call.ts';
import type { UserAccess } from '../signIn/userAccess.ts';
import type { Digest } from '../upstream/cache/readAnswer.ts';
import type { CachingClient } from '../upstream/cachingClient.ts';
import type { Allowance, WindowView } from '../upstream/ratelimit/limiterTypes.ts';
import type { UpstreamResult } from '../upstream/upstreamRequest.ts';
import type { Authorized } from './auth/authorize.ts';
import type { CatalogueFailure, Refusal } from './failure.ts';
import {
  cacheControl,
  cacheHeaders,
  forwardedHeaders,
  replyHeaders,
  VARY,
  windowHeaders,
} from './response/responseHeaders.ts';
import { createShape } from './response/shape.ts';
import type { GatewaySettings } from './settings.ts';
import { type CallContext, createToUpstreamRequest } from './toUpstreamRequest.ts';

/** What forwarding needs beside the call. */
export interface ForwardDependencies {
  readonly settings: GatewaySettings;
  readonly digest: Digest;
  readonly cachingClient: CachingClient;
  readonly now: () => number;
  /** Absent where nobody signs in. */
  readonly users?: UserAccess | undefined;
  /** Nothing older is ever shown, in seconds. */
  readonly longestSeconds: number;
}

/** An answer or a failure, with what only the trace and the error's headers need. */
export interface Forwarded<F = UpstreamFailure | CatalogueFailure | Refusal> {
  readonly outcome: { readonly code: 'answer'; readonly answer: Answer } | F;
  readonly upstreamStatus: number | undefined;
  /** `cache` is undefined for what the catalogue answered. */
  readonly fetched: Pick<UpstreamResult, 'attempts' | 'waitedMs'> & {
    readonly cache: UpstreamResult['cache'] | undefined;
  };
  readonly headers: Readonly<Record<string, string>>;
  /** For everybody; the headers tell what is left for this caller. */
  readonly window: WindowView;
  /** Absent: Discogs, or what is cached of its answers. */
  readonly source?: 'catalogue';
  /** The failure of Discogs, or the limit, that the catalogue's answer stands for. */
  readonly insteadOf?: UpstreamFailure['code'];
}

/** Answers an authorized call, from memory or from Discogs. */
export type Forward = (
  call: Call,
  operation: Operation,
  authorized: Authorized,
  context: CallContext,
) => Promise<Forwarded<UpstreamFailure>>;

const WHY: Readonly<Record<NonNullable<Allowance['limitedBy']>, string>> = {
  pause: 'Discogs asked this gateway to pause.',
  window: 'All calls of this minute are used.',
  share: "Your share of this minute's calls is used; the rest is kept for other callers.",
};

/**
 * The refusal in this caller's own numbers: what Discogs stated may be over by now, or say nothing about a caller whose
 * share is used up, too.
 */
function inOwnNumbers(
  failure: UpstreamFailure,
  { resetSeconds: reset, limitedBy = 'window' }: Allowance,
): UpstreamFailure {
  if (failure.code !== 'rate_limited') return failure;
  const remaining = failure.remaining === null ? null : '0';
  if (failure.source === 'discogs') return { ...failure, remaining, reset };
  const message = `Rate limit reached. ${WHY[limitedBy]} Retry after ${reset} seconds.`;
  return { ...failure, remaining, reset, message };
}

/** Makes it for one gateway. */
export function createForward({
  settings,
  digest,
  cachingClient,
  longestSeconds,
  now,
  users,
}: ForwardDependencies): Forward {
  const toUpstreamRequest = createToUpstreamRequest(settings, digest, cachingClient, users);
  const origins = linkOrigins(settings);
  const shape = createShape(origins, digest);

  return async (call, operation, authorized, context) => {
    const request = await toUpstreamRequest(call, operation, authorized, context);
    const fetched = await cachingClient.fetch(request);
    const { result, outcome } = fetched;
    const baseUrl = settings.publicBaseUrl ?? call.baseUrl;
    const window = cachingClient.window();
    const turn = { priority: 'caller', key: request.key, conversation: request.conversation } as const;
    const allowance = cachingClient.allowance(turn, outcome.code === 'rate_limited');
    const headers = {
      ...forwardedHeaders(result, origins, baseUrl, now()),
      ...windowHeaders(window, allowance),
      ...cacheHeaders(operation, fetched),
    };
    const upstreamStatus = 'status' in result ? result.status : undefined;
    if (outcome.code !== 'ok') {
      return { outcome: inOwnNumbers(outcome, allowance), upstreamStatus, fetched, headers, window };
    }
    const answer = await shape(outcome, {
      call,
      operation,
      baseUrl,
      headers: {
        ...headers,
        ...replyHeaders(operation, result, origins, baseUrl),
        'cache-control': cacheControl(operation, fetched.ageSeconds, longestSeconds),
        vary: VARY,
      },
      isShared: fetched.cache !== 'miss',
    });
    return { outcome: { code: 'answer', answer }, upstreamStatus, fetched, headers, window };
  };
}
