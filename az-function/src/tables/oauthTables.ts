/** Everything that the authorization server keeps, in Azure Tables. Heavy: load it through `stores.ts`. */
import type { OAuthRecord, OAuthStores, RecordStore } from '@discogs-agent/core/oauth';
import { fromTime, toTime } from './answerEntity.ts';
import {
  brokerPartition,
  digestOf,
  type Entity,
  type Partition,
  type Properties,
} from './brokerPartition.ts';
import type { BrokerTablesOptions } from './brokerTables.ts';
import { tableAccess } from './tableAccess.ts';

/** `group` finds all of one owner: a filter takes no id that may be any text. */
const toProperties = ({ id, owner, expiresAt, data }: OAuthRecord): Properties => ({
  id,
  owner,
  group: digestOf(owner),
  overAt: toTime(expiresAt),
  data,
});

/** Throws for what is no record. */
function readRecord({ id, owner, overAt, data }: Entity): OAuthRecord {
  if (typeof id !== 'string' || typeof owner !== 'string' || typeof data !== 'string') {
    throw new TypeError('a row of the authorization server without its columns');
  }
  return { id, owner, expiresAt: fromTime(overAt), data };
}

const recordTable = (rows: Partition): RecordStore => ({
  insert: (record) => rows.insert(record.id, toProperties(record)),
  async get(id) {
    const entity = await rows.read(id);
    return entity ? readRecord(entity) : null;
  },
  change: (id, decide) =>
    rows.change(id, (entity) => {
      const next = entity && decide(readRecord(entity));
      return next && toProperties(next);
    }),
  async take(id) {
    const entity = await rows.take(id, () => true);
    return entity ? readRecord(entity) : null;
  },
  ownedBy: async (owner, limit) => (await rows.listGroup(digestOf(owner), limit)).map(readRecord),
  prune: (before) => rows.sweep(toTime(before)),
});

/** Opens nothing. */
export function createOAuthTables(options: BrokerTablesOptions): OAuthStores {
  const table = tableAccess(options);
  const records = (kind: string): RecordStore =>
    recordTable(brokerPartition(table, `oauth-${kind}`, options.random));
  return { requests: records('requests'), grants: records('grants'), clients: records('clients') };
}
