/** What a pack is made from: a finished store, and what it holds, in order. */
import { type FileStore, openFileStore, type StoreContents, storeContents } from '../sqlite/index.ts';

type Answers = 'info' | 'record' | 'artistReleases' | 'labelReleases' | 'masterVersions';

export interface PackSource extends StoreContents, Pick<FileStore, Answers> {}

/** An SQLite file as the source of a pack. */
export function fileSource(path: string): FileStore & StoreContents {
  const store = openFileStore(path);
  return { ...store, ...storeContents(store) };
}
