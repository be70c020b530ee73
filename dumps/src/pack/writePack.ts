/** Writes a pack into a folder: a folder for the month beside the former one, and the pointer last. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CatalogueUnavailable } from '@discogs-agent/core/catalogue';
import {
  type Entry,
  type Manifest,
  MONTH_FOLDER,
  POINTER_NAME,
  type Pointer,
  parsePointer,
  serialize,
  type TableManifest,
  type TableName,
} from '@discogs-agent/core/catalogue/pack';
import { packEntries } from './packEntries.ts';
import type { PackSource } from './packSource.ts';
import { type BlockSize, writeTable } from './tableWriter.ts';

/** 16 records are compressed as well as many; a list has chunks of up to 15 KB. */
const RECORDS: BlockSize = { entries: 16, rawBytes: 128 * 1024 };
const LISTS: BlockSize = { entries: 1024, rawBytes: 32 * 1024 };
const KEYS: BlockSize = { entries: 1024, rawBytes: 16 * 1024 };

function sizeOf(table: TableName): BlockSize {
  switch (table) {
    case 'artists':
    case 'labels':
    case 'masters':
    case 'releases':
      return RECORDS;
    case 'artist-releases':
    case 'label-releases':
    case 'master-versions':
      return LISTS;
    case 'barcodes':
    case 'catnos':
    case 'matrices':
    case 'artist-names':
    case 'label-names':
      return KEYS;
  }
}

/** Told of every entry. */
export type PackProgress = (table: TableName, entries: number) => void;

function* counted(entries: Iterable<Entry>, tell: (count: number) => void): Generator<Entry> {
  let count = 0;
  for (const entry of entries) {
    yield entry;
    count += 1;
    tell(count);
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function writeTables(source: PackSource, folder: string, progress: PackProgress): Promise<Manifest> {
  const entries = packEntries(source);
  const write = (table: TableName): Promise<TableManifest> =>
    writeTable(
      join(folder, `${table}.pack`),
      counted(entries[table](), (count) => progress(table, count)),
      sizeOf(table),
    );
  const { date, counts } = source.info;
  const tables = {
    artists: await write('artists'),
    labels: await write('labels'),
    masters: await write('masters'),
    releases: await write('releases'),
    'artist-releases': await write('artist-releases'),
    'label-releases': await write('label-releases'),
    'master-versions': await write('master-versions'),
    barcodes: await write('barcodes'),
    catnos: await write('catnos'),
    matrices: await write('matrices'),
    'artist-names': await write('artist-names'),
    'label-names': await write('label-names'),
  };
  return { date, counts, tables };
}

/** Takes `building` for this process alone. */
async function begin(building: string): Promise<void> {
  try {
    await mkdir(building);
  } catch {
    throw new CatalogueUnavailable(
      `${building} is there: another build runs, or one was killed`,
      'If none runs, delete that folder and try again',
    );
  }
}

/** The same month may be there, and damaged. */
async function replaceFolder(from: string, target: string): Promise<void> {
  const former = `${target}.former`;
  await rm(former, { recursive: true, force: true });
  if (await exists(target)) await rename(target, former);
  await rename(from, target);
  await rm(former, { recursive: true, force: true });
}

/** Deletes older months: the disk would be full after a few. */
async function deleteAllBut(folder: string, kept: readonly (string | undefined)[]): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!MONTH_FOLDER.test(name) || kept.includes(name)) continue;
    await rm(join(folder, name), { recursive: true });
  }
}

/** Undefined where there is none, or none that can be read. */
const formerFolder = async (folder: string): Promise<string | undefined> => {
  try {
    return parsePointer(await readFile(join(folder, POINTER_NAME))).folder;
  } catch {
    return undefined;
  }
};

/** Builds beside what is there, and takes it over in one step; the former month stays. The same store gives the same bytes. */
export async function writePack(
  source: PackSource,
  folder: string,
  progress: PackProgress = () => {},
): Promise<Pointer & { readonly bytes: number }> {
  const building = join(folder, 'building');
  await mkdir(folder, { recursive: true });
  await begin(building);
  try {
    const manifest = await writeTables(source, building, progress);
    const text = serialize(manifest);
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const pointer = { folder: `${manifest.date}-${hash}`, manifestBytes: Buffer.byteLength(text) };
    await writeFile(join(building, 'manifest.json'), text);
    const target = join(folder, pointer.folder);
    await replaceFolder(building, target);
    const former = await formerFolder(folder);
    const temporary = join(folder, `${POINTER_NAME}.new`);
    await writeFile(temporary, serialize(pointer), { flush: true });
    await rename(temporary, join(folder, POINTER_NAME));
    await deleteAllBut(folder, [pointer.folder, former]);
    const bytes = Object.values(manifest.tables).reduce((sum, table) => sum + table.bytes, 0);
    return { ...pointer, bytes };
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}
