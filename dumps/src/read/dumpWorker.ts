/** A worker thread that reads a dump and sends its batches. */
import { parentPort, workerData } from 'node:worker_threads';
import { DumpError } from '../failure.ts';
import type { PreparedRecord } from '../records/preparedRecord.ts';
import { type Batch, readDump } from './readDump.ts';
import { BATCHES_AHEAD, type WorkerMessage, type WorkerTask } from './workerMessages.ts';

type Transform = (record: PreparedRecord) => unknown;

const task: WorkerTask = workerData;
const port = parentPort;
if (port === null) throw new Error('dumpWorker.ts runs as a worker');

async function loadTransform(address: string | undefined): Promise<Transform> {
  if (address === undefined) return (record) => record;
  const { transform }: { transform?: Transform } = await import(address);
  if (typeof transform !== 'function') throw new Error(`${address} has no function transform`);
  return transform;
}

/** Waits while as many batches as allowed are on their way. */
function createGate(): { enter(): Promise<void> } {
  let free = BATCHES_AHEAD;
  let wake = (): void => {};
  port?.on('message', () => {
    free += 1;
    wake();
  });
  return {
    async enter() {
      while (free === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      free -= 1;
    },
  };
}

function post(message: WorkerMessage<unknown>, transferred: readonly ArrayBuffer[] = []): void {
  port?.postMessage(message, transferred);
}

/** The memory of the JSON, which is handed over and not copied. */
function memoryOf(records: readonly PreparedRecord[]): readonly ArrayBuffer[] {
  const buffers = new Set(records.map(({ json }) => json.buffer));
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer);
}

async function read(): Promise<WorkerMessage<unknown>> {
  const transform = await loadTransform(task.transform);
  const gate = createGate();
  try {
    for await (const { records, ...rest } of readDump(task.path, task)) {
      const batch: Batch<unknown> = { records: records.map(transform), ...rest };
      await gate.enter();
      const memory = memoryOf(records);
      post({ type: 'batch', batch, memory }, memory);
    }
    return { type: 'done' };
  } catch (error) {
    if (error instanceof DumpError) return { type: 'failed', failure: error.failure };
    throw error;
  }
}

post(await read());
port.close();
