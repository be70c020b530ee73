/** Steps 5 and 6 of the pipeline: get the answer, and make it ours. */
import type { Operation } from '../catalog/operation.ts';
import { interpret, type Success } from '../discogs/interpret.ts';
import { discogsRequest } from '../discogs/request.ts';
import type { Admitted } from './admit.ts';
import { cacheControl, cacheHeaders, forwardedHeaders, VARY, windowHeaders } from './answerHeaders.ts';
import type { WindowView } from './budget/gateTypes.ts';
import { type Answer, type Call, NO_BODY } from './call.ts';
import { matchesEtag } from './conditional.ts';
import type { Correlation } from './correlation.ts';
import type { Deadline } from './deadline.ts';
import type { Economy, Obtained, Want } from './economy.ts';
import type { UpstreamFailure } from './failure.ts';
import { rewriteLinks, upstreamOrigins } from './rewriteLinks.ts';
import type { GatewaySettings } from './settings.ts';

/** Makes a short text from bytes: the opaque part of an ETag, the name of a credential. */
export type Digest = (bytes: Uint8Array) => string | Promise<string>;

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
  /** Nothing older is ever shown, in seconds. */
  readonly longestSeconds: number;
}

/** An answer or a failure, with what only the trace and the error's headers need. */
export interface Forwarded {
  readonly outcome: { readonly code: 'answer'; readonly answer: Answer } | UpstreamFailure;
  readonly upstreamStatus: number | undefined;
  readonly obtained: Pick<Obtained, 'attempts' | 'waitedMs' | 'cache'>;
  readonly headers: Readonly<Record<string, string>>;
}

interface Rewritten {
  readonly baseUrl: string;
  readonly body: Uint8Array;
  readonly etag: string;
}

/**
 * The last rewriting of each kept body: callers of one gateway mostly share its address, and rewriting a cached answer
 * anew each time would cost more than all the rest.
 */
const lastRewritten = new WeakMap<Uint8Array, Rewritten>();

interface Shaping {
  readonly call: Call;
  readonly operation: Operation;
  readonly origins: readonly string[];
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function rewrite(success: Success, { origins, baseUrl }: Shaping, digest: Digest): Promise<Rewritten> {
  const known = lastRewritten.get(success.body);
  if (known?.baseUrl === baseUrl) return known;
  const isJson = success.mediaType === 'application/json';
  const body = isJson ? rewriteLinks(success.body, origins, baseUrl) : success.body;
  const rewritten = { baseUrl, body, etag: `"${await digest(body)}"` };
  lastRewritten.set(success.body, rewritten);
  return rewritten;
}

async function shapeAnswer(success: Success, shaping: Shaping, digest: Digest): Promise<Answer> {
  const { call, operation } = shaping;
  const { status } = success;
  if (success.body.length === 0) return { status, headers: shaping.headers, body: NO_BODY };
  const { body, etag } = await rewrite(success, shaping, digest);
  const headers = { ...shaping.headers, 'content-type': success.mediaType };
  if (operation.method !== 'GET' || status !== 200) return { status, headers, body };
  if (matchesEtag(call.header('if-none-match'), etag)) {
    return { status: 304, headers: { ...shaping.headers, etag }, body: NO_BODY };
  }
  return { status, headers: { ...headers, etag }, body };
}

/** Node's fetch adds `no-cache` to every `If-None-Match` by itself; that pair asks for nothing special. */
const insistsOnFresh = (call: Call): boolean =>
  /\bno-cache\b/i.test(call.header('cache-control') ?? '') && call.header('if-none-match') === undefined;

async function want(
  call: Call,
  operation: Operation,
  { caller, token, input }: Admitted,
  { settings, digest }: ForwardDependencies,
  { deadline, traceId, correlation }: CallContext,
): Promise<Want> {
  return {
    operation,
    input,
    request: {
      ...discogsRequest(operation, input, settings.userAgent, token),
      // Only an observer looks at it.
      ...(call.log.record ? { origin: { operation, traceId } } : {}),
    },
    key: caller.label,
    conversation: call.header('openai-conversation-id')?.slice(0, 128) ?? call.clientAddress ?? caller.label,
    credential: token === undefined ? '' : await digest(new TextEncoder().encode(token)),
    noCache: insistsOnFresh(call),
    deadline,
    log: call.log,
    traceId,
    correlation,
  };
}

/** Discogs often says no when; the pause that its 429 began here tells it all the same. */
function withReset(failure: UpstreamFailure, { resetSeconds: reset }: WindowView): UpstreamFailure {
  if (failure.code !== 'rate_limited' || failure.source !== 'discogs') return failure;
  return failure.reset === null && reset > 0 ? { ...failure, reset } : failure;
}

/** Answers an admitted call, from memory or from Discogs. */
export async function forward(
  call: Call,
  operation: Operation,
  admitted: Admitted,
  dependencies: ForwardDependencies,
  context: CallContext,
): Promise<Forwarded> {
  const { settings, digest, economy, longestSeconds } = dependencies;
  const obtained = await economy.obtain(await want(call, operation, admitted, dependencies, context));
  const { result } = obtained;
  const baseUrl = settings.publicBaseUrl ?? call.baseUrl;
  const origins = settings.rewriteUpstreamUrls ? upstreamOrigins(settings.discogsApiBaseUrl) : [];
  const window = economy.window();
  const headers = {
    ...forwardedHeaders(result, origins, baseUrl),
    ...windowHeaders(window),
    ...cacheHeaders(operation, obtained),
  };
  const interpreted = interpret(result, operation.method);
  const upstreamStatus = 'status' in result ? result.status : undefined;
  if (interpreted.code !== 'ok') {
    const outcome = withReset(interpreted, window);
    const told = outcome === interpreted ? {} : { 'retry-after': String(window.resetSeconds) };
    return { outcome, upstreamStatus, obtained, headers: { ...headers, ...told } };
  }
  const shaping: Shaping = {
    call,
    operation,
    origins,
    baseUrl,
    headers: {
      ...headers,
      'cache-control': cacheControl(operation, obtained.ageSeconds, longestSeconds),
      vary: VARY,
    },
  };
  const answer = await shapeAnswer(interpreted, shaping, digest);
  return { outcome: { code: 'answer', answer }, upstreamStatus, obtained, headers };
}
