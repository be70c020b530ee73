/** One request and its whole answer. */
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { DiscogsRequest, FetchedAnswer, FetchFailure } from '@discogs-agent/core';
import type { InFlight } from './bytesInFlight.ts';
import { failureOf, OVERLOADED, TIMED_OUT, TOO_LARGE } from './fetchFailure.ts';

interface Head {
  readonly status: number;
  readonly header: FetchedAnswer['header'];
}

/** An answer as it came, not yet decompressed. */
export interface Received extends Head {
  readonly kind: 'received';
  readonly raw: Uint8Array;
}

/** Where requests go, and over which connections. */
export interface Upstream {
  readonly send: (options: RequestOptions, answered: (response: IncomingMessage) => void) => ClientRequest;
  /** The value of the header. */
  readonly host: string;
  readonly options: RequestOptions;
}

interface Limits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly inFlight: InFlight;
}

function headOf({ statusCode = 0, headers }: IncomingMessage): Head {
  const header = (name: string): string | undefined => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  return { status: statusCode, header };
}

/** Names and values in turn: an object would be copied, name by name, into a store of headers first. */
function headerList({ method, headers, body }: DiscogsRequest, host: string): string[] {
  const list = ['host', host, 'accept-encoding', 'gzip', ...Object.entries(headers).flat()];
  // With such a list Node does not count the bytes itself.
  if (body || method === 'POST' || method === 'PUT') list.push('content-length', String(body?.length ?? 0));
  return list;
}

/** Sends `request` and reads its answer. Rejects for a bug only. */
export function exchange(
  { send, host, options }: Upstream,
  request: DiscogsRequest & { readonly path: string },
  { timeoutMs, maxBytes, inFlight }: Limits,
): Promise<Received | FetchFailure> {
  return new Promise((resolve) => {
    let outgoing: ClientRequest | undefined;
    let answer: IncomingMessage | undefined;

    /** Called once or more; only the first call counts. */
    function settle(result: Received | FetchFailure): void {
      clearTimeout(timer);
      inFlight.giveUp = undefined;
      resolve(result);
    }

    function fail(error: unknown): void {
      // Bytes behind a complete answer break the connection, not the answer.
      if (!answer?.complete) settle(failureOf(error));
    }

    /** Answers with `failure` at once and closes the connection, which may hold the rest of an answer. */
    function giveUp(failure: FetchFailure, head?: Head): void {
      settle({ ...failure, ...head });
      outgoing?.destroy();
    }

    function gather(response: IncomingMessage): void {
      answer = response;
      const head = headOf(response);
      const chunks: Buffer[] = [];
      let size = 0;
      inFlight.giveUp = () => giveUp(OVERLOADED, head);
      response.on('error', fail);
      if (Number(head.header('content-length') ?? 0) > maxBytes) giveUp(TOO_LARGE, head);
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > maxBytes) giveUp(TOO_LARGE, head);
        else if (!inFlight.takes(size)) giveUp(OVERLOADED, head);
      });
      response.on('end', () => {
        const [only] = chunks;
        const raw = only && chunks.length === 1 ? only : Buffer.concat(chunks, size);
        settle({ kind: 'received', ...head, raw });
      });
    }

    // The limit is for the whole exchange, the wait for a free connection included.
    const timer = setTimeout(() => giveUp(TIMED_OUT), timeoutMs);
    inFlight.giveUp = () => giveUp(OVERLOADED);
    const { method, path, body } = request;
    try {
      outgoing = send({ ...options, method, path, headers: headerList(request, host) }, gather);
      outgoing.on('error', fail);
      outgoing.end(body);
    } catch (error) {
      // Node throws for a path or header that HTTP cannot carry.
      fail(error);
    }
  });
}
