/** Reading a pack with Node. Writing and uploading are for the command line: `writePack.ts`, `upload`. */
import type { CatalogueStore } from '@discogs-agent/core/catalogue';
import { openPackStore } from '@discogs-agent/core/catalogue/pack';
import { folderSource } from './folderSource.ts';
import { unzstd } from './zstd.ts';

export { folderSource, unzstd };

/** Opens nothing before the first look-up. */
export const openPackFolder = (folder: string): CatalogueStore =>
  openPackStore({ source: folderSource(folder), decompress: unzstd, now: () => performance.now() });
