/** The catalogue: records of Discogs' monthly dumps, answered without a call. */
export * from './catalogueStore.ts';
export { identifierKey } from './identifierKey.ts';
