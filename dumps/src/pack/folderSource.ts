/** A pack in a folder of this machine. */
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { CatalogueUnavailable } from '@discogs-agent/core/catalogue';
import type { RangeAnswer, RangeSource } from '@discogs-agent/core/catalogue/pack';

const CHANGED: RangeAnswer = { kind: 'changed' };

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';

async function openFile(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Opens a file for each read: what was replaced meanwhile is seen. */
export function folderSource(folder: string): RangeSource {
  async function read(name: string, offset: number, length: number, etag?: string): Promise<RangeAnswer> {
    const file = await openFile(join(folder, name));
    if (!file) return CHANGED;
    try {
      const { ino, size, mtimeMs } = await file.stat();
      const current = `${ino}-${size}-${mtimeMs}`;
      if (etag !== undefined && etag !== current) return CHANGED;
      const wanted = Math.max(0, Math.min(length, size - offset));
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, offset);
      return { kind: 'bytes', bytes: buffer.subarray(0, bytesRead), etag: current };
    } finally {
      await file.close();
    }
  }
  return {
    async read(...range) {
      try {
        return await read(...range);
      } catch (error) {
        throw new CatalogueUnavailable(
          `The catalogue's files cannot be read: ${codeOf(error)}`,
          'Make the folder of CATALOGUE_STORE readable for the user that runs this',
          { cause: error },
        );
      }
    },
    close: async () => {},
  };
}
