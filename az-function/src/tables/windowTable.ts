/** The shared window in Azure Tables, by compare-and-set. Heavy: load it through `lazyTables.ts`. */
import type { WindowCodec, WindowStore } from '@discogs-agent/core';
import { isStatus, isTableMissing, type TableOptions, tableAccess } from './tableAccess.ts';
import { fromPieces, toPieces, WINDOW_KEY } from './windowEntity.ts';

/** Dependencies of the store. */
export interface WindowTableOptions extends TableOptions {
  readonly codec: WindowCodec;
}

/** A window in a table. */
export interface WindowTable extends WindowStore {
  /** By how much the service's clock is ahead of this instance's; times in the table are the service's. */
  readonly offsetMs: number;
}

/** A state this young is taken for current: a waiter looks at the table once a second at most. */
const CURRENT_MS = 1000;
/** By more than this an offset changes only where the clock of this instance stood still: the machine slept. */
const MOVED_MS = 2000;
/** The version of a window that nobody has written yet. */
const NONE = 'none';

/** Opens nothing: the table is made when the first write finds none. */
export function createWindowTable(options: WindowTableOptions): WindowTable {
  const { codec, now } = options;
  const table = tableAccess(options);
  const { client, timed } = table;
  let current: { readonly version: string; readonly seenAt: number; readonly offsetMs: number } | undefined;

  function seen(version: string, offsetMs: number): string {
    current = { version, seenAt: now(), offsetMs };
    return version;
  }

  async function create(pieces: Record<string, string>): Promise<string | undefined> {
    const insert = () => timed((call) => client.createEntity({ ...WINDOW_KEY, ...pieces }, call));
    try {
      return (await insert()).etag;
    } catch (error) {
      if (isStatus(error, 409)) return undefined;
      if (!isTableMissing(error)) throw error;
      await table.createTable();
      // The next attempt inserts.
      return undefined;
    }
  }

  async function replace(pieces: Record<string, string>, etag: string): Promise<string | undefined> {
    try {
      const entity = { ...WINDOW_KEY, ...pieces };
      return (await timed((call) => client.updateEntity(entity, 'Replace', { ...call, etag }))).etag;
    } catch (error) {
      // Changed, or deleted, since it was read.
      if (isStatus(error, 404, 412)) return undefined;
      throw error;
    }
  }

  return {
    kind: 'tables',
    get offsetMs() {
      return table.offsetMs;
    },
    isCurrent: (version) =>
      current?.version === version && now() - current.seenAt >= 0 && now() - current.seenAt < CURRENT_MS,
    async read() {
      const { partitionKey, rowKey } = WINDOW_KEY;
      try {
        const entity = await timed((call) => client.getEntity(partitionKey, rowKey, call));
        const { offsetMs } = table;
        const state = codec.decode(fromPieces(entity), offsetMs);
        // Without one the SDK would write whatever is there.
        if (!entity.etag) throw new TypeError('an entity without an ETag');
        return { state, version: seen(entity.etag, offsetMs) };
      } catch (error) {
        if (!isStatus(error, 404)) throw error;
        return { state: codec.decode('', 0), version: seen(NONE, table.offsetMs) };
      }
    },
    async write(state, version) {
      // Written as it was read: what the offset has become meanwhile would move every call in it.
      const offsetMs = current?.version === version ? current.offsetMs : table.offsetMs;
      const pieces = toPieces(codec.encode(state, offsetMs));
      const written = await (version === NONE ? create(pieces) : replace(pieces, version));
      // Then the times of new calls are wrong by that much: whoever wrote them reads the window anew.
      const hasMoved = Math.abs(table.offsetMs - offsetMs) > MOVED_MS;
      return written === undefined || hasMoved ? undefined : seen(written, offsetMs);
    },
  };
}
