/** From an Azure Functions request to a call of the core. */
import type { HttpRequest, InvocationContext } from '@azure/functions';
import { type Call, type Log, NO_BODY } from '@discogs-agent/core';

/** Every route begins with it; host.json sets no prefix, because metadata of a sign-in stands at the root of the host. */
export const ROUTE_PREFIX = '/api';
const STARTS_WITH_PREFIX = /^\/api(?=\/|$)/i;

interface Address {
  readonly origin: string;
  readonly path: string;
  readonly query: string;
}

/** Cuts the address by hand: parsing it again would cost more than the rest of this file. */
function splitAddress(url: string): Address {
  const pathAt = url.indexOf('/', url.indexOf('//') + 2);
  const hashAt = url.indexOf('#');
  const end = hashAt === -1 ? url.length : hashAt;
  const queryAt = url.indexOf('?');
  const pathEnd = queryAt === -1 || queryAt > end ? end : queryAt;
  const path = url.slice(pathAt, pathEnd);
  return {
    origin: url.slice(0, pathAt),
    path: path.replace(STARTS_WITH_PREFIX, ''),
    query: pathEnd === end ? '' : url.slice(pathEnd + 1, end),
  };
}

/** Azure's front end appends the caller's address, with a port, as the last entry. */
export function clientAddress(forwardedFor: string | null): string | undefined {
  const last = forwardedFor?.split(',').at(-1)?.trim();
  if (!last) return undefined;
  const bracketed = /^\[([^\]]+)\]/.exec(last)?.[1];
  return bracketed ?? (/^[^:]+:[0-9]+$/.test(last) ? last.slice(0, last.indexOf(':')) : last);
}

/**
 * Fills a call. The path is taken from the URL, not from `request.params`: only there is an encoded slash inside a
 * value told from one between values.
 */
export async function toCall(
  request: HttpRequest,
  context: InvocationContext,
  record?: Log['record'],
): Promise<Call> {
  const { method, headers } = request;
  const { origin, path, query } = splitAddress(request.url);
  const hasBody = method !== 'GET' && method !== 'HEAD' && request.body !== null;
  return {
    method,
    path,
    query,
    header: (name) => headers.get(name) ?? undefined,
    headers: () => headers.entries(),
    body: hasBody ? new Uint8Array(await request.arrayBuffer()) : NO_BODY,
    clientAddress: clientAddress(headers.get('x-forwarded-for')),
    baseUrl: `${origin}${ROUTE_PREFIX}`,
    log: {
      info: (line) => context.log(line),
      warn: (line) => context.warn(line),
      error: (line) => context.error(line),
      record,
    },
  };
}
