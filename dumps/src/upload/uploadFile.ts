/** One file as a blob: in blocks whose names say what is in them, so that an upload goes on where it stopped. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { UploadProblem, unlessMissing } from './container.ts';

const BLOCK_BYTES = 8 * 2 ** 20;
/** Blocks on their way at once, which is the memory that an upload takes. */
const IN_FLIGHT = 4;

const BUILD = 'Build the pack again: npm run dumps -- pack';

export interface LocalFile {
  readonly path: string;
  readonly bytes: number;
  /** Base64. */
  readonly md5: string;
}

/** Told of bytes that are in the blob: sent now, or found there. */
export type Uploaded = (bytes: number, wasThere: boolean) => void;

interface Block {
  readonly id: string;
  readonly data: Buffer;
  readonly md5: Buffer;
}

/** Blocks of one file, read in order. All ids of a blob must have one length. */
async function* blocksOf({ path, bytes, md5: expected }: LocalFile): AsyncGenerator<Block> {
  const file = await open(path, 'r');
  try {
    const whole = createHash('md5');
    for (let offset = 0, index = 0; offset < bytes; offset += BLOCK_BYTES, index += 1) {
      const data = Buffer.alloc(Math.min(BLOCK_BYTES, bytes - offset));
      const { bytesRead } = await file.read(data, 0, data.length, offset);
      if (bytesRead !== data.length)
        throw new UploadProblem(`${path} is shorter than its manifest says`, BUILD);
      whole.update(data);
      const md5 = createHash('md5').update(data).digest();
      const id = Buffer.from(`${String(index).padStart(6, '0')}-${md5.toString('hex')}`).toString('base64');
      yield { id, data, md5 };
    }
    if (whole.digest('base64') !== expected) {
      throw new UploadProblem(`${path} is not what its manifest says`, BUILD);
    }
  } finally {
    await file.close();
  }
}

async function isThere(blob: BlockBlobClient, { bytes, md5 }: LocalFile): Promise<boolean> {
  const found = await unlessMissing(blob.getProperties(), undefined);
  const foundMd5 = found?.contentMD5 && Buffer.from(found.contentMD5).toString('base64');
  return found?.contentLength === bytes && foundMd5 === md5;
}

/** Uploads what is not there yet. The service compares the hash of each block; the blob appears when it is complete. */
export async function uploadFile(
  container: ContainerClient,
  name: string,
  file: LocalFile,
  uploaded: Uploaded,
): Promise<void> {
  const blob = container.getBlockBlobClient(name);
  if (await isThere(blob, file)) return uploaded(file.bytes, true);
  const list = await unlessMissing(blob.getBlockList('uncommitted'), undefined);
  const staged = new Map(list?.uncommittedBlocks?.map(({ name: id, size }) => [id, size]));
  const ids: string[] = [];
  const sending = new Set<Promise<void>>();
  let failure: unknown;
  async function send({ id, data, md5 }: Block): Promise<void> {
    await blob.stageBlock(id, data, data.length, { transactionalContentMD5: md5 });
    uploaded(data.length, false);
  }
  for await (const block of blocksOf(file)) {
    ids.push(block.id);
    if (staged.get(block.id) === block.data.length) {
      uploaded(block.data.length, true);
      continue;
    }
    const sent = send(block)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => sending.delete(sent));
    sending.add(sent);
    if (sending.size >= IN_FLIGHT) await Promise.race(sending);
    if (failure) break;
  }
  await Promise.all(sending);
  if (failure) throw failure;
  await blob.commitBlockList(ids, {
    blobHTTPHeaders: {
      blobContentMD5: Buffer.from(file.md5, 'base64'),
      blobContentType: 'application/octet-stream',
    },
  });
  if (!(await isThere(blob, file))) {
    throw new UploadProblem(`${name} is not in the container as it was sent`, 'Run the same command again');
  }
}
