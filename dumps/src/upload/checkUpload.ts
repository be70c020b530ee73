/** Reads from the container as the gateway does, before the pointer names what was uploaded. */
import {
  createBlockCache,
  type Manifest,
  openTable,
  type RangeSource,
  type SortedTable,
  TABLES,
} from '@discogs-agent/core/catalogue/pack';
import { unzstd } from '../pack/zstd.ts';
import { UploadProblem } from './container.ts';

const CACHE_BYTES = 4 * 2 ** 20;

/** Compares the first value of the first, the middle and the last index page of each table. */
export async function checkUpload(
  folder: string,
  manifest: Manifest,
  local: RangeSource,
  remote: RangeSource,
): Promise<void> {
  for (const name of TABLES) {
    const blob = `${folder}/${name}.pack`;
    const table = manifest.tables[name];
    const open = (source: RangeSource): SortedTable =>
      openTable({ blob, manifest: table, source, cache: createBlockCache(CACHE_BYTES), decompress: unzstd });
    const [here, there] = [open(local), open(remote)];
    const { pages } = table;
    for (const page of new Set([pages[0], pages[pages.length >> 1], pages.at(-1)])) {
      if (!page) continue;
      const key = Buffer.from(page[0], 'base64');
      const [expected, found] = await Promise.all([here.get(key), there.get(key)]);
      if (!expected || !found || Buffer.compare(expected, found) !== 0) {
        throw new UploadProblem(
          `${blob} reads otherwise in the container`,
          'Delete that blob and run the same command again',
        );
      }
    }
  }
}
