/** Discogs' checksums of a month. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Month } from './findFiles.ts';
import { ImportError } from './importFailure.ts';

const LINE = /^([0-9a-f]{64})[ *]+(\S+)$/gim;

/** SHA-256 by the name of the file. */
async function readChecksums(path: string): Promise<ReadonlyMap<string, string>> {
  const text = (await readFile(path, 'utf8')).replaceAll('\r', '');
  return new Map(
    [...text.matchAll(LINE)].map(([, hash = '', name = '']) => [basename(name), hash.toLowerCase()]),
  );
}

/** Of the bytes of a file. */
async function sha256(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { signal });
  return hash.digest('hex');
}

/** Names of the files whose checksum is right; throws {@link ImportError} for a wrong one. */
export async function checkChecksums(
  { files, checksums }: Month,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (checksums === undefined) return [];
  const known = await readChecksums(checksums);
  const right: string[] = [];
  for (const { path } of files) {
    const expected = known.get(basename(path));
    if (expected === undefined) continue;
    const found = await sha256(path, signal);
    if (found !== expected) throw new ImportError({ code: 'checksum', path, expected, found });
    right.push(basename(path));
  }
  return right;
}
