/** What a collection is worth, from the prices of its releases. */
import type { User } from '../state/model.ts';
import { inventedPrice } from './invented.ts';
import { price } from './money.ts';

/** The lowest price of a release is known; the others follow from it (composed). */
const PER_LOWEST = { minimum: 1, median: 1.6, maximum: 3.2 };

/** @see https://www.discogs.com/developers#page:user-collection,header:user-collection-collection-value */
export function valueBody({ items, profile }: User): object {
  const lowest = items.reduce((sum, { releaseId }) => sum + inventedPrice(releaseId), 0);
  const shown = (factor: number): string => {
    const { value, currency } = price(lowest * factor, profile.curr_abbr);
    return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(value);
  };
  return Object.fromEntries(Object.entries(PER_LOWEST).map(([name, factor]) => [name, shown(factor)]));
}
