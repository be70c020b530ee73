/** One table as the stores use it: no retries of the SDK, short attempts, the service's clock. */
import { RestError, TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import { createClockOffset } from '@discogs-agent/core';
import { azureCredential, boundedCredential } from '../secrets/azureCredential.ts';
import type { TablesAddress } from './tablesAddress.ts';

/** Whoever asks has given up long before; this frees the socket. */
const ATTEMPT_MS = 4000;
/** The header `Date` counts whole seconds. */
const DATE_RESOLUTION_MS = 1000;
/** The table of all shared state. */
const TABLE_NAME = 'discogsagent';

const CLIENT: TableServiceClientOptions = {
  // Whoever asks decides about another try.
  retryOptions: { maxRetries: 0 },
  redirectOptions: { maxRetries: 0 },
};

/** Dependencies of every store in a table. */
export interface TableOptions {
  readonly address: TablesAddress;
  /** A clock that never leaps: the service's is measured against it. */
  readonly now: () => number;
  readonly tableName?: string | undefined;
}

/** The part of the SDK's answer that is read here. */
interface Headed {
  readonly headers: { get(name: string): string | undefined };
}

/** What each operation of the SDK is given. */
export interface OperationOptions {
  readonly abortSignal: AbortSignal;
  readonly onResponse: (response: Headed) => void;
}

/** A table, not opened yet. */
export interface TableAccess {
  readonly client: TableClient;
  /** By how much the service's clock is ahead of this instance's; times in the table are the service's. */
  readonly offsetMs: number;
  /** One operation, and what its answer says about the time. */
  timed<T>(work: (options: OperationOptions) => Promise<T>): Promise<T>;
  createTable(): Promise<void>;
  /** Does `work`; where nobody has made the table yet, makes it and does it again. */
  written<T>(work: () => Promise<T>): Promise<T>;
}

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

/** Opens nothing. */
export function tableAccess({ address, now, tableName = TABLE_NAME }: TableOptions): TableAccess {
  const client = clientFor(address, tableName);
  const clock = createClockOffset(DATE_RESOLUTION_MS);
  const createTable = (): Promise<void> =>
    client.createTable({ abortSignal: AbortSignal.timeout(ATTEMPT_MS) });
  return {
    client,
    get offsetMs() {
      return clock.offsetMs;
    },
    timed(work) {
      const sentAt = now();
      return work({
        abortSignal: AbortSignal.timeout(ATTEMPT_MS),
        onResponse: ({ headers }) => clock.observe(Date.parse(headers.get('date') ?? ''), sentAt, now()),
      });
    },
    createTable,
    async written(work) {
      try {
        return await work();
      } catch (error) {
        if (!isTableMissing(error)) throw error;
        await createTable();
        return await work();
      }
    },
  };
}

/** True for an answer of the service with one of these statuses. */
export const isStatus = (error: unknown, ...statuses: readonly number[]): boolean =>
  error instanceof RestError && statuses.includes(error.statusCode ?? 0);

/** True when nobody has made the table yet. */
export function isTableMissing(error: unknown): boolean {
  const details = error instanceof RestError ? error.details : undefined;
  const { odataError } = (details ?? {}) as { odataError?: { code?: unknown } };
  return odataError?.code === 'TableNotFound';
}
