/** A blob of blocks in the order of their keys. Index pages name the blocks; the manifest names the index pages. */
import { CatalogueUnavailable } from '../catalogueStore.ts';
import { type Block, compareKeys, decodeBlock, floorIndex } from './block.ts';
import type { BlockCache } from './blockCache.ts';
import { damaged, PackChanged } from './damaged.ts';
import { decodeHandle, type Handle, MAX_BLOCK_BYTES } from './handle.ts';
import { indexPages, type TableManifest } from './manifest.ts';
import type { Decompress, RangeSource } from './rangeSource.ts';

export interface SortedTable {
  /** The value of `key`: one read where the index page is cached, else two. */
  get(key: Uint8Array): Promise<Uint8Array | undefined>;
  /** The values of the keys from `first` to `last`, both included. Blocks that touch are one read. */
  range(first: Uint8Array, last: Uint8Array): Promise<readonly Uint8Array[]>;
}

export interface TableOptions {
  /** Its name in the source. */
  readonly blob: string;
  readonly manifest: TableManifest;
  readonly source: RangeSource;
  readonly cache: BlockCache;
  readonly decompress: Decompress;
}

const endOf = ({ offset, length }: Handle): number => offset + length;

/** Neighbours that touch, in runs of one read each. */
function runsOf(handles: readonly Handle[]): Handle[][] {
  const runs: Handle[][] = [];
  for (const handle of handles) {
    const run = runs.at(-1);
    const [first] = run ?? [];
    const last = run?.at(-1);
    const touches = first && last && endOf(last) === handle.offset;
    if (touches && endOf(handle) - first.offset <= MAX_BLOCK_BYTES) run?.push(handle);
    else runs.push([handle]);
  }
  return runs;
}

/** Reads nothing yet. */
export function openTable({ blob, manifest, source, cache, decompress }: TableOptions): SortedTable {
  const pages = indexPages(manifest);
  // Of the first read; a blob that is replaced afterwards is another one.
  let etag: string | undefined;

  async function unpack(bytes: Uint8Array, rawLength: number): Promise<Block> {
    let raw: Uint8Array;
    try {
      raw = await decompress(bytes, rawLength);
    } catch (error) {
      if (error instanceof CatalogueUnavailable) throw error;
      throw damaged(`a block of ${blob} cannot be unpacked`, error);
    }
    if (raw.length !== rawLength) throw damaged(`a block of ${blob} has another length than its index says`);
    return decodeBlock(raw);
  }

  async function readRun(run: readonly Handle[], offset: number, length: number): Promise<Block[]> {
    const answer = await source.read(blob, offset, length, etag);
    if (answer.kind === 'changed') throw new PackChanged(blob);
    if (answer.bytes.length !== length) throw damaged(`${blob} is shorter than its index says`);
    etag ??= answer.etag || undefined;
    return Promise.all(
      run.map((handle) => {
        const from = handle.offset - offset;
        return unpack(answer.bytes.subarray(from, from + handle.length), handle.rawLength);
      }),
    );
  }

  function blocksOf(run: readonly Handle[]): Promise<readonly Block[]> {
    const offset = run[0]?.offset ?? 0;
    const length = run.reduce((sum, handle) => sum + handle.length, 0);
    return cache.get(`${blob}@${offset}+${length}`, () => readRun(run, offset, length));
  }

  /** The blocks in which keys from `first` to `last` can be. */
  async function handlesOf(first: Uint8Array, last: Uint8Array): Promise<Handle[]> {
    const firstKey = (index: number): Uint8Array => pages[index]?.firstKey ?? new Uint8Array();
    const from = Math.max(0, floorIndex(pages.length, firstKey, first));
    const to = floorIndex(pages.length, firstKey, last);
    const found = await Promise.all(pages.slice(from, to + 1).map(({ handle }) => blocksOf([handle])));
    return found.flat().flatMap((page) => {
      const start = Math.max(0, floorIndex(page.size, page.key, first));
      const end = floorIndex(page.size, page.key, last);
      const handles: Handle[] = [];
      for (let i = start; i <= end; i += 1) handles.push(decodeHandle(page.value(i), manifest.bytes));
      return handles;
    });
  }

  async function range(first: Uint8Array, last: Uint8Array): Promise<Uint8Array[]> {
    const runs = await Promise.all(runsOf(await handlesOf(first, last)).map(blocksOf));
    return runs.flat().flatMap((block) => {
      const values: Uint8Array[] = [];
      const end = floorIndex(block.size, block.key, last);
      for (let i = Math.max(0, floorIndex(block.size, block.key, first)); i <= end; i += 1) {
        if (compareKeys(block.key(i), first) >= 0) values.push(block.value(i));
      }
      return values;
    });
  }

  return { range, get: async (key) => (await range(key, key))[0] };
}
