/** An inventory as the CSV file of an export. */
import { findRelease } from '../catalogue/catalogue.ts';
import type { Listing } from '../state/model.ts';
import { artistNames, formatText } from './parts.ts';
import { estimatedWeightGrams } from './release.ts';

/** Recorded in 2026. */
const COLUMNS =
  'listing_id,artist,title,label,catno,format,release_id,status,price,listed,comments,media_condition,sleeve_condition,accept_offer,external_id,weight,format_quantity,location,quantity';

/** @see https://www.rfc-editor.org/rfc/rfc4180#section-2 */
const field = (value: string | number): string => {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function row(listing: Listing): string {
  const release = findRelease(listing.releaseId);
  if (release === undefined) return '';
  const { artists, title, labels, format } = release;
  return [
    listing.id,
    artistNames(artists),
    title,
    labels.map(({ name }) => name).join(', '),
    labels.map(({ catno }) => catno).join(', '),
    formatText(format),
    release.id,
    listing.status,
    listing.price.toFixed(2),
    listing.posted.slice(0, 19).replace('T', ' '),
    listing.comments,
    listing.condition,
    listing.sleeveCondition,
    listing.allowOffers ? 'Y' : 'N',
    listing.externalId,
    listing.weight ?? estimatedWeightGrams(release),
    listing.formatQuantity ?? Number(format.qty),
    listing.location,
    1,
  ]
    .map(field)
    .join(',');
}

export const inventoryCsv = (listings: readonly Listing[]): string =>
  [COLUMNS, ...listings.map(row), ''].join('\r\n');
