/** Composed reads: one request to this door, several to Discogs. */

export { type ComposedMatch, composeAnswer, matchComposed, readComposedRequest } from './composeAnswer.ts';
export type { ComposedOperation } from './composedOperation.ts';
export { composedOperations } from './composedOperations.ts';
