/** Steps 5 and 6 of the pipeline: get the answer, and make it ours. */
import type { Operation } from '../catalog/operation.ts';
import type { Admitted } from './admit.ts';
import { cacheControl, cacheHeaders, forwardedHeaders, VARY, windowHeaders } from './answerHeaders.ts';
import type { WindowView } from './budget/gateTypes.ts';
import type { Answer, Call } from './call.ts';
import type { Correlation } from './correlation.ts';
import type { Deadline } from './deadline.ts';
import type { Economy, Obtained } from './economy.ts';
import type { UpstreamFailure } from './failure.ts';
import type { Digest } from './readAnswer.ts';
import { linkOrigins } from './rewriteLinks.ts';
import type { GatewaySettings } from './settings.ts';
import { createShape } from './shape.ts';
import { createWanted } from './wanted.ts';

/** What a call brings with it from outside its operation. */
export interface CallContext {
  readonly deadline: Deadline;
  readonly traceId: string;
  readonly correlation: Correlation;
}

/** What forwarding needs beside the call. */
export interface ForwardDependencies {
  readonly settings: GatewaySettings;
  readonly digest: Digest;
  readonly economy: Economy;
  readonly now: () => number;
  /** Nothing older is ever shown, in seconds. */
  readonly longestSeconds: number;
}

/** An answer or a failure, with what only the trace and the error's headers need. */
export interface Forwarded {
  readonly outcome: { readonly code: 'answer'; readonly answer: Answer } | UpstreamFailure;
  readonly upstreamStatus: number | undefined;
  readonly obtained: Pick<Obtained, 'attempts' | 'waitedMs' | 'cache'>;
  readonly headers: Readonly<Record<string, string>>;
  /** As the headers tell it. */
  readonly window: WindowView;
}

/** Answers an admitted call, from memory or from Discogs. */
export type Forward = (
  call: Call,
  operation: Operation,
  admitted: Admitted,
  context: CallContext,
) => Promise<Forwarded>;

/** Discogs often says no when; the pause that its 429 began here tells it all the same. */
function withReset(failure: UpstreamFailure, { resetSeconds: reset }: WindowView): UpstreamFailure {
  if (failure.code !== 'rate_limited' || failure.source !== 'discogs') return failure;
  return failure.reset === null && reset > 0 ? { ...failure, reset } : failure;
}

/** Makes it for one gateway. */
export function createForward({
  settings,
  digest,
  economy,
  longestSeconds,
  now,
}: ForwardDependencies): Forward {
  const wanted = createWanted(settings, digest);
  const origins = linkOrigins(settings);
  const shape = createShape(origins, digest);

  return async (call, operation, admitted, context) => {
    const obtained = await economy.obtain(await wanted(call, operation, admitted, context));
    const { result, meaning } = obtained;
    const baseUrl = settings.publicBaseUrl ?? call.baseUrl;
    const window = economy.window();
    const headers = {
      ...forwardedHeaders(result, origins, baseUrl, now()),
      ...windowHeaders(window),
      ...cacheHeaders(operation, obtained),
    };
    const upstreamStatus = 'status' in result ? result.status : undefined;
    if (meaning.code !== 'ok') {
      const outcome = withReset(meaning, window);
      const told = outcome === meaning ? {} : { 'retry-after': String(window.resetSeconds) };
      return { outcome, upstreamStatus, obtained, headers: { ...headers, ...told }, window };
    }
    const answer = await shape(meaning, {
      call,
      operation,
      baseUrl,
      headers: {
        ...headers,
        'cache-control': cacheControl(operation, obtained.ageSeconds, longestSeconds),
        vary: VARY,
      },
      isShared: obtained.cache !== 'miss',
    });
    return { outcome: { code: 'answer', answer }, upstreamStatus, obtained, headers, window };
  };
}
