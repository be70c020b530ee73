/** The Durable Object in which the rate limiter runs: all isolates of the Worker ask this one. */
import { DurableObject, RpcTarget } from 'cloudflare:workers';
import { createRateLimiter } from '@discogs-agent/core';
import {
  type BrokerLimiter,
  brokerBudget,
  createBrokerLimiter,
  type PermitRequest,
  type PermitTicket,
} from '@discogs-agent/core/broker';
import { type Bindings, readEnvironment } from '../environment.ts';
import { setTimer } from '../platform.ts';
import { type Sql, sqliteWindowStore } from './sqliteWindow.ts';

/** The methods of `ticket`, callable from another isolate. Calls on it belong to the request for it, and cost no other. */
class Ticket extends RpcTarget implements PermitTicket {
  readonly #ticket: PermitTicket;

  constructor(ticket: PermitTicket) {
    super();
    this.#ticket = ticket;
  }

  result() {
    return this.#ticket.result();
  }

  complete(...[observation]: Parameters<PermitTicket['complete']>) {
    return this.#ticket.complete(observation);
  }

  cancel() {
    return this.#ticket.cancel();
  }

  /** The caller's request has ended. If it died with a permit, nobody knows whether it sent its call: that counts. */
  [Symbol.dispose](): void {
    void this.#ticket.complete(undefined);
  }
}

/** What the runtime gives an object. */
interface State {
  readonly storage: { readonly sql: Sql };
  waitUntil(work: Promise<unknown>): void;
}

/** One for each consumer of Discogs. Only this Worker can call it. */
export class RateLimiter extends DurableObject {
  readonly #limiter: BrokerLimiter;

  constructor(state: State, bindings: Bindings) {
    super(state, bindings);
    const now = (): number => Date.now();
    const policy = brokerBudget(readEnvironment(bindings).settings.discogsMinIntervalMs);
    const rateLimiter = createRateLimiter({
      policy,
      store: sqliteWindowStore(state.storage.sql, policy, now),
      now,
      newId: () => crypto.randomUUID(),
      setTimer,
      waitUntil: (work) => state.waitUntil(work),
    });
    // A cooldown from before a restart is known from now on.
    state.waitUntil(rateLimiter.currentView());
    this.#limiter = createBrokerLimiter(rateLimiter);
  }

  acquire(request: PermitRequest): PermitTicket {
    return new Ticket(this.#limiter.acquire(request));
  }

  join(call: string, session: string): Promise<void> {
    return this.#limiter.join(call, session);
  }
}
