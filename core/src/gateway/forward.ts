/** Steps 5 and 6 of the pipeline: ask Discogs, and make its answer ours. */
import type { Operation } from '../catalog/operation.ts';
import { type ClientDependencies, sendToDiscogs } from '../discogs/client.ts';
import type { FetchedAnswer, FetchFailure } from '../discogs/fetcher.ts';
import { interpret, type Success } from '../discogs/interpret.ts';
import { discogsRequest } from '../discogs/request.ts';
import type { Admitted } from './admit.ts';
import { cacheControl, forwardedHeaders, VARY } from './answerHeaders.ts';
import { type Answer, type Call, NO_BODY } from './call.ts';
import { matchesEtag } from './conditional.ts';
import type { Deadline } from './deadline.ts';
import type { UpstreamFailure } from './failure.ts';
import { rewriteLinks, upstreamOrigins } from './rewriteLinks.ts';
import type { GatewaySettings } from './settings.ts';

/** Makes the opaque part of an ETag from the bytes that are sent. */
export type Digest = (bytes: Uint8Array) => string | Promise<string>;

/** What forwarding needs beside the call. */
export interface ForwardDependencies extends ClientDependencies {
  readonly settings: GatewaySettings;
  readonly digest: Digest;
}

/** An answer or a failure, with what only the trace and the error's headers need. */
export interface Forwarded {
  readonly outcome: { readonly code: 'answer'; readonly answer: Answer } | UpstreamFailure;
  readonly upstreamStatus: number | undefined;
  readonly attempts: number;
  readonly headers: Readonly<Record<string, string>>;
}

interface Shaping {
  readonly call: Call;
  readonly operation: Operation;
  readonly origins: readonly string[];
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function shapeAnswer(success: Success, shaping: Shaping, digest: Digest): Promise<Answer> {
  const { call, operation, origins, baseUrl } = shaping;
  const headers: Record<string, string> = {
    ...shaping.headers,
    'cache-control': cacheControl(operation),
    vary: VARY,
  };
  const { status } = success;
  if (success.body.length === 0) return { status, headers, body: NO_BODY };
  const isJson = success.mediaType === 'application/json';
  const body = isJson ? rewriteLinks(success.body, origins, baseUrl) : success.body;
  headers['content-type'] = success.mediaType;
  if (operation.method !== 'GET' || status !== 200) return { status, headers, body };
  const etag = `"${await digest(body)}"`;
  headers['etag'] = etag;
  if (!matchesEtag(call.header('if-none-match'), etag)) return { status, headers, body };
  delete headers['content-type'];
  return { status: 304, headers, body: NO_BODY };
}

function upstreamStatus(result: FetchedAnswer | FetchFailure): number | undefined {
  return result.status;
}

/** Forwards an admitted call and shapes what comes back. */
export async function forward(
  call: Call,
  operation: Operation,
  admitted: Admitted,
  dependencies: ForwardDependencies,
  deadline: Deadline,
): Promise<Forwarded> {
  const { settings, digest } = dependencies;
  const request = discogsRequest(operation, admitted.input, settings.userAgent, admitted.token);
  const { result, attempts } = await sendToDiscogs(dependencies, request, deadline, call.log);
  const baseUrl = settings.publicBaseUrl ?? call.baseUrl;
  const origins = settings.rewriteUpstreamUrls ? upstreamOrigins(settings.discogsApiBaseUrl) : [];
  const headers = forwardedHeaders(result, origins, baseUrl);
  const interpreted = interpret(result, operation.method);
  return {
    outcome:
      interpreted.code === 'ok'
        ? {
            code: 'answer',
            answer: await shapeAnswer(interpreted, { call, operation, origins, baseUrl, headers }, digest),
          }
        : interpreted,
    upstreamStatus: upstreamStatus(result),
    attempts,
    headers,
  };
}
