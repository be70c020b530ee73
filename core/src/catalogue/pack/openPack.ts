/** The month that `pack.json` names: opened at the first look-up, and again when it is replaced. */
import { CatalogueUnavailable } from '../catalogueStore.ts';
import { type BlockCache, createBlockCache } from './blockCache.ts';
import { damaged, PackChanged } from './damaged.ts';
import {
  MAX_POINTER_BYTES,
  type Manifest,
  POINTER_NAME,
  type Pointer,
  parseManifest,
  parsePointer,
  type TableName,
} from './manifest.ts';
import type { Decompress, RangeSource } from './rangeSource.ts';
import { openTable, type SortedTable } from './sortedTable.ts';

export interface PackOptions {
  readonly source: RangeSource;
  readonly decompress: Decompress;
  /** Milliseconds; may be any clock that does not leap. */
  readonly now: () => number;
  /** For index pages and blocks, unpacked. */
  readonly cacheBytes?: number;
}

const CACHE_BYTES = 16 * 2 ** 20;
/** After this a look-up also asks, in the background, whether there is a new month. */
const REFRESH_MS = 10 * 60_000;

/** A month. */
export interface Pack {
  readonly folder: string;
  readonly manifest: Manifest;
  table(name: TableName): SortedTable;
}

/** Gives `work` the pack of the pointer; where a blob is replaced meanwhile, once more with the new one. */
export type WithPack = <T>(work: (pack: Pack) => Promise<T>) => Promise<T>;

const absent = (): CatalogueUnavailable =>
  new CatalogueUnavailable(
    'There is no catalogue where CATALOGUE_STORE points: no pack.json',
    'Upload one with `npm run dumps -- upload <address>`, or correct the address',
  );

async function readPointer(source: RangeSource): Promise<Pointer> {
  const answer = await source.read(POINTER_NAME, 0, MAX_POINTER_BYTES);
  if (answer.kind === 'changed') throw absent();
  return parsePointer(answer.bytes);
}

async function openFolder(pointer: Pointer, cache: BlockCache, options: PackOptions): Promise<Pack> {
  const { source, decompress } = options;
  const { folder, manifestBytes } = pointer;
  const answer = await source.read(`${folder}/manifest.json`, 0, manifestBytes);
  if (answer.kind === 'changed') throw new PackChanged(folder);
  if (answer.bytes.length !== manifestBytes) throw damaged('manifest.json is shorter than the pointer says');
  const manifest = parseManifest(answer.bytes);
  const tables = new Map<TableName, SortedTable>();
  return {
    folder,
    manifest,
    table(name) {
      const open =
        tables.get(name) ??
        openTable({
          blob: `${folder}/${name}.pack`,
          manifest: manifest.tables[name],
          source,
          cache,
          decompress,
        });
      tables.set(name, open);
      return open;
    },
  };
}

/** Opens nothing yet. */
export function createPackOpener(options: PackOptions): WithPack {
  const { source, now, cacheBytes = CACHE_BYTES } = options;
  const cache = createBlockCache(cacheBytes);
  let opened: Promise<Pack> | undefined;
  let checkedAt = 0;

  const open = async (): Promise<Pack> => openFolder(await readPointer(source), cache, options);

  function forget(pack: Promise<Pack>): void {
    if (opened === pack) opened = undefined;
  }

  /** The pack that is open, or is being opened for everybody. */
  function current(): Promise<Pack> {
    if (opened) return opened;
    checkedAt = now();
    const opening = open();
    opened = opening;
    opening.catch(() => forget(opening));
    return opening;
  }

  /** Opens what the pointer names, if it is another folder. A refresh that fails is tried again later. */
  async function refresh(before: Promise<Pack>): Promise<void> {
    try {
      const pointer = await readPointer(source);
      if (pointer.folder === (await before).folder) return;
      const next = await openFolder(pointer, cache, options);
      if (opened === before) opened = Promise.resolve(next);
    } catch {
      // The month that is open goes on.
    }
  }

  return async (work) => {
    if (opened && now() - checkedAt >= REFRESH_MS) {
      checkedAt = now();
      void refresh(opened);
    }
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const pack = current();
      try {
        return await work(await pack);
      } catch (error) {
        if (!(error instanceof PackChanged)) throw error;
        forget(pack);
      }
    }
    throw new CatalogueUnavailable(
      'The catalogue is being replaced: pack.json names blobs that are not there',
      'Wait for the upload to end; if none runs, upload again',
    );
  };
}
