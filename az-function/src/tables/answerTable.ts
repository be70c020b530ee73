/** Kept answers and their leases in Azure Tables. Heavy: load it through `lazyTables.ts`. */
import { createHash } from 'node:crypto';
import { odata } from '@azure/data-tables';
import { NO_ENTRY, noEntry, type SharedStore } from '@discogs-agent/core';
import {
  fromBinaryPieces,
  fromTime,
  MAX_ANSWER_ENTITY_BYTES,
  toBinaryPieces,
  toTime,
} from './answerEntity.ts';
import { brokerPartition } from './brokerPartition.ts';
import { isStatus, type TableOptions, tableAccess } from './tableAccess.ts';

/** Dependencies of the store. */
export interface AnswerTableOptions extends TableOptions {
  /** Whose answers these are: another upstream over the same table never gives its own. */
  readonly upstream: string;
  /** Entities older than this are of no use to anybody, in seconds. */
  readonly longestSeconds: number;
  readonly random: () => number;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Kept answers in a table. */
export interface AnswerTable extends SharedStore {
  /** Removes what was put with a time to keep it that is over at `now`, in Unix seconds; tells how many. */
  prune(now: number): Promise<number>;
}

/** A table does not forget by itself. Every so many writes, somebody deletes what is too old to be shown. */
const SWEEP_SHARE = 1 / 200;
/** More than are written between two sweeps. */
const SWEEP_ENTITIES = 500;
/** It reads the whole partition, because no index knows the time. */
const SWEEP_MS = 30_000;

/** Opens nothing: the table is made when the first write finds none. */
export function createAnswerTable(options: AnswerTableOptions): AnswerTable {
  const { upstream, now, longestSeconds, random } = options;
  const table = tableAccess(options);
  const { client, timed, written } = table;
  const partitionKey = `answers-${digest(upstream).slice(0, 16)}`;
  const keyOf = (name: string) => ({ partitionKey, rowKey: digest(name) });
  const serviceNow = (): number => now() + table.offsetMs;

  async function sweep(): Promise<void> {
    const before = toTime(serviceNow() - longestSeconds * 1000);
    const filter = odata`PartitionKey eq ${partitionKey} and putAt lt ${before}`;
    const abortSignal = AbortSignal.timeout(SWEEP_MS);
    const queryOptions = { filter, select: ['PartitionKey', 'RowKey'] };
    let deleted = 0;
    for await (const { rowKey = '', etag = '*' } of client.listEntities({ queryOptions, abortSignal })) {
      try {
        await timed((call) => client.deleteEntity(partitionKey, rowKey, { ...call, etag }));
      } catch (error) {
        // Written or leased since, or swept away by another instance.
        if (!isStatus(error, 404, 412)) throw error;
      }
      deleted += 1;
      if (deleted >= SWEEP_ENTITIES) return;
    }
  }

  return {
    kind: 'tables',
    maxBytes: MAX_ANSWER_ENTITY_BYTES,
    async read(name) {
      const { rowKey } = keyOf(name);
      try {
        const entity = await timed((call) => client.getEntity(partitionKey, rowKey, call));
        if (!entity.etag) throw new TypeError('an entity without an ETag');
        const isOver = entity['overAt'] !== undefined && fromTime(entity['overAt']) <= serviceNow();
        return {
          bytes: isOver ? undefined : fromBinaryPieces(entity),
          ageMs: serviceNow() - fromTime(entity['putAt']),
          leased: fromTime(entity['leasedUntil']) > serviceNow(),
          version: entity.etag,
        };
      } catch (error) {
        if (!isStatus(error, 404)) throw error;
        return noEntry;
      }
    },
    async lease(name, version, ms) {
      const entity = { ...keyOf(name), leasedUntil: toTime(serviceNow() + ms) };
      try {
        if (version !== NO_ENTRY) {
          return (await timed((call) => client.updateEntity(entity, 'Merge', { ...call, etag: version })))
            .etag;
        }
        // Without a time of its own a lease that brought nothing would never be swept away.
        const first = { ...entity, putAt: toTime(serviceNow()) };
        return (await written(() => timed((call) => client.createEntity(first, call)))).etag;
      } catch (error) {
        // Somebody was faster, or swept it away.
        if (isStatus(error, 404, 409, 412)) return undefined;
        throw error;
      }
    },
    async put(name, bytes, keepMs) {
      const entity = {
        ...keyOf(name),
        putAt: toTime(serviceNow()),
        ...(keepMs === undefined ? {} : { overAt: toTime(serviceNow() + keepMs) }),
        ...toBinaryPieces(bytes),
      };
      await written(() => timed((call) => client.upsertEntity(entity, 'Replace', call)));
      // The answer is there; what this sweep leaves, another one finds.
      if (random() < SWEEP_SHARE) await sweep().catch(() => {});
    },
    prune: (seconds) => brokerPartition(table, partitionKey, random).sweep(toTime(seconds * 1000)),
    async release(name, version) {
      try {
        const entity = { ...keyOf(name), leasedUntil: toTime(0) };
        await timed((call) => client.updateEntity(entity, 'Merge', { ...call, etag: version }));
      } catch (error) {
        if (!isStatus(error, 404, 412)) throw error;
      }
    },
  };
}
