/** Keeps the broker out of the start: it is loaded behind it, and only where it is switched on. */
import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Fetcher, Gate } from '@discogs-agent/core';
import type { BrokerEnvironment, FunctionEnvironment } from '../environment.ts';

/** The broker as the host's triggers use it. */
export interface BrokerDoor {
  /** Never rejects: the host would answer a blank 500. */
  handle(request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit>;
  /** Rejects when a table could not be pruned, so that the run counts as failed. */
  prune(context: InvocationContext): Promise<void>;
  /** Safe to call at any time. */
  load(): Promise<unknown>;
}

/** What the broker is given by the process around it. */
export interface BrokerHostOptions {
  readonly environment: FunctionEnvironment;
  readonly found: BrokerEnvironment;
  /** The process' own: Discogs counts the calls of proxy and broker together. */
  readonly gate: Gate;
  readonly fetcher: Fetcher;
  readonly now: () => number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
}

type Loaded = Pick<BrokerDoor, 'handle' | 'prune'>;

/** The contract's words for a failure of our own. */
const FAILED = { error: 'internal_error', message: 'internal server error' };

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** Makes the door. A part that does not load is tried again with the next call. */
export function lazyBroker(
  options: BrokerHostOptions,
  open: () => Promise<Loaded> = async () => (await import('./brokerHost.ts')).createBrokerHost(options),
): BrokerDoor {
  let opening: Promise<Loaded> | undefined;

  async function load(): Promise<Loaded> {
    opening ??= open();
    try {
      return await opening;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  }

  return {
    load,
    async handle(request, context) {
      try {
        return await (await load()).handle(request, context);
      } catch (error) {
        context.error(`broker_not_loaded detail=${nameOf(error)}`);
        return { status: 500, jsonBody: FAILED, headers: { 'cache-control': 'no-store' } };
      }
    },
    prune: async (context) => (await load()).prune(context),
  };
}
