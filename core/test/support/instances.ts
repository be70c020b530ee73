/** Several instances in virtual time over one shared store of answers, which can be in trouble. */
import {
  createAnswerCodec,
  createSharedCache,
  type Fetcher,
  memorySharedStore,
  type SharedStore,
} from '@discogs-agent/core';
import { answer, gateway, recordedLog } from './fakes.ts';
import { type VirtualTime, virtualTime } from './virtualTime.ts';

/** A store of answers and what is wrong with it. */
export interface TroubledAnswers extends SharedStore {
  mode: 'well' | 'down' | 'never ends';
  delayMs: number;
  maxBytes: number;
  /** Every name that anything was written under. */
  readonly names: Set<string>;
  operations: number;
}

/** Makes one that is well. */
export function troubledAnswers({ now, sleep }: VirtualTime): TroubledAnswers {
  const memory = memorySharedStore(now);
  const names = new Set<string>();
  async function slowly<T>(work: () => Promise<T>): Promise<T> {
    store.operations += 1;
    await sleep(store.delayMs);
    if (store.mode === 'down') throw Object.assign(new Error('away'), { name: 'RestError' });
    if (store.mode === 'never ends') return new Promise(() => {});
    return work();
  }
  const store: TroubledAnswers = {
    kind: 'tables',
    maxBytes: 100_000,
    mode: 'well',
    delayMs: 5,
    names,
    operations: 0,
    read: (name) => slowly(() => memory.read(name)),
    lease: (name, version, ms) => slowly(() => memory.lease(name, version, ms)),
    release: (name, version) => slowly(() => memory.release(name, version)),
    put(name, bytes) {
      names.add(name);
      return slowly(() => memory.put(name, bytes));
    },
  };
  return store;
}

/** Without compression: that is work in another thread, which a virtual clock does not wait for. */
export const PLAIN_CODEC = createAnswerCodec({
  compress: async (bytes) => bytes,
  expand: async (bytes) => bytes,
});

/** Discogs in virtual time: every path has an answer, after `tookMs`. */
export function slowDiscogs(time: VirtualTime, tookMs = 200) {
  const requests: string[] = [];
  const behaviour = { answer: () => answer(200, { n: requests.length }), tookMs };
  const fetcher: Fetcher = async ({ pathAndQuery }) => {
    requests.push(pathAndQuery);
    const { tookMs: ms } = behaviour;
    const told = behaviour.answer();
    await time.sleep(ms);
    return told;
  };
  return Object.assign(behaviour, { requests, fetcher });
}

/** A set-up of instances that see the same store. `open` makes each of them use it before anything is tested. */
export function instances() {
  const time = virtualTime();
  const store = troubledAnswers(time);
  const discogs = slowDiscogs(time);
  const log = recordedLog();
  const { now, setTimer } = time;
  const waitUntil = () => {};
  const add = (fetcher: Fetcher = discogs.fetcher) => {
    const sharedCache = createSharedCache({ store, codec: PLAIN_CODEC, now, setTimer, waitUntil, log });
    return gateway({ now, setTimer, fetcher, sharedCache, backgroundLog: log });
  };
  return { time, store, discogs, log, add };
}
