/** The catalogue in an SQLite file. */

export { type FileStore, openFileStore } from './fileStore.ts';
export type { ListName, Namespace } from './format.ts';
export { type CatalogueOptions, openCatalogue } from './openCatalogue.ts';
export { type StoreContents, storeContents } from './storeContents.ts';
