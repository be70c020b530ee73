/** Reads a dump in a thread of its own, so that this one only stores what comes out: an import on two cores. */
import { on } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { DumpError } from '../failure.ts';
import type { PreparedRecord } from '../records/preparedRecord.ts';
import { type Batch, RECORD_BYTES_MAX, type ReadOptions } from './readDump.ts';
import type { WorkerMessage, WorkerTask } from './workerMessages.ts';

/** As {@link ReadOptions}. */
export interface WorkerReadOptions extends ReadOptions {
  /**
   * A module whose function `transform(record)` runs in the worker. Sending a record as it is costs both threads a third of
   * what reading it costs: better send only what the store needs, as few typed arrays.
   */
  readonly transform?: URL;
}

/** As `readDump`, also in that the JSON of a batch is gone when the next one is asked for. `Row` is what `transform` returns. */
export async function* readDumpInWorker<Row = PreparedRecord>(
  path: string,
  options: WorkerReadOptions,
): AsyncGenerator<Batch<Row>> {
  const { kind, skip = 0, strict = false, recordBytesMax = RECORD_BYTES_MAX, transform, signal } = options;
  signal?.throwIfAborted();
  const task: WorkerTask = { path, kind, skip, strict, recordBytesMax, transform: transform?.href };
  const worker = new Worker(new URL('./dumpWorker.ts', import.meta.url), { workerData: task });
  try {
    // An `error` of the worker rejects; one that ends without a word closes the iteration.
    const messages = on(worker, 'message', { close: ['exit'], ...(signal && { signal }) });
    for await (const [message] of messages as AsyncIterable<[WorkerMessage<Row>]>) {
      switch (message.type) {
        case 'batch':
          yield message.batch;
          // Node hands over up to a thousand messages in one turn of the event loop, and a Ctrl-C would wait for all of them.
          await setImmediate();
          // With the memory, of which this thread, which collects garbage seldom, would keep 30 MB more.
          worker.postMessage('next', message.memory);
          break;
        case 'failed':
          throw new DumpError(message.failure);
        case 'done':
          return;
      }
    }
    throw new Error('the reading thread ended before the file did');
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    await worker.terminate();
  }
}
