/** The XML of a gzip file of one or several members, as chunks, with the position in the file. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DumpError } from '../failure.ts';
import { systemError } from '../systemError.ts';

/** How much is read and unpacked at a time; a few of each are in memory. */
const [READ_BYTES, CHUNK_BYTES] = [1 << 18, 1 << 18];

const GZIP = Buffer.from([0x1f, 0x8b]);

/** A chunk, and how much of the file has been used for it and those before. */
export interface Chunk {
  readonly bytes: Buffer;
  readonly fileBytes: number;
}

/** Whether the file begins with the two bytes of every gzip file. */
async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read({ buffer: Buffer.alloc(2) });
    return buffer.equals(GZIP);
  } finally {
    await file.close();
  }
}

async function asFailure(error: unknown, path: string, offset: number): Promise<unknown> {
  const { code, message } = systemError(error);
  if (code === 'Z_BUF_ERROR') return new DumpError({ code: 'cut', path, offset });
  if (code.startsWith('Z_')) {
    const isOther = offset === 0 && !(await isGzip(path));
    return new DumpError(
      isOther ? { code: 'not-gzip', path } : { code: 'damaged', path, reason: message, offset },
    );
  }
  return code === '' ? error : new DumpError({ code: 'unreadable', path, reason: code });
}

/** Reads the file from its beginning; {@link DumpError} for what is wrong with it. */
export async function* gunzip(path: string, signal?: AbortSignal): AsyncGenerator<Chunk> {
  const packed = createReadStream(path, { highWaterMark: READ_BYTES });
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
  // Rejections arrive through the iteration below; the signal ends both streams.
  pipeline(packed, unpacked, signal === undefined ? {} : { signal }).catch(() => {});
  let offset = 0;
  try {
    for await (const bytes of unpacked as AsyncIterable<Buffer>) {
      offset += bytes.length;
      yield { bytes, fileBytes: unpacked.bytesWritten };
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw await asFailure(error, path, offset);
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}
