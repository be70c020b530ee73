/** One partition of the table as the stores of sign-ins use it: rows by any name, changed by compare-and-set only. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { odata } from '@azure/data-tables';
import { isStatus, type TableAccess } from './tableAccess.ts';

/** What a row says, without its key. */
export type Properties = Readonly<Record<string, string | number>>;
/** As the service answers it. */
export type Entity = Readonly<Record<string, unknown>>;

/** Rows of one kind. Names may be any text. */
export interface Partition {
  read(name: string): Promise<Entity | undefined>;
  /** Rejects when there is such a row. */
  insert(name: string, properties: Properties): Promise<void>;
  /** Whatever was there. */
  put(name: string, properties: Properties): Promise<void>;
  /**
   * Shows `decide` the row, undefined where there is none, and puts what it returns in its place, unless somebody else
   * was faster: then it is asked again. False when it wants nothing done.
   */
  change(name: string, decide: (entity: Entity | undefined) => Properties | undefined): Promise<boolean>;
  /** Removes the row that `isMeant` recognizes, and returns it. Of any number of callers, one gets it. */
  take(name: string, isMeant: (entity: Entity) => boolean): Promise<Entity | undefined>;
  /** Removes the rows whose property `device` has this value, even those that change meanwhile. */
  removeDevice(device: string): Promise<void>;
  /** Rows whose property `group` has this value; not more than `limit`. */
  listGroup(group: string, limit: number): Promise<readonly Entity[]>;
  /** Removes rows whose property `overAt` is not after `time`, unless they change meanwhile; tells how many. */
  sweep(time: string): Promise<number>;
}

/** RowKeys take neither every character nor every length. */
export const digestOf = (name: string): string => createHash('sha256').update(name).digest('hex');

/** Each conflict is a change by somebody else; fifty callers at once need as many rounds at worst. */
const ROUNDS = 60;
/** So that callers who met once do not meet again; grows with the rounds. */
const LONGEST_PAUSE_MS = 10;
/** For all pages of a list. A prune has a minute for all of them, and the next one goes on. */
const LIST_MS = 10_000;
/** Rows that are removed at the same time. */
const PAGE = 50;

/** Opens nothing: the table is made when the first write finds none. */
export function brokerPartition(
  { client, timed, written }: TableAccess,
  partitionKey: string,
  random: () => number,
): Partition {
  const keyOf = (name: string) => ({ partitionKey, rowKey: digestOf(name) });

  async function find(name: string): Promise<{ entity: Entity; etag: string } | undefined> {
    try {
      const entity = await timed((call) => client.getEntity(partitionKey, digestOf(name), call));
      // Without one the SDK would write over whatever is there.
      if (!entity.etag) throw new TypeError('an entity without an ETag');
      return { entity, etag: entity.etag };
    } catch (error) {
      if (isStatus(error, 404)) return undefined;
      throw error;
    }
  }

  /** False when the service says that somebody else was faster. */
  async function won(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (isStatus(error, 404, 409, 412)) return false;
      throw error;
    }
  }

  const insert = (name: string, properties: Properties): Promise<unknown> =>
    written(() => timed((call) => client.createEntity({ ...keyOf(name), ...properties }, call)));

  const remove = (rowKey: string, etag: string): Promise<boolean> =>
    won(() => timed((call) => client.deleteEntity(partitionKey, rowKey, { ...call, etag })));

  /** Repeats `round` until it has something to say other than that it lost. */
  async function untilWon<T>(round: () => Promise<T | 'lost'>): Promise<T> {
    for (let lost = 0; lost < ROUNDS; lost += 1) {
      const result = await round();
      if (result !== 'lost') return result;
      await pause(random() * LONGEST_PAUSE_MS * (1 + lost / 4));
    }
    throw new Error('a row of the broker keeps changing');
  }

  async function removeWhere(filter: string, isConditional: boolean): Promise<number> {
    const abortSignal = AbortSignal.timeout(LIST_MS);
    const pages = client
      .listEntities({ queryOptions: { filter }, abortSignal })
      .byPage({ maxPageSize: PAGE });
    let removed = 0;
    try {
      for await (const page of pages) {
        const results = await Promise.all(
          page.map(({ rowKey = '', etag }) => {
            if (!etag) throw new TypeError('an entity without an ETag');
            return remove(rowKey, isConditional ? etag : '*');
          }),
        );
        removed += results.filter(Boolean).length;
      }
    } catch (error) {
      // No table yet.
      if (!isStatus(error, 404)) throw error;
    }
    return removed;
  }

  async function listGroup(group: string, limit: number): Promise<readonly Entity[]> {
    const filter = odata`PartitionKey eq ${partitionKey} and group eq ${group}`;
    const abortSignal = AbortSignal.timeout(LIST_MS);
    const found: Entity[] = [];
    try {
      for await (const page of client
        .listEntities({ queryOptions: { filter }, abortSignal })
        .byPage({ maxPageSize: PAGE })) {
        found.push(...page);
        if (found.length >= limit) break;
      }
    } catch (error) {
      // No table yet.
      if (!isStatus(error, 404)) throw error;
    }
    return found.slice(0, limit);
  }

  return {
    read: async (name) => (await find(name))?.entity,
    insert: async (name, properties) => void (await insert(name, properties)),
    async put(name, properties) {
      const entity = { ...keyOf(name), ...properties };
      await written(() => timed((call) => client.upsertEntity(entity, 'Replace', call)));
    },
    change: (name, decide) =>
      untilWon(async () => {
        const found = await find(name);
        const next = decide(found?.entity);
        if (!next) return false;
        const write = found
          ? () => {
              const entity = { ...keyOf(name), ...next };
              return timed((call) => client.updateEntity(entity, 'Replace', { ...call, etag: found.etag }));
            }
          : () => insert(name, next);
        return (await won(write)) || 'lost';
      }),
    take: (name, isMeant) =>
      untilWon(async () => {
        const found = await find(name);
        if (!found || !isMeant(found.entity)) return undefined;
        return (await remove(digestOf(name), found.etag)) ? found.entity : 'lost';
      }),
    removeDevice: async (device) =>
      void (await removeWhere(odata`PartitionKey eq ${partitionKey} and device eq ${device}`, false)),
    listGroup,
    sweep: (time) => removeWhere(odata`PartitionKey eq ${partitionKey} and overAt le ${time}`, true),
  };
}
