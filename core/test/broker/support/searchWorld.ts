/** Isolates of a broker in virtual time over one cache and one rate limiter, and a Discogs that notes when it is asked. */
import type { FetchedAnswer, Fetcher, FetchFailure, SharedStore } from '@discogs-agent/core';
import { createRateLimiter, memorySharedStore, memoryWindowStore } from '@discogs-agent/core';
import {
  type AcquireDependencies,
  brokerBudget,
  createAcquire,
  createBrokerLimiter,
  createSearches,
  type SearchDependencies,
  type SearchPort,
  type SearchReply,
} from '@discogs-agent/core/broker';
import { answer, recordedLog, timeout } from '../../support/fakes.ts';
import { virtualTime } from '../../support/virtualTime.ts';

export const SPACING_MS = 1100;
export const DEADLINE_MS = 25_000;

/** A search and what came of it; times in ms from the start. */
export interface Asked {
  readonly session: string;
  readonly title: string;
  readonly result: SearchReply;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** An answer that holds the record that was asked for. */
export function rightAnswer(pathAndQuery: string): FetchedAnswer {
  const query = new URL(pathAndQuery, 'http://discogs.example').searchParams;
  const title = `${query.get('artist')} - ${query.get('track')}`;
  return answer(200, { results: [{ title, year: '1999', label: ['L'], uri: '/release/1' }] });
}

export function searchWorld({ spacingMs = SPACING_MS, storeMs = (): number => 5, tookMs = 300 } = {}) {
  const time = virtualTime(1_800_000_000_000);
  const start = time.now();
  const policy = brokerBudget(spacingMs);
  const answers = memorySharedStore(time.now);
  const log = recordedLog();
  const sends: { readonly at: number; readonly path: string; readonly authorization: string }[] = [];
  const discogs = { answer: (path: string): FetchedAnswer | FetchFailure => rightAnswer(path), tookMs };
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  const { now, setTimer } = time;
  const waitUntil = (work: Promise<unknown>): void => void work.catch(() => {});
  const window = memoryWindowStore(policy);
  const rateLimiter = createRateLimiter({ policy, store: window, now, newId, setTimer, waitUntil });
  const limiter = createBrokerLimiter(rateLimiter);
  const dependencies: AcquireDependencies = {
    openLimiter: () => time.sleep(storeMs()).then(() => limiter),
    now,
    setTimer,
    waitUntil,
    log,
  };
  const fetcher: Fetcher = async ({ pathAndQuery, headers }, { timeoutMs }) => {
    sends.push({ at: time.now() - start, path: pathAndQuery, authorization: headers['authorization'] ?? '' });
    const told = discogs.answer(pathAndQuery);
    await time.sleep(Math.min(discogs.tookMs, timeoutMs));
    return discogs.tookMs > timeoutMs ? timeout : told;
  };

  const operations: { count: number }[] = [];

  /** The cache for one request; each operation takes its time and is counted. */
  function openAnswers(): SharedStore {
    const own = { count: 0 };
    operations.push(own);
    async function after<T>(work: () => T | Promise<T>): Promise<T> {
      own.count += 1;
      await time.sleep(storeMs());
      return work();
    }
    return {
      ...answers,
      read: (name) => after(() => answers.read(name)),
      lease: (...all) => after(() => answers.lease(...all)),
      put: (...all) => after(() => answers.put(...all)),
      release: (...all) => after(() => answers.release(...all)),
    };
  }

  /** An isolate: its own memory, the shared cache and limiter. */
  const isolate = (changes: Partial<SearchDependencies> = {}): SearchPort =>
    createSearches({
      ...dependencies,
      fetcher,
      consumer: { key: 'ck', secret: 'cs' },
      signatureMethod: 'PLAINTEXT',
      random: (bytes) => new Uint8Array(bytes),
      apiBaseUrl: 'https://api.discogs.example',
      userAgent: 'Test/1.0',
      openAnswers,
      cacheSeconds: 604_800,
      ...changes,
    });

  async function search(
    port: SearchPort,
    session: string,
    title: string,
    { album = null as string | null, deadlineMs = DEADLINE_MS } = {},
  ): Promise<Asked> {
    const startedAt = time.now() - start;
    const access = { token: `token-of-${session}`, secret: 's' };
    const body = { artist: 'Artist', title, album };
    const result = await port.search({ deviceId: session, access }, body, time.now() + deadlineMs);
    return { session, title, result, startedAt, endedAt: time.now() - start };
  }

  const acquire = createAcquire(dependencies);
  return {
    time,
    rateLimiter,
    limiter,
    window,
    answers,
    log,
    sends,
    discogs,
    isolate,
    search,
    acquire,
    operations,
    openAnswers,
  };
}

/** The shortest time between two sends. */
export const closest = (sends: readonly { readonly at: number }[]): number =>
  Math.min(...sends.slice(1).map(({ at }, index) => at - (sends[index]?.at ?? 0)));
