/** From an authorized call to a request of the upstream layer. */
import type { Operation } from '../catalog/operation.ts';
import { discogsPath, discogsRequest } from '../discogs/request.ts';
import type { Call } from '../lib/call.ts';
import type { Deadline } from '../lib/deadline.ts';
import type { UserAccess } from '../signIn/userAccess.ts';
import type { Digest } from '../upstream/cache/readAnswer.ts';
import type { CachingClient } from '../upstream/cachingClient.ts';
import type { UpstreamRequest } from '../upstream/upstreamRequest.ts';
import type { Authorized } from './auth/authorize.ts';
import type { GatewaySettings } from './settings.ts';
import { logRefresh } from './tracing/callTrace.ts';
import type { Correlation } from './tracing/correlation.ts';

/** What a call brings with it from outside its operation. */
export interface CallContext {
  readonly deadline: Deadline;
  readonly traceId: string;
  readonly correlation: Correlation;
}

/** Says what a call wants, and for whom. */
export type ToUpstreamRequest = (
  call: Call,
  operation: Operation,
  authorized: Authorized,
  context: CallContext,
) => Promise<UpstreamRequest>;

/** A longer id is cut: it is a name, and takes its place in the shared window. */
const MAX_CONVERSATION_CHARS = 128;

/** Who shares a turn with this call: its conversation, else its address, else its key. */
export const conversationOf = (call: Call, { correlation }: CallContext, { caller }: Authorized): string =>
  correlation.openai_conversation_id?.slice(0, MAX_CONVERSATION_CHARS) ?? call.clientAddress ?? caller.label;

/** Node's fetch adds `no-cache` to every `If-None-Match` by itself; that pair asks for nothing special. */
function insistsOnFresh({ header }: Call): boolean {
  const control = header('cache-control');
  return control !== undefined && /\bno-cache\b/i.test(control) && header('if-none-match') === undefined;
}

/** Makes it for one gateway. */
export function createToUpstreamRequest(
  settings: GatewaySettings,
  digest: Digest,
  cachingClient: Pick<CachingClient, 'store' | 'backgroundLog'>,
  users: UserAccess | undefined,
): ToUpstreamRequest {
  /** There is one credential at a time, and the same digest for each call would be waste. */
  let last: { readonly token: string; readonly name: string } | undefined;

  async function nameOf(token: string): Promise<string> {
    const name = await digest(new TextEncoder().encode(token));
    last = { token, name };
    return name;
  }

  return async (call, operation, authorized, context) => {
    const { caller, token, input } = authorized;
    const { deadline, traceId, correlation } = context;
    const known = token === last?.token ? last?.name : undefined;
    const { user } = caller;
    const outgoing = discogsRequest(operation, input, settings.userAgent, token);
    const url = settings.discogsApiBaseUrl + outgoing.pathAndQuery;
    const sign = users && user && (() => users.authorization(user, outgoing.method, url));
    return {
      operation,
      input,
      outgoing: {
        ...outgoing,
        ...(sign ? { sign } : {}),
        // Only an observer looks at it.
        ...(call.log.record ? { origin: { operation, traceId } } : {}),
      },
      key: caller.label,
      conversation: conversationOf(call, context, authorized),
      // All grants of a user are one: what one of them writes, the others must see.
      credential: user ? user.label : token === undefined ? '' : (known ?? (await nameOf(token))),
      noCache: insistsOnFresh(call),
      deadline,
      log: call.log,
      onRefreshed: (refreshed) =>
        logRefresh(
          cachingClient.backgroundLog,
          {
            operation,
            method: operation.method,
            path: discogsPath(operation, input.path),
            store: cachingClient.store,
            traceId,
            keyLabel: caller.label,
            correlation,
          },
          refreshed,
        ),
    };
  };
}
