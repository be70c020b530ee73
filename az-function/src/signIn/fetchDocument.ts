/**
 * Fetches documents of clients over https. Names are resolved here, and the connection goes to the address that was
 * checked: a name that leads to a private address, now or a moment later, leads nowhere.
 */
import { type LookupAddress, lookup as resolveName } from 'node:dns';
import { type RequestOptions, request as sendRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import {
  type FetchDocument,
  type FetchedDocument,
  isAddress,
  isPublicAddress,
} from '@discogs-agent/core/oauth';

/** Dependencies. */
export interface FetchDocumentOptions {
  readonly userAgent: string;
  /** This and what follows is replaced in tests alone, where every address is private. */
  readonly isPublic?: (address: string) => boolean;
  readonly resolve?: typeof resolveName;
  /** Certificates and the like. */
  readonly connection?: RequestOptions;
}

type Problem = Extract<FetchedDocument, { kind: 'failure' }>['problem'];

/** The error of a name with an address that is not public. */
class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';
}

/** Like `dns.lookup`, but for names that have a private address among theirs. */
function guardedLookup(isPublic: (address: string) => boolean, resolve: typeof resolveName): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return done(error, []);
      const [first] = found;
      if (!first || !found.every(({ address }) => isPublic(address))) return done(new PrivateAddress(), []);
      return options.all ? done(null, found) : done(null, first.address, first.family);
    });
  };
}

/** Makes it. No connection is used twice. */
export function createFetchDocument({
  userAgent,
  isPublic = isPublicAddress,
  resolve = resolveName,
  connection = {},
}: FetchDocumentOptions): FetchDocument {
  const lookup = guardedLookup(isPublic, resolve);
  return (url, { timeoutMs, maxBytes }) =>
    new Promise<FetchedDocument>((done) => {
      const settle = (result: FetchedDocument): void => {
        clearTimeout(timer);
        done(result);
        outgoing?.destroy();
      };
      const fail = (problem: Problem): void => settle({ kind: 'failure', problem });
      // The limit is for everything, the resolution of the name included.
      const timer = setTimeout(() => fail('too_slow'), timeoutMs);
      let outgoing: ReturnType<typeof sendRequest> | undefined;
      // An address needs no resolution, so that `lookup` is not called.
      if (url.protocol !== 'https:') return fail('unreachable');
      if (isAddress(url.hostname) && !isPublic(url.hostname)) return fail('private_address');
      const headers = { 'user-agent': userAgent, accept: 'application/json', 'accept-encoding': 'identity' };
      outgoing = sendRequest(url, { ...connection, agent: false, lookup, headers }, (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('error', () => fail('unreachable'));
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          chunks.push(chunk);
          if (size > maxBytes) fail('too_large');
        });
        response.on('end', () => {
          settle({ kind: 'document', status: response.statusCode ?? 0, body: Buffer.concat(chunks, size) });
        });
      });
      outgoing.on('error', (error) =>
        fail(error instanceof PrivateAddress ? 'private_address' : 'unreachable'),
      );
      outgoing.end();
    });
}
