/** The pipeline: every call enters and leaves here, whatever happens in between. */
import { type Match, match } from '../catalog/match.ts';
import { nearestPath } from '../catalog/nearestPath.ts';
import type { Operation } from '../catalog/operation.ts';
import { discogsPath } from '../discogs/request.ts';
import { type Answer, type Call, NO_BODY } from '../lib/call.ts';
import { type Deadline, deadline } from '../lib/deadline.ts';
import { describeError } from '../lib/describeError.ts';
import { createRecentCounts, outcomeOf } from '../lib/recentCounts.ts';
import { type Authorized, authorize, authorizeCaller, secretWaitMs } from './auth/authorize.ts';
import { isCaller } from './auth/caller.ts';
import { QUERY_KEY } from './auth/presentedKey.ts';
import type { Secrets } from './auth/secrets.ts';
import { endedRefusal, OWNERS_ONLY } from './auth/user.ts';
import { type ChooseSourceDependencies, createChooseSource } from './chooseSource.ts';
import type { Failure, Refusal } from './failure.ts';
import type { Forwarded } from './forward.ts';
import { corsHeaders } from './response/cors.ts';
import { ignoredHeader } from './response/ignoredParameters.ts';
import { renderFailure } from './response/renderFailure.ts';
import { VARY } from './response/responseHeaders.ts';
import { type Asking, readSource, SOURCE_HEADER, type Source } from './source.ts';
import { localAnswer } from './status/localAnswers.ts';
import { logCall } from './tracing/callTrace.ts';
import { type Correlation, correlationOf, echoHeaders } from './tracing/correlation.ts';
import { createRejectionLog } from './tracing/rejections.ts';
import { logRequest } from './tracing/requestLog.ts';

/** Everything a host passes in. Nothing in the core is global. */
export interface GatewayDependencies extends ChooseSourceDependencies {
  readonly secrets: Secrets;
  readonly now: () => number;
  /** A UUID for each call. */
  readonly newTraceId: () => string;
  /** What the broker of this process did in the last hour; absent where there is none. */
  readonly brokerRecent?: () => Readonly<Record<string, number>>;
  /** Milliseconds for a whole call. A GPT Action gives up after 45 s. */
  readonly deadlineMs?: number;
}

/** Answers calls. Never rejects. */
export interface Gateway {
  /** `asking` is what another door wishes for its caller. */
  handle(call: Call, asking?: Asking): Promise<Answer>;
  /** Steps 1 and 2 alone, for other doors: the refusal of a caller without a key, else an empty 200 with the usual headers. */
  checkKey(call: Call): Promise<Answer>;
}

/** Leaves 15 s of a GPT Action's 45 for the platform and the network. */
const DEFAULT_DEADLINE_MS = 30_000;
/** Of requests for Discogs, those that were refused included. */
const COUNTED = ['requests', 'client_errors', 'rate_limited', 'errors'] as const;
/** Where answers came from; `proxy` are refusals and failures without an answer. */
const ANSWERED_BY = ['discogs', 'cache', 'catalogue', 'proxy'] as const;
const encoder = new TextEncoder();

const json = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value));

/** Facts of one call that its answer and its trace share. */
interface Context {
  readonly call: Call;
  readonly traceId: string;
  readonly correlation: Correlation;
  readonly startedAt: number;
  readonly deadline: Deadline;
}

function finish(
  answer: Answer,
  { call, traceId, correlation }: Context,
  corsOrigins: readonly string[],
): Answer {
  const { status, body } = answer;
  const hasBody = status !== 204 && status !== 205 && status !== 304;
  return {
    status,
    headers: {
      // An answer to HEAD says itself how long its body would be.
      ...(hasBody ? { 'content-length': String(body.length) } : {}),
      ...answer.headers,
      'x-trace-id': traceId,
      ...echoHeaders(correlation),
      ...corsHeaders(answer.headers, corsOrigins, call.header('origin')),
    },
    body: call.method === 'HEAD' ? NO_BODY : body,
  };
}

