/** A Worker that searches and does nothing else, with what a test wants to know about it. */
import { waitUntil } from 'cloudflare:workers';
import type { FetchedAnswer, Fetcher } from '@discogs-agent/core';
import { createAcquire, createSearches, type SearchPort } from '@discogs-agent/core/broker';
import type { D1, D1Statement } from '../../src/d1/database.ts';
import { d1SearchCache } from '../../src/d1/searchCache.ts';
import type { Bindings } from '../../src/environment.ts';
import { limiterName, openLimiter } from '../../src/limiter/openLimiter.ts';
import { RateLimiter } from '../../src/limiter/rateLimiter.ts';
import type { Sql } from '../../src/limiter/sqliteWindow.ts';
import { type LimiterNamespace, setTimer } from '../../src/platform.ts';

const CONSUMER = { key: 'ck', secret: 'cs' };

interface TestLimiters extends LimiterNamespace {
  getByName(name: string): ReturnType<LimiterNamespace['getByName']> & Pick<EvictableLimiter, 'evict'>;
}

interface Environment extends Bindings {
  readonly RATE_LIMITER: TestLimiters;
  readonly UPSTREAM: string;
  readonly DEADLINE_MS: number;
}

type State = ConstructorParameters<typeof RateLimiter>[0] & { abort(reason: string): void };

/** The rate limiter, which a test can make forget all but what it has stored. */
export class EvictableLimiter extends RateLimiter {
  readonly #state: State;

  constructor(state: State, bindings: Bindings) {
    super(state, bindings);
    this.#state = state;
  }

  /** Puts `stored` into the place of the stored window, if there is any, and ends the object. */
  async evict(stored: string): Promise<void> {
    const { sql }: { sql: Sql } = this.#state.storage;
    if (stored !== '') sql.exec('UPDATE rate_limit_window SET state = ?1', stored);
    setTimer(() => this.#state.abort('evicted'), 10);
  }
}

const fetcher =
  (upstream: string): Fetcher =>
  async ({ method, pathAndQuery, headers }, { timeoutMs }) => {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(upstream + pathAndQuery, { method, headers, signal });
      const header: FetchedAnswer['header'] = (name) => response.headers.get(name) ?? undefined;
      const body = new Uint8Array(await response.arrayBuffer());
      return { kind: 'answer', status: response.status, header, body };
    } catch {
      return { kind: 'failure', cause: 'transport', name: 'ConnectError', detail: '' };
    }
  };

/** A session of D1 that counts statements. */
function counted(database: D1, count: (statements: number) => void): D1 {
  const originals = new WeakMap<D1Statement, D1Statement>();
  function wrap(statement: D1Statement): D1Statement {
    const wrapped: D1Statement = {
      bind: (...values) => wrap(statement.bind(...values)),
      all() {
        count(1);
        return statement.all();
      },
    };
    originals.set(wrapped, statement);
    return wrapped;
  }
  return {
    prepare: (sql) => wrap(database.prepare(sql)),
    batch(statements) {
      count(statements.length);
      return database.batch(statements.map((statement) => originals.get(statement) ?? statement));
    },
  };
}

interface Isolate {
  readonly port: SearchPort;
  readonly acquire: ReturnType<typeof createAcquire>;
}

let isolate: Isolate | undefined;
/** Statements of each request, this isolate's own. */
const requests: { count: number }[] = [];

function makeIsolate({ DB, RATE_LIMITER, UPSTREAM }: Environment): Isolate {
  const now = (): number => Date.now();
  const dependencies = {
    openLimiter: () => openLimiter(RATE_LIMITER, CONSUMER.key),
    now,
    setTimer,
    waitUntil,
    log: console,
  };
  const openAnswers = () => {
    const own = { count: 0 };
    requests.push(own);
    const openDatabase = () =>
      counted(DB.withSession('first-primary'), (statements) => {
        own.count += statements;
      });
    return d1SearchCache(openDatabase, 604_800, now, () => crypto.randomUUID());
  };
  return {
    port: createSearches({
      ...dependencies,
      fetcher: fetcher(UPSTREAM),
      consumer: CONSUMER,
      signatureMethod: 'PLAINTEXT',
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      apiBaseUrl: UPSTREAM,
      userAgent: 'Test/1.0',
      openAnswers,
      cacheSeconds: 604_800,
    }),
    acquire: createAcquire(dependencies),
  };
}

export default {
  async fetch(request: Request, environment: Environment): Promise<Response> {
    isolate ??= makeIsolate(environment);
    const { pathname, searchParams } = new URL(request.url);
    const deadline = Date.now() + environment.DEADLINE_MS;
    if (pathname === '/counts') return Response.json(requests.map(({ count }) => count));
    if (pathname === '/sign-in') {
      const { kind } = await isolate.acquire('sign_in', deadline);
      return Response.json({ granted: kind === 'granted', at: Date.now() });
    }
    if (pathname === '/evict') {
      const limiter = environment.RATE_LIMITER.getByName(await limiterName(CONSUMER.key));
      await limiter.evict(searchParams.get('stored') ?? '');
      return Response.json(null);
    }
    const session = searchParams.get('session') ?? '';
    if (pathname === '/hold') {
      const limiter = await openLimiter(environment.RATE_LIMITER, CONSUMER.key);
      const call = searchParams.get('call') ?? '';
      await limiter.acquire({ priority: 'search', session, call, waitMs: 5000, longestMs: 5000 }).result();
      // Its holder neither sends nor ends anything.
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    }
    const access = { token: `token-of-${session}`, secret: 's' };
    const body = { artist: 'Artist', title: searchParams.get('title'), album: null };
    return Response.json(await isolate.port.search({ deviceId: session, access }, body, deadline));
  },
};
