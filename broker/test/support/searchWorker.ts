/** A Worker that searches and does nothing else, with what a test wants to know about it. */
import { waitUntil } from 'cloudflare:workers';
import type { FetchedAnswer, Fetcher } from '@discogs-agent/core';
import { brokerBudget, createAdmit, createSearches, type SearchPort } from '@discogs-agent/core/broker';
import type { D1, D1Statement } from '../../src/d1/database.ts';
import { openSearchStores, openSignInWindow } from '../../src/d1/searchStores.ts';
import { databaseClock } from '../../src/d1/windowStore.ts';

interface Environment {
  readonly DB: { withSession(constraint: 'first-primary'): D1 };
  readonly UPSTREAM: string;
  readonly INTERVAL_MS: number;
  readonly DEADLINE_MS: number;
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
  readonly admit: ReturnType<typeof createAdmit>;
}

let isolate: Isolate | undefined;
/** Statements of each request, this isolate's own. */
const requests: { count: number }[] = [];

function makeIsolate({ DB, UPSTREAM, INTERVAL_MS }: Environment): Isolate {
  const now = (): number => Date.now();
  const dependencies = {
    policy: brokerBudget(INTERVAL_MS),
    now,
    newId: () => crypto.randomUUID(),
    setTimer(run: () => void, ms: number) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    waitUntil,
    log: console,
  };
  const clock = databaseClock();
  const storesOptions = () => {
    const own = { count: 0 };
    requests.push(own);
    const openDatabase = () =>
      counted(DB.withSession('first-primary'), (statements) => {
        own.count += statements;
      });
    return { ...dependencies, cacheSeconds: 604_800, openDatabase, clock };
  };
  return {
    port: createSearches({
      ...dependencies,
      fetcher: fetcher(UPSTREAM),
      consumer: { key: 'ck', secret: 'cs' },
      signatureMethod: 'PLAINTEXT',
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      apiBaseUrl: UPSTREAM,
      userAgent: 'Test/1.0',
      openStores: () => openSearchStores(storesOptions())(),
      cacheSeconds: 604_800,
    }),
    admit: createAdmit(dependencies, () => openSignInWindow(storesOptions())()),
  };
}

export default {
  async fetch(request: Request, environment: Environment): Promise<Response> {
    isolate ??= makeIsolate(environment);
    const { pathname, searchParams } = new URL(request.url);
    const deadline = Date.now() + environment.DEADLINE_MS;
    if (pathname === '/counts') return Response.json(requests.map(({ count }) => count));
    if (pathname === '/sign-in') {
      const { granted } = await isolate.admit('sign_in', deadline);
      return Response.json({ granted, at: Date.now() });
    }
    const session = searchParams.get('session') ?? '';
    const access = { token: `token-of-${session}`, secret: 's' };
    const body = { artist: 'Artist', title: searchParams.get('title'), album: null };
    return Response.json(await isolate.port.search({ deviceId: session, access }, body, deadline));
  },
};
