/**
 * One request and its whole answer, on undici's lowest level: the answer is wanted as one piece, so the streams that
 * the higher levels put around it would only cost time and memory.
 */
import type { DiscogsRequest, FetchedAnswer, FetchFailure } from '@discogs-agent/core';
import type { Dispatcher } from 'undici';
import type { InFlight } from './bytesInFlight.ts';
import { failureOf, OVERLOADED, TIMED_OUT, TOO_LARGE } from './fetchFailure.ts';

/** An answer as it came, not yet decompressed. */
export interface Received {
  readonly kind: 'received';
  readonly status: number;
  readonly header: FetchedAnswer['header'];
  readonly raw: Uint8Array;
}

interface Limits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly inFlight: InFlight;
}

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/** The limits time the whole exchange; undici's own timers would only be less exact. */
const NO_TIMEOUT = 0;

/** Gathers an answer; `settle` is called once or more, and only the first call counts. */
class Gathering implements Dispatcher.DispatchHandler {
  readonly #limits: Limits;
  readonly #settle: (result: Received | FetchFailure) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #givenUp: FetchFailure | undefined;
  #status = 0;
  #headers: Headers = {};
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(limits: Limits, settle: (result: Received | FetchFailure) => void) {
    this.#limits = limits;
    this.#settle = settle;
    limits.inFlight.giveUp = () => this.#giveUpWithHead(OVERLOADED);
  }

  /** Answers with `failure` at once and closes the connection, which may hold the rest of an answer. */
  giveUp(failure: FetchFailure): void {
    this.#givenUp = failure;
    this.#chunks = [];
    this.#settle(failure);
    this.#controller?.abort(new Error(failure.detail));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Too late while it waited for a free connection.
    if (this.#givenUp) this.giveUp(this.#givenUp);
  }

  onResponseStart(_: unknown, status: number, headers: Headers): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    if (Number(headers['content-length'] ?? 0) > this.#limits.maxBytes) this.#giveUpWithHead(TOO_LARGE);
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#size += chunk.length;
    this.#chunks.push(chunk);
    if (this.#size > this.#limits.maxBytes) this.#giveUpWithHead(TOO_LARGE);
    else if (!this.#limits.inFlight.takes(this.#size)) this.#giveUpWithHead(OVERLOADED);
  }

  onResponseEnd(): void {
    const [only] = this.#chunks;
    const raw = only && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks, this.#size);
    this.#settle({ kind: 'received', ...this.#head(), raw });
  }

  onResponseError(_: unknown, error: Error): void {
    this.#settle(this.#givenUp ?? failureOf(error));
  }

  #head(): Pick<Received, 'status' | 'header'> {
    const headers = this.#headers;
    const header = (name: string): string | undefined => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    };
    return { status: this.#status, header };
  }

  #giveUpWithHead(failure: FetchFailure): void {
    this.giveUp({ ...failure, ...this.#head() });
  }
}

/** Sends `request` and reads its answer. Rejects for a bug only. */
export function exchange(
  dispatcher: Dispatcher,
  request: DiscogsRequest & { readonly path: string },
  limits: Limits,
): Promise<Received | FetchFailure> {
  return new Promise((resolve) => {
    const settle = (result: Received | FetchFailure): void => {
      clearTimeout(timer);
      limits.inFlight.giveUp = undefined;
      resolve(result);
    };
    const gathering = new Gathering(limits, settle);
    const timer = setTimeout(() => gathering.giveUp(TIMED_OUT), limits.timeoutMs);
    dispatcher.dispatch(
      {
        method: request.method,
        path: request.path,
        headers: { ...request.headers, 'accept-encoding': 'gzip' },
        body: request.body ?? null,
        headersTimeout: NO_TIMEOUT,
        bodyTimeout: NO_TIMEOUT,
      },
      gathering,
    );
  });
}
