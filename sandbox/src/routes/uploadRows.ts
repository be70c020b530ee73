/** What a row of an uploaded file does to the inventory of its seller. */
import { pacificTime } from '../compose/invented.ts';
import { isRecord } from '../isRecord.ts';
import type { UploadType } from '../state/jobs.ts';
import type { Listing, State } from '../state/model.ts';
import type { Fields } from './input.ts';
import { BLANK_LISTING, listingChanges, listingComplaint } from './listingInput.ts';

const OPTIONAL = [
  'sleeve_condition',
  'comments',
  'accept_offer',
  'location',
  'external_id',
  'weight',
  'format_quantity',
];
const VALUES = ['price', 'media_condition', ...OPTIONAL];

/** The wording is composed. */
const missing = (column: string): string => `missing column ${column}`;

/** What is wrong with a header; `undefined` when nothing is. */
export function headerComplaint(type: UploadType, header: readonly string[]): string | undefined {
  switch (type) {
    case 'add': {
      const lacking = ['release_id', 'price', 'media_condition'].find((column) => !header.includes(column));
      return lacking === undefined ? undefined : missing(lacking);
    }
    case 'change':
      if (!header.includes('release_id') && !header.includes('listing_id')) return missing('release_id');
      return header.some((column) => VALUES.includes(column))
        ? undefined
        : `expected one of ${VALUES.join(', ')}`;
    case 'delete':
      return header.includes('listing_id') ? undefined : missing('listing_id');
    default:
      return type satisfies never;
  }
}

/** A row under its header, in the words of a listing; an empty field is no field. */
function fieldsOf(header: readonly string[], row: readonly string[]): Fields {
  const given = header
    .map((name, index) => [name, (row[index] ?? '').trim()] as const)
    .filter(([, text]) => text !== '');
  const { media_condition: condition, accept_offer: offers, ...same } = Object.fromEntries(given);
  return {
    ...same,
    ...(condition === undefined ? {} : { condition }),
    ...(offers === undefined ? {} : { allow_offers: offers.toUpperCase() === 'Y' }),
  };
}

const asFields = (listing: Listing): Fields => ({
  release_id: listing.releaseId,
  condition: listing.condition,
  price: listing.price,
  status: listing.status,
});

function complaintOf(fields: Fields): string | undefined {
  const reply = listingComplaint(fields);
  return isRecord(reply?.json) ? String(reply.json['message']) : undefined;
}

const NOT_FOUND = 'Item not found. It may have been deleted.';

/** Carries out one row and says why it could not. */
export function applyRow(
  type: UploadType,
  header: readonly string[],
  row: readonly string[],
  { state, seller, now }: { state: State; seller: string; now: number },
): string | undefined {
  const fields = fieldsOf(header, row);
  if (type === 'add') {
    const wanted = { status: 'For Sale', ...fields };
    const complaint = complaintOf(wanted);
    if (complaint !== undefined) return complaint;
    const id = state.nextId();
    const releaseId = Number(fields['release_id']);
    const posted = pacificTime(now);
    state.listings.set(id, { id, seller, releaseId, posted, ...listingChanges(wanted, BLANK_LISTING) });
    return undefined;
  }
  const key = fields['listing_id'] === undefined ? 'releaseId' : 'id';
  const wanted = Number(fields['listing_id'] ?? fields['release_id']);
  const found = [...state.listings.values()].filter(
    (listing) => listing.seller === seller && listing[key] === wanted,
  );
  if (found.length === 0) return NOT_FOUND;
  for (const listing of found) {
    if (type === 'delete') {
      state.listings.delete(listing.id);
      continue;
    }
    const changed = { ...asFields(listing), ...fields };
    const complaint = complaintOf(changed);
    if (complaint !== undefined) return complaint;
    Object.assign(listing, listingChanges(changed, listing));
  }
  return undefined;
}