/** The refusal for a path or method that no operation has. */
function unmatched(found: Exclude<Match, { kind: 'operation' }>, path: string): Refusal {
  return found.kind === 'nothing'
    ? { code: 'no_such_route', nearest: nearestPath(path) }
    : { code: 'method_not_allowed', allow: found.allow };
}

/** Makes a gateway. One per process: connections and secrets live as long as it does. */
export function createGateway(dependencies: GatewayDependencies): Gateway {
  const {
    settings,
    secrets,
    cachingClient,
    now,
    newTraceId,
    users,
    deadlineMs = DEFAULT_DEADLINE_MS,
  } = dependencies;
  const rejections = createRejectionLog(now);
  const recent = createRecentCounts(COUNTED, now);
  const answeredBy = createRecentCounts(ANSWERED_BY, now);
  const local = { ...dependencies, startedAt: now(), recent, answeredBy };
  const chooseSource = createChooseSource(dependencies);

  /** A bug while Discogs was asked; it has a trace like every other outcome. */
  const unexpected = (error: unknown): Forwarded => ({
    outcome: { code: 'internal_error', detail: describeError(error) },
    upstreamStatus: undefined,
    fetched: { attempts: 1, waitedMs: 0, cache: 'miss' },
    headers: {},
    window: cachingClient.window(),
  });

  function fail(failure: Failure, context: Context, headers: Readonly<Record<string, string>> = {}): Answer {
    const rendered = renderFailure(failure, context.traceId, settings.debugErrors);
    return finish(
      {
        status: rendered.status,
        headers: {
          ...headers,
          ...rendered.headers,
          'content-type': 'application/json',
          'cache-control': 'no-store',
          vary: VARY,
        },
        body: json(rendered.body),
      },
      context,
      settings.corsOrigins,
    );
  }

  function refuse(refusal: Refusal, context: Context): Answer {
    const { status, body } = renderFailure(refusal, context.traceId, false);
    const { error, reason, which } = body;
    recent.add('requests', ...outcomeOf(status));
    rejections.write(context.call.log, { status, error, reason, which, traceId: context.traceId });
    return fail(refusal, context);
  }

  function logFailure({ outcome }: Forwarded, path: string, { call, traceId }: Context): void {
    const where = `path=${path} trace_id=${traceId}`;
    if (outcome.code === 'internal_error') {
      call.log.error(`Unexpected error contacting Discogs ${where} error=${outcome.detail}`);
    }
    if (outcome.code === 'timeout') call.log.warn(`Timeout contacting Discogs ${where}`);
    if (outcome.code === 'bad_gateway') {
      call.log.error(`RequestError contacting Discogs ${where} error=${outcome.detail}`);
    }
  }

  /** A user may have withdrawn the consent at Discogs: then every request is refused, and the app must ask again. */
  async function endedGrant(
    { caller: { user } }: Authorized,
    { outcome, upstreamStatus }: Forwarded,
    { call, deadline: { leftMs } }: Context,
  ): Promise<Refusal | undefined> {
    if (!users || !user || outcome.code !== 'unexpected_status' || upstreamStatus !== 401) return undefined;
    return (await users.isStillAccepted(user, now() + leftMs()))
      ? undefined
      : endedRefusal(call, settings, users);
  }

  async function pass(
    operation: Operation,
    authorized: Authorized,
    context: Context,
    source: Source | undefined,
    asking: Asking | undefined,
  ): Promise<Answer> {
    const { call, traceId, correlation, startedAt } = context;
    const path = discogsPath(operation, authorized.input.path);
    if (settings.debugRequestLog) logRequest(call, path, authorized.input);
    const forwarded = await chooseSource(call, operation, authorized, context, source, asking).catch(
      unexpected,
    );
    logFailure(forwarded, path, context);
    const { upstreamStatus, fetched, headers, window } = forwarded;
    const outcome = (await endedGrant(authorized, forwarded, context)) ?? forwarded.outcome;
    const cached = fetched.cache === 'hit' || fetched.cache === 'stale';
    const origin =
      forwarded.source ?? (cached ? 'cache' : upstreamStatus === undefined ? 'proxy' : 'discogs');
    // A key in the query is used here, not ignored.
    const isKey = (name: string) => settings.allowKeyInQuery && name === QUERY_KEY;
    const ignored = ignoredHeader(authorized.input.ignored.filter((name) => !isKey(name)));
    const answer =
      outcome.code === 'answer'
        ? finish(
            { ...outcome.answer, headers: { ...outcome.answer.headers, ...ignored } },
            context,
            settings.corsOrigins,
          )
        : fail(outcome, context, { ...headers, ...ignored });
    recent.add('requests', ...outcomeOf(answer.status));
    answeredBy.add(origin);
    logCall(call.log, {
      operation,
      method: call.method,
      path,
      status: upstreamStatus ?? answer.status,
      clientStatus: answer.status,
      source: origin,
      insteadOf: forwarded.insteadOf,
      error: outcome.code === 'answer' ? undefined : outcome.code,
      elapsedMs: now() - startedAt,
      attempts: fetched.attempts,
      cache: operation.effect === 'read' ? fetched.cache : undefined,
      waitedMs: fetched.waitedMs,
      budgetRemaining: window.remaining,
      waiting: window.waiting,
      priority: 'caller',
      store: cachingClient.store,
      traceId,
      keyLabel: authorized.caller.label,
      correlation,
    });
    return answer;
  }

  async function refuseStranger(context: Context): Promise<Answer | undefined> {
    const caller = await authorizeCaller(context.call, dependencies, secretWaitMs(context.deadline));
    return isCaller(caller) ? undefined : refuse(caller, context);
  }

  /** Costs no call to Discogs and leaves no trace, except where it is refused. */
  async function answerHere(operation: Operation, context: Context): Promise<Answer> {
    if (operation.needsKey) {
      const caller = await authorizeCaller(context.call, dependencies, secretWaitMs(context.deadline));
      if (!isCaller(caller)) return refuse(caller, context);
      if (caller.user) return refuse(OWNERS_ONLY, context);
    }
    return finish(await localAnswer(operation, local), context, settings.corsOrigins);
  }

  async function answer(context: Context, asking: Asking | undefined): Promise<Answer> {
    const { call } = context;
    const found = match(call.method, call.path);
    if (found.kind !== 'operation') return refuse(unmatched(found, call.path), context);
    const { operation, path } = found;
    if (operation.handledBy === 'gateway') return answerHere(operation, context);
    const authorized = await authorize(call, operation, path, dependencies, context.deadline);
    if (authorized.code !== 'authorized') return refuse(authorized, context);
    const source = asking?.source ?? readSource(call.header(SOURCE_HEADER));
    if (typeof source === 'object') return refuse(source, context);
    return pass(operation, authorized, context, source, asking);
  }

  async function inContext(call: Call, work: (context: Context) => Promise<Answer>): Promise<Answer> {
    const context: Context = {
      call,
      traceId: newTraceId(),
      correlation: correlationOf(call.header),
      startedAt: now(),
      deadline: deadline(deadlineMs, now),
    };
    rejections.flush(call.log);
    try {
      return await work(context);
    } catch (error) {
      const detail = describeError(error);
      call.log.error(`Unexpected error contacting Discogs trace_id=${context.traceId} error=${detail}`);
      return fail({ code: 'internal_error', detail }, context);
    } finally {
      secrets.refresh();
    }
  }

  const known: Answer = { status: 200, headers: { 'cache-control': 'no-store', vary: VARY }, body: NO_BODY };

  return {
    handle: (call, asking) => inContext(call, (context) => answer(context, asking)),
    checkKey: (call) =>
      inContext(
        call,
        async (context) => (await refuseStranger(context)) ?? finish(known, context, settings.corsOrigins),
      ),
  };
}
