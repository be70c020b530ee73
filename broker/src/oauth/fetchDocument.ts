/**
 * Fetches documents of clients. A Worker cannot choose the address that a name leads to, so that the name is resolved over
 * HTTPS first; Cloudflare's network, through which the fetch goes, has no way to private addresses either.
 * @see https://developers.cloudflare.com/1.1.1.1/encryption/dns-over-https/make-api-requests/dns-json/
 */
import {
  type FetchDocument,
  type FetchedDocument,
  isAddress,
  isPublicAddress,
} from '@discogs-agent/core/oauth';
import * as z from 'zod/mini';
import { readAtMost, type Send } from '../fetcher.ts';

const RESOLVER = 'https://cloudflare-dns.com/dns-query';
const MAX_RESOLVER_BYTES = 16 * 1024;
/** IPv4 and IPv6 addresses; other rows of an answer are aliases on the way. */
const ADDRESS_TYPES: readonly number[] = [1, 28];

const resolved = z.object({ Answer: z.optional(z.array(z.object({ type: z.number(), data: z.string() }))) });

type Problem = Extract<FetchedDocument, { kind: 'failure' }>['problem'];
const failure = (problem: Problem): FetchedDocument => ({ kind: 'failure', problem });

/** Makes it over the platform's `fetch`. */
export function createFetchDocument(send: Send, userAgent: string): FetchDocument {
  const get = (url: URL | string, accept: string, signal: AbortSignal): Promise<Response> =>
    send(new Request(url, { headers: { 'user-agent': userAgent, accept }, redirect: 'manual', signal }));

  async function addressesOf(hostname: string, signal: AbortSignal): Promise<readonly string[]> {
    const asked = ['A', 'AAAA'].map(async (type) => {
      const query = new URLSearchParams({ name: hostname, type });
      const response = await get(`${RESOLVER}?${query}`, 'application/dns-json', signal);
      const bytes = await readAtMost(response.body, MAX_RESOLVER_BYTES);
      const { Answer = [] } = resolved.parse(JSON.parse(new TextDecoder().decode(bytes)));
      return Answer.filter((row) => ADDRESS_TYPES.includes(row.type)).map(({ data }) => data);
    });
    return (await Promise.all(asked)).flat();
  }

  return async (url, { timeoutMs, maxBytes }) => {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      if (url.protocol !== 'https:') return failure('unreachable');
      const addresses = isAddress(url.hostname) ? [url.hostname] : await addressesOf(url.hostname, signal);
      if (addresses.length === 0) return failure('unreachable');
      if (!addresses.every(isPublicAddress)) return failure('private_address');
      const response = await get(url, 'application/json', signal);
      const body = await readAtMost(response.body, maxBytes);
      return body === undefined ? failure('too_large') : { kind: 'document', status: response.status, body };
    } catch {
      return failure(signal.aborted ? 'too_slow' : 'unreachable');
    }
  };
}
