/** The catalogue of a folder: the month that its pointer names, also after another one has taken over. */
import { join } from 'node:path';
import type { CatalogueStore } from '@discogs-agent/core/catalogue';
import { type FileStore, openFileStore } from './fileStore.ts';
import { damaged } from './openFile.ts';
import { currentPointer, pointerVersion } from './storeLayout.ts';

export interface CatalogueOptions {
  readonly folder: string;
  /** In milliseconds. */
  readonly now: () => number;
}

/** The pointer is looked at this often at most. */
const CHECK_MS = 2000;

interface Opened {
  readonly store: FileStore;
  readonly path: string;
  /** Of the pointer that named it. */
  readonly version: string | undefined;
}

/** Opens nothing before the first question. */
export function openCatalogue({ folder, now }: CatalogueOptions): CatalogueStore {
  let opened: Opened | undefined;
  let nextCheck = Number.NEGATIVE_INFINITY;

  function replace(version: string | undefined): Opened {
    const path = join(folder, currentPointer(folder).file);
    if (opened?.path === path) return { ...opened, version };
    const store = openFileStore(path);
    opened?.store.close();
    return { store, path, version };
  }

  function current(): Opened {
    if (opened && now() < nextCheck) return opened;
    const version = pointerVersion(folder);
    if (opened === undefined || opened.version !== version) opened = replace(version);
    nextCheck = now() + CHECK_MS;
    return opened;
  }

  /** What a damaged file throws is said as such. */
  async function ask<Answer>(question: (store: FileStore) => Answer | Promise<Answer>): Promise<Answer> {
    const { store, path } = current();
    try {
      return await question(store);
    } catch (error) {
      throw damaged(path, error);
    }
  }

  return {
    info: () => ask(({ info }) => info),
    record: (kind, id) => ask((store) => store.record(kind, id)),
    artistReleases: (id, sort, slice) => ask((store) => store.artistReleases(id, sort, slice)),
    labelReleases: (id, slice) => ask((store) => store.labelReleases(id, slice)),
    masterVersions: (id) => ask((store) => store.masterVersions(id)),
    releasesBy: (identifier, key, slice) => ask((store) => store.releasesBy(identifier, key, slice)),
    named: (kind, key) => ask((store) => store.named(kind, key)),
    search: (search, slice) => ask((store) => store.search(search, slice)),
    async close() {
      opened?.store.close();
      opened = undefined;
    },
  };
}
