/** The shared window in Azure Tables, by compare-and-set. Heavy: load it through `lazyWindowTable`. */
import { RestError, TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import type { WindowCodec, WindowStore } from '@discogs-agent/core';
import { azureCredential, boundedCredential } from '../azureCredential.ts';
import { createClockOffset } from './clockOffset.ts';
import type { TablesAddress } from './tablesAddress.ts';
import { fromPieces, toPieces, WINDOW_KEY } from './windowEntity.ts';

/** Seams of the store. */
export interface WindowTableOptions {
  readonly address: TablesAddress;
  readonly codec: WindowCodec;
  readonly now: () => number;
  readonly tableName?: string;
}

/** A window in a table. */
export interface WindowTable extends WindowStore {
  /** By how much the service's clock is ahead of this instance's; times in the table are the service's. */
  readonly offsetMs: number;
}

/** Whoever asks has given up long before; this frees the socket. */
const ATTEMPT_MS = 4000;
/** A state this young is taken for current: a waiter looks at the table once a second at most. */
const CURRENT_MS = 1000;
/** The version of a window that nobody has written yet. */
const NONE = 'none';

const CLIENT: TableServiceClientOptions = {
  // Whoever asks decides about another try.
  retryOptions: { maxRetries: 0 },
  redirectOptions: { maxRetries: 0 },
};

function clientFor(address: TablesAddress, tableName: string): TableClient {
  if (address.kind === 'identity') {
    return new TableClient(address.uri, tableName, boundedCredential(azureCredential()), CLIENT);
  }
  return TableClient.fromConnectionString(address.connectionString, tableName, {
    ...CLIENT,
    // Azurite listens without TLS, and only the one on this machine.
    allowInsecureConnection: address.local,
  });
}

const codeOf = (error: unknown): string => {
  const details = error instanceof RestError ? error.details : undefined;
  const { odataError } = (details ?? {}) as { odataError?: { code?: unknown } };
  return typeof odataError?.code === 'string' ? odataError.code : '';
};

const isStatus = (error: unknown, ...statuses: readonly number[]): boolean =>
  error instanceof RestError && statuses.includes(error.statusCode ?? 0);

/** Opens nothing: the table is made when the first write finds none. */
export function createWindowTable(options: WindowTableOptions): WindowTable {
  const { address, codec, now, tableName = 'discogsagent' } = options;
  const client = clientFor(address, tableName);
  const clock = createClockOffset();
  let current: { readonly version: string; readonly seenAt: number } | undefined;

  function seen(version: string): string {
    current = { version, seenAt: now() };
    return version;
  }

  /** One call, and what its answer says about the time. */
  async function timed<T>(
    work: (options: { abortSignal: AbortSignal; onResponse: (response: Headed) => void }) => Promise<T>,
  ): Promise<T> {
    const sentAt = now();
    return await work({
      abortSignal: AbortSignal.timeout(ATTEMPT_MS),
      onResponse: ({ headers }) => clock.observe(headers.get('date'), sentAt, now()),
    });
  }

  async function create(pieces: Record<string, string>): Promise<string | undefined> {
    const insert = () => timed((call) => client.createEntity({ ...WINDOW_KEY, ...pieces }, call));
    try {
      return (await insert()).etag;
    } catch (error) {
      if (isStatus(error, 409)) return undefined;
      if (codeOf(error) !== 'TableNotFound') throw error;
      await client.createTable({ abortSignal: AbortSignal.timeout(ATTEMPT_MS) });
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
      return clock.offsetMs;
    },
    isCurrent: (version) =>
      current?.version === version && now() - current.seenAt >= 0 && now() - current.seenAt < CURRENT_MS,
    async read() {
      const { partitionKey, rowKey } = WINDOW_KEY;
      try {
        const entity = await timed((call) => client.getEntity(partitionKey, rowKey, call));
        const state = codec.decode(fromPieces(entity), clock.offsetMs);
        // Without one the SDK would write whatever is there.
        if (!entity.etag) throw new TypeError('an entity without an ETag');
        return { state, version: seen(entity.etag) };
      } catch (error) {
        if (!isStatus(error, 404)) throw error;
        return { state: codec.decode('', 0), version: seen(NONE) };
      }
    },
    async write(state, version) {
      const pieces = toPieces(codec.encode(state, clock.offsetMs));
      const written = await (version === NONE ? create(pieces) : replace(pieces, version));
      return written === undefined ? undefined : seen(written);
    },
  };
}

/** The part of the SDK's answer that is read here. */
interface Headed {
  readonly headers: { get(name: string): string | undefined };
}
