/** Small dumps with the shapes of 2020 and of 2026, for tests of anything that reads dumps. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RecordKind } from '@discogs-agent/core/catalogue';
import { dumpFileName } from '../../src/dumpFile.ts';

/** Whose shapes the records have. */
export type DumpShape = '2020' | '2026';

/** The day in the names of the files. */
export const FIXTURE_DATE: Readonly<Record<DumpShape, string>> = { 2020: '2020-08-01', 2026: '2026-10-01' };

/** The XML of one file. */
export const fixtureXml = (shape: DumpShape, kind: RecordKind): Promise<string> =>
  readFile(new URL(`../fixtures/${shape}/${kind}.xml`, import.meta.url), 'utf8');

/** Writes XML as one file of a dump. */
export async function writeDumpFile(
  folder: string,
  date: string,
  kind: RecordKind,
  xml: string,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, dumpFileName({ kind, date }));
  await writeFile(path, gzipSync(xml));
  return path;
}

/** Writes the four files and gives their paths. */
export async function writeFixtureDump(
  folder: string,
  shape: DumpShape,
): Promise<Readonly<Record<RecordKind, string>>> {
  const write = async (kind: RecordKind): Promise<string> =>
    writeDumpFile(folder, FIXTURE_DATE[shape], kind, await fixtureXml(shape, kind));
  return {
    artists: await write('artists'),
    labels: await write('labels'),
    masters: await write('masters'),
    releases: await write('releases'),
  };
}
