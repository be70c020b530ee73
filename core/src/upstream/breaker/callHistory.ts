/** What a breaker remembers of single calls, bounded in size: which paths fail, which requests work, whose calls failed. */
import type { DiscogsRequest } from '../../discogs/request.ts';
import type { Requester } from '../ratelimit/limiterTypes.ts';

/** A call as the breaker looks at it; the object itself is its identity. */
export interface BreakerCall {
  readonly request: Pick<DiscogsRequest, 'method' | 'pathAndQuery'>;
  readonly turn: Requester;
}

/** The memory of one breaker. */
export interface CallHistory {
  /** Notes that Discogs answered it. */
  worked(call: BreakerCall): void;
  /**
   * Notes that it failed. True when that says something about Discogs: its path was not known to fail, or this very
   * request worked lately.
   */
  failed(call: BreakerCall): boolean;
  /** Notes that a call of this key and conversation failed. */
  failedFor(call: BreakerCall): void;
  /** Its path fails, and this very request has not worked before. */
  isOnFailingPath(call: BreakerCall): boolean;
  /** This very request has worked lately, and not failed since. */
  isProven(call: BreakerCall): boolean;
  /** When a call of this key failed last, and one of this conversation that none has worked after; 0 for never. */
  lastFailedAt(call: BreakerCall): { readonly key: number; readonly conversation: number };
}

/**
 * A path that failed and has not worked since counts again after this long: it may be one that Discogs can never
 * answer, and whoever asks for it over and over must not stop the calls of others.
 */
const FORGET_PATH_MS = 300_000;
const MAX_PATHS = 256;
const MAX_PROVEN = 64;
/** Longer requests are rare, and a few of them would fill much memory. */
const MAX_REMEMBERED_CHARS = 512;
const MAX_CALLERS = 256;
/** No request is called so. */
const NO_NAME = ' ';

/** What one read is known by. The bodies of writes differ, so that what became of one says little about the next. */
export function readName({ request: { method, pathAndQuery } }: BreakerCall): string | undefined {
  return method === 'GET' && pathAndQuery.length <= MAX_REMEMBERED_CHARS ? pathAndQuery : undefined;
}

/** Without the query, whatever a caller varies in it. Leading zeros make another text of the same record. */
function pathOf({ request: { pathAndQuery } }: BreakerCall): string {
  const queryAt = pathAndQuery.indexOf('?');
  const path = queryAt === -1 ? pathAndQuery : pathAndQuery.slice(0, queryAt);
  return path.replace(/\/0+(?=[0-9])/g, '/');
}

/** Adds or moves to the end; what is beyond `max` is dropped from the start. */
export function remember<Value>(map: Map<string, Value>, name: string, value: Value, max: number): void {
  map.delete(name);
  map.set(name, value);
  if (map.size <= max) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}

const conversationOf = ({ turn: { key, conversation } }: BreakerCall): string => `${key}\n${conversation}`;

/** Makes an empty memory. */
export function createCallHistory(now: () => number): CallHistory {
  const forgottenAt = new Map<string, number>();
  const lastFailed = new Map<string, number>();
  /** A ring: the cheapest memory for what is written with every good answer and read only while Discogs fails. */
  const proven: string[] = new Array(MAX_PROVEN).fill('');
  let nextProven = 0;

  const isFailing = (path: string): boolean => (forgottenAt.get(path) ?? 0) > now();
  const isProven = (call: BreakerCall): boolean => proven.includes(readName(call) ?? NO_NAME);

  function forgetProven(call: BreakerCall): void {
    for (const [at, name] of proven.entries()) if (name === readName(call)) proven[at] = '';
  }

  return {
    worked(call) {
      const name = readName(call);
      if (name !== undefined) {
        proven[nextProven] = name;
        nextProven = (nextProven + 1) % MAX_PROVEN;
      }
      if (forgottenAt.size > 0) forgottenAt.delete(pathOf(call));
      if (lastFailed.size > 0) lastFailed.delete(conversationOf(call));
    },
    failed(call) {
      const worked = isProven(call);
      if (worked) forgetProven(call);
      const path = pathOf(call);
      // The time is not moved on by each failure: what is asked for without end counts now and then.
      if (isFailing(path)) return worked;
      remember(forgottenAt, path, now() + FORGET_PATH_MS, MAX_PATHS);
      return true;
    },
    failedFor(call) {
      remember(lastFailed, call.turn.key, now(), MAX_CALLERS);
      remember(lastFailed, conversationOf(call), now(), MAX_CALLERS);
    },
    isProven,
    isOnFailingPath: (call) => isFailing(pathOf(call)) && !isProven(call),
    lastFailedAt: (call) => ({
      key: lastFailed.get(call.turn.key) ?? 0,
      conversation: lastFailed.get(conversationOf(call)) ?? 0,
    }),
  };
}
