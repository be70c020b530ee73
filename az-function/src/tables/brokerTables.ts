/** Everything that the sign-in keeps, in Azure Tables. Heavy: load it through `lazyTables.ts`. */
import type {
  BrokerStores,
  RequestTokenStore,
  ThrottleCount,
  ThrottleStore,
} from '@discogs-agent/core/broker';
import { toTime } from './answerEntity.ts';
import { counterProperties, readCounter, readRequestToken, requestTokenProperties } from './brokerEntity.ts';
import { brokerPartition, digestOf, type Partition } from './brokerPartition.ts';
import { brokerSessionTable } from './brokerSessionTable.ts';
import { type TableOptions, tableAccess } from './tableAccess.ts';

/** Seams of the stores. */
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
  prune: (now) => rows.sweep(toTime(now)),
});

const throttleTable = (rows: Partition): ThrottleStore => ({
  async hit(bucket, now, windowSeconds) {
    let count: ThrottleCount = { hits: 1, resetsAt: now + windowSeconds };
    await rows.change(bucket, (entity) => {
      const known = entity && readCounter(entity);
      count =
        known && known.resetsAt > now
          ? { hits: known.hits + 1, resetsAt: known.resetsAt }
          : { hits: 1, resetsAt: now + windowSeconds };
      return counterProperties(count);
    });
    return count;
  },
  prune: (now) => rows.sweep(toTime(now)),
});

/** Opens nothing. */
export function createBrokerTables(options: BrokerTablesOptions): BrokerStores {
  const table = tableAccess(options);
  const rows = (kind: string): Partition => brokerPartition(table, `broker-${kind}`, options.random);
  return {
    sessions: brokerSessionTable(rows('sessions'), rows('tokens')),
    requestTokens: requestTokenTable(rows('requests')),
    throttle: throttleTable(rows('throttle')),
  };
}
