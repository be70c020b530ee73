/** Writes dumps of any size with the shapes and frequencies of real ones, the same for the same seed. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { RECORD_KINDS, type RecordKind } from '@discogs-agent/core/catalogue';
import { dumpFileName } from '../dumpFile.ts';
import { artistXml, labelXml, masterXml, variousXml } from './namedRecords.ts';
import type { DumpShape, Writing } from './parts.ts';
import { releaseXml } from './releaseXml.ts';
import { Shapes } from './shapes.ts';
import { PURPOSE, World } from './world.ts';

export interface GenerateOptions {
  readonly folder: string;
  /** The day in the names of the files: `2026-10-01`. */
  readonly date: string;
  /** How many releases; artists, labels and masters follow in the proportions of real dumps. */
  readonly releases: number;
  readonly seed?: number;
  readonly shape?: DumpShape;
  /** Which files; all four where it is left out. */
  readonly kinds?: readonly RecordKind[];
}

const CHUNK = 1 << 18;
/** A third less time than level 6, for files a tenth larger. */
const GZIP_LEVEL = 4;

const WRITE = {
  artists: { purpose: PURPOSE.artist, xml: artistXml },
  labels: { purpose: PURPOSE.label, xml: labelXml },
  masters: { purpose: PURPOSE.master, xml: masterXml },
  releases: { purpose: PURPOSE.release, xml: releaseXml },
} as const;

/** The text of one file in pieces. */
function* document(world: World, kind: RecordKind, shape: DumpShape): Generator<string> {
  const shapes = new Shapes(kind);
  const { purpose, xml } = WRITE[kind];
  let piece = `<${kind}>\n${kind === 'artists' ? `${variousXml()}\n` : ''}`;
  for (let index = 0; index < world[kind]; index += 1) {
    const writing: Writing = { world, shapes, shape, chance: world.chance(purpose, index) };
    const record = xml(writing, index);
    if (record !== '') piece += `${record}\n`;
    if (piece.length < CHUNK) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}</${kind}>`;
}

/** Writes the files and gives their paths. */
export async function generateDump(options: GenerateOptions): Promise<readonly string[]> {
  const { folder, date, releases, seed = 1, shape = '2020', kinds = RECORD_KINDS } = options;
  const world = new World(seed, releases);
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const kind of kinds) {
    const path = join(folder, dumpFileName({ kind, date }));
    await pipeline(document(world, kind, shape), createGzip({ level: GZIP_LEVEL }), createWriteStream(path));
    paths.push(path);
  }
  return paths;
}
