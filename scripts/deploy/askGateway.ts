/** The one way to send a request to a gateway. It carries the client key, so no redirect is ever followed. */
import type { DeployContext } from './deployContext.ts';

/** What to send. */
export interface GatewayRequest {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Headers;
  readonly body?: string | undefined;
  readonly timeoutMs: number;
}

/** What came back. */
export type GatewayReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      readonly text: string;
      /** The origin to which it would send the caller. Nothing else of the address: a query may hold secrets. */
      readonly redirectOrigin: string | undefined;
    }
  | { readonly kind: 'no_answer'; readonly detail: string };

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function redirectOriginOf(url: string, { status, headers }: Response): string | undefined {
  if (!REDIRECTS.has(status)) return undefined;
  const target = headers.get('location') ?? '';
  return URL.canParse(target, url) ? new URL(target, url).origin : 'an unreadable address';
}

/** The system's own word for a failed connection, such as ECONNREFUSED; the message may repeat the address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : error.name;
}

/** Never rejects. */
export async function askGateway(context: DeployContext, request: GatewayRequest): Promise<GatewayReply> {
  const { url, method = 'GET', headers = new Headers(), body, timeoutMs } = request;
  try {
    const response = await context.fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    const redirectOrigin = redirectOriginOf(url, response);
    return { kind: 'answer', status: response.status, headers: response.headers, text, redirectOrigin };
  } catch (error) {
    return { kind: 'no_answer', detail: reasonOf(error) };
  }
}

/** The outcome in a few words: `no answer (ECONNREFUSED)`, `status 503`, `status 302, a redirect to https://…`. */
export function outcomeOf(reply: GatewayReply): string {
  if (reply.kind === 'no_answer') return `no answer (${reply.detail})`;
  const { status, redirectOrigin } = reply;
  return redirectOrigin === undefined
    ? `status ${status}`
    : `status ${status}, a redirect to ${redirectOrigin}, which was not followed`;
}
