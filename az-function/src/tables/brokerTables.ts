/** Everything that the sign-in keeps, in Azure Tables. Heavy: load it through `lazyTables.ts`. */
import type {
  BrokerStores,
  PruneRunStore,
  RequestTokenStore,
  ThrottleCount,
  ThrottleStore,
} from '@discogs-agent/core/broker';
import { fromTime, toTime } from './answerEntity.ts';
import { counterProperties, readCounter, readRequestToken, requestTokenProperties } from './brokerEntity.ts';
import { brokerPartition, digestOf, type Partition } from './brokerPartition.ts';
import { brokerSessionTable } from './brokerSessionTable.ts';
import { type TableOptions, tableAccess } from './tableAccess.ts';

/** Dependencies of the stores. */
export interface BrokerTablesOptions extends TableOptions {
  /** Spreads callers who change the same row. */
  readonly random: () => number;
}

const requestTokenTable = (rows: Partition): RequestTokenStore => ({
  put: (token) => rows.put(token.oauthToken, requestTokenProperties(token)),
  async claim(oauthToken, deviceId, pendingToken, now) {
    const taken = await rows.take(oauthToken, (entity) => {
      const token = readRequestToken(entity);
      return token.deviceId === deviceId && token.pendingToken === pendingToken && token.expiresAt > now;
    });
    return taken ? readRequestToken(taken) : null;
  },
  dropDevice: (deviceId) => rows.removeDevice(digestOf(deviceId)),
  prune: (before) => rows.sweep(toTime(before)),
});

const throttleTable = (rows: Partition): ThrottleStore => ({
  async hit(bucket, now, windowSeconds) {
    let count: ThrottleCount = { hits: 1, resetsAt: now + windowSeconds };
    await rows.change(bucket, (entity) => {
      const known = entity && readCounter(entity);
      // A window that ends later than any can was begun by a clock that was ahead: it would block for that long.
      const isOpen = known && known.resetsAt > now && known.resetsAt <= now + 2 * windowSeconds;
      count = isOpen ? { ...known, hits: known.hits + 1 } : { hits: 1, resetsAt: now + windowSeconds };
      return counterProperties(count);
    });
    return count;
  },
  async release(bucket, resetsAt) {
    await rows.change(bucket, (entity) => {
      const known = entity && readCounter(entity);
      if (known?.resetsAt !== resetsAt || known.hits === 0) return undefined;
      return counterProperties({ hits: known.hits - 1, resetsAt });
    });
  },
  prune: (before) => rows.sweep(toTime(before)),
});

/** The one row's name. */
const LAST_RUN = 'last';

const pruneRunTable = (rows: Partition): PruneRunStore => ({
  async last() {
    const entity = await rows.read(LAST_RUN);
    return entity ? fromTime(entity['ranAt']) : null;
  },
  record: (now) => rows.put(LAST_RUN, { ranAt: toTime(now) }),
});

/** Opens nothing. */
export function createBrokerTables(options: BrokerTablesOptions): BrokerStores {
  const table = tableAccess(options);
  const rows = (kind: string): Partition => brokerPartition(table, `broker-${kind}`, options.random);
  return {
    sessions: brokerSessionTable(rows('sessions'), rows('tokens')),
    requestTokens: requestTokenTable(rows('requests')),
    throttle: throttleTable(rows('throttle')),
    pruneRuns: pruneRunTable(rows('prunes')),
  };
}
