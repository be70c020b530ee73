/** The catalogue: records of Discogs' monthly dumps, answered without a call. */

export { fold } from '../lib/fold.ts';
export { ARTIST_PARTS, artistPart, MAX_SORTED_ROWS, sortArtistPart } from './artistOrder.ts';
export * from './catalogueStore.ts';
export { type CatalogueDependencies, createCatalogue } from './createCatalogue.ts';
export { barcodeKeys, identifierKey } from './identifierKey.ts';
export { type KeyHash, keyHash } from './keyHash.ts';
export { nameKey } from './nameKey.ts';
