/** The catalogue in a folder: an SQLite file, or a pack as it is uploaded. Loaded when it is first asked. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue } from '@discogs-agent/core';
import { type CatalogueStore, createCatalogue } from '@discogs-agent/core/catalogue';
import { openPackFolder } from '@discogs-agent/dumps/pack';
import { openCatalogue } from '@discogs-agent/dumps/sqlite';
import type { CatalogueHost } from './catalogueHost.ts';

/** Both write what is served into `current.json`: a pack names a folder there, SQLite a file. */
async function isPack(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, 'current.json'), 'utf8').catch(() => '{}');
  try {
    const pointer: unknown = JSON.parse(text);
    return typeof pointer === 'object' && pointer !== null && 'folder' in pointer;
  } catch {
    return false;
  }
}

/** Opens nothing before the first look-up. */
export function createFolderCatalogue(folder: string, host: CatalogueHost): Catalogue {
  const open = async (): Promise<CatalogueStore> =>
    (await isPack(folder)) ? openPackFolder(folder) : openCatalogue({ folder, now: host.now });
  return createCatalogue({ ...host, open });
}
