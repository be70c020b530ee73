/** Errors of a pack that can be fetched, but not used. */
import { CatalogueUnavailable } from '../catalogueStore.ts';

/** What the pack holds contradicts itself. */
export const damaged = (what: string, cause?: unknown): CatalogueUnavailable =>
  new CatalogueUnavailable(
    `The catalogue's pack is damaged: ${what}`,
    'Run `npm run dumps -- upload` again; it compares what is there and replaces what differs',
    { cause },
  );

/** A blob was replaced or deleted under the reader: the pointer now names another month. */
export class PackChanged extends Error {
  override readonly name = 'PackChanged';
}
