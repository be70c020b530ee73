/** What a reading worker and its owner say to each other. */
import type { RecordKind } from '@discogs-agent/core/catalogue';
import type { DumpFailure } from '../failure.ts';
import type { Batch } from './readDump.ts';

/** What the worker is started with. */
export interface WorkerTask {
  readonly path: string;
  readonly kind: RecordKind;
  readonly skip: number;
  readonly strict: boolean;
  readonly recordBytesMax: number;
  /** The address of a module with a function `transform`; undefined for records as they are. */
  readonly transform: string | undefined;
}

/** From the worker. The owner answers each batch with any message, so that batches do not pile up. */
export type WorkerMessage<Row> =
  | {
      readonly type: 'batch';
      readonly batch: Batch<Row>;
      /** What the JSON of the records stands in. */
      readonly memory: readonly ArrayBuffer[];
    }
  | { readonly type: 'failed'; readonly failure: DumpFailure }
  | { readonly type: 'done' };

/** How many batches may be on their way: enough that neither side waits for the other's pauses. */
export const BATCHES_AHEAD = 4;
