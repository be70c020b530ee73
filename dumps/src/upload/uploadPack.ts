/** A pack from a folder into a container: tables, manifest, a check, the pointer, and then former months go. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContainerClient } from '@azure/storage-blob';
import {
  type Manifest,
  POINTER_NAME,
  type Pointer,
  parseManifest,
  parsePointer,
  TABLES,
} from '@discogs-agent/core/catalogue/pack';
import { folderSource } from '../pack/folderSource.ts';
import { checkUpload } from './checkUpload.ts';
import { isStatus, UploadProblem, unlessMissing } from './container.ts';
import { containerSource } from './containerSource.ts';
import { deleteFormerMonths } from './formerMonths.ts';
import { type LocalFile, uploadFile } from './uploadFile.ts';

export interface UploadOptions {
  readonly container: ContainerClient;
  /** With a pack in it. */
  readonly folder: string;
  /** Former months that stay, for instances that still read them, and to go back. */
  readonly keep: number;
  readonly now: () => number;
  readonly signal?: AbortSignal;
  /** `done` of `total` bytes are in the container, `sent` of them by this run. */
  readonly progress: (name: string, done: number, sent: number, total: number) => void;
}

export interface UploadResult {
  readonly date: string;
  readonly bytes: number;
  readonly sent: number;
  readonly deleted: readonly string[];
}

interface LocalPack {
  readonly pointer: Pointer;
  readonly pointerBytes: Buffer;
  readonly manifest: Manifest;
  /** Of the tables, the manifest last. */
  readonly files: readonly (LocalFile & { readonly name: string })[];
}

async function readLocal(folder: string): Promise<LocalPack> {
  const pointerBytes = await readFile(join(folder, POINTER_NAME)).catch(() => {
    throw new UploadProblem(`${folder} holds no pack`, 'Build it first: npm run dumps -- pack');
  });
  const pointer = parsePointer(pointerBytes);
  const file = (name: string, bytes: number, md5: string) => ({
    name: `${pointer.folder}/${name}`,
    path: join(folder, pointer.folder, name),
    bytes,
    md5,
  });
  const manifestBytes = await readFile(join(folder, pointer.folder, 'manifest.json'));
  const manifest = parseManifest(manifestBytes);
  const tables = TABLES.map((table) => {
    const { bytes, md5 } = manifest.tables[table];
    return file(`${table}.pack`, bytes, md5);
  });
  const md5 = createHash('md5').update(manifestBytes).digest('base64');
  return {
    pointer,
    pointerBytes,
    manifest,
    files: [...tables, file('manifest.json', manifestBytes.length, md5)],
  };
}

/** Moves the pointer, unless somebody else has moved it since `etag` was read. */
async function movePointer(
  container: ContainerClient,
  bytes: Buffer,
  etag: string | undefined,
): Promise<void> {
  try {
    await container.getBlockBlobClient(POINTER_NAME).upload(bytes, bytes.length, {
      conditions: etag === undefined ? { ifNoneMatch: '*' } : { ifMatch: etag },
      blobHTTPHeaders: { blobContentType: 'application/json', blobCacheControl: 'no-cache' },
    });
  } catch (error) {
    if (!isStatus(error, 409, 412)) throw error;
    throw new UploadProblem(
      'Another upload has finished meanwhile',
      'Run the same command again to serve this pack',
    );
  }
}

/** May be repeated after any failure: what is there with the same hash is not sent again. */
export async function uploadPack(options: UploadOptions): Promise<UploadResult> {
  const { container, folder, keep, now, progress, signal } = options;
  const { pointer, pointerBytes, manifest, files } = await readLocal(folder);
  const properties = await unlessMissing(container.getBlobClient(POINTER_NAME).getProperties(), undefined);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  let sent = 0;
  for (const file of files) {
    await uploadFile(container, file.name, file, (bytes, wasThere) => {
      done += bytes;
      if (!wasThere) sent += bytes;
      signal?.throwIfAborted();
      progress(file.name, done, sent, total);
    });
  }
  await checkUpload(pointer.folder, manifest, folderSource(folder), containerSource(container));
  await movePointer(container, pointerBytes, properties?.etag);
  const deleted = await deleteFormerMonths(container, pointer.folder, keep, now);
  return { date: manifest.date, bytes: total, sent, deleted };
}
