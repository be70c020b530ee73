/** The catalogue in a folder: an SQLite file, or a pack as it is uploaded. Loaded when it is first asked. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue } from '@discogs-agent/core';
import { type CatalogueStore, createCatalogue } from '@discogs-agent/core/catalogue';
import { POINTER_NAME } from '@discogs-agent/core/catalogue/pack';
import { openPackFolder } from '@discogs-agent/dumps/pack';
import { openCatalogue } from '@discogs-agent/dumps/sqlite';
import type { CatalogueHost } from './catalogueHost.ts';

/** A pack has its own pointer; `current.json` is the one of SQLite files. */
const isPack = (folder: string): Promise<boolean> =>
  access(join(folder, POINTER_NAME)).then(
    () => true,
    () => false,
  );

/** Opens nothing before the first look-up. */
export function createFolderCatalogue(folder: string, host: CatalogueHost): Catalogue {
  const open = async (): Promise<CatalogueStore> =>
    (await isPack(folder)) ? openPackFolder(folder) : openCatalogue({ folder, now: host.now });
  return createCatalogue({ ...host, open });
}
