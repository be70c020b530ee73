/** Requests and answers of the platform as the broker's plain types, one function each way. */
import type { BrokerAnswer, BrokerRequest } from '@discogs-agent/core/broker';
import { readAtMost } from './fetcher.ts';

export function toBrokerRequest(request: Request): BrokerRequest {
  const header = (name: string): string | undefined => request.headers.get(name) ?? undefined;
  return {
    method: request.method,
    url: request.url,
    header,
    body: async (limitBytes) => (await readAtMost(request.body, limitBytes)) ?? null,
    // Set by Cloudflare, which overwrites what a caller writes there.
    clientAddress: header('cf-connecting-ip'),
  };
}

export function toResponse({ status, headers, body }: BrokerAnswer, method: string): Response {
  const isEmpty = body.byteLength === 0 || method === 'HEAD';
  return new Response(isEmpty ? null : body.slice(), { status, headers });
}
