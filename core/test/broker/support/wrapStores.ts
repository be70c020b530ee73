/** Stores whose every operation goes through a hand that may delay it, or stop it. */
import type { BrokerStores } from '@discogs-agent/core/broker';

/** Calls `run`, or does not, and resolves to what the caller gets. */
export type Around = <T>(run: () => Promise<T>) => Promise<T>;

export function wrapStores(
  { sessions, requestTokens, throttle, pruneRuns }: BrokerStores,
  around: Around,
): BrokerStores {
  return {
    sessions: {
      insert: (...given) => around(() => sessions.insert(...given)),
      get: (...given) => around(() => sessions.get(...given)),
      getByTokenHash: (...given) => around(() => sessions.getByTokenHash(...given)),
      deny: (...given) => around(() => sessions.deny(...given)),
      authorize: (...given) => around(() => sessions.authorize(...given)),
      setIdentity: (...given) => around(() => sessions.setIdentity(...given)),
      finalize: (...given) => around(() => sessions.finalize(...given)),
      reseal: (...given) => around(() => sessions.reseal(...given)),
      end: (...given) => around(() => sessions.end(...given)),
      prune: (...given) => around(() => sessions.prune(...given)),
    },
    requestTokens: {
      put: (...given) => around(() => requestTokens.put(...given)),
      claim: (...given) => around(() => requestTokens.claim(...given)),
      dropDevice: (...given) => around(() => requestTokens.dropDevice(...given)),
      prune: (...given) => around(() => requestTokens.prune(...given)),
    },
    throttle: {
      hit: (...given) => around(() => throttle.hit(...given)),
      release: (...given) => around(() => throttle.release(...given)),
      prune: (...given) => around(() => throttle.prune(...given)),
    },
    pruneRuns: {
      last: (...given) => around(() => pruneRuns.last(...given)),
      record: (...given) => around(() => pruneRuns.record(...given)),
    },
  };
}
