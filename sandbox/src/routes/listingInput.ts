/** Checks the fields of a new or changed listing with Discogs' wording. */
import { findRelease } from '../catalogue/catalogue.ts';
import { CONDITIONS, SLEEVE_CONDITIONS } from '../data/conditions.ts';
import { invalid } from '../http/errors.ts';
import { message, type Reply } from '../http/reply.ts';
import type { Listing } from '../state/model.ts';
import { type Fields, flagField, numberField, textField } from './input.ts';

const STATUSES = ['For Sale', 'Draft', 'Expired'];

/** What a new listing is where nothing else is said. */
export const BLANK_LISTING = {
  condition: '',
  sleeveCondition: 'Not Graded',
  price: 0,
  status: 'Draft',
  comments: '',
  allowOffers: false,
  externalId: '',
  location: '',
  weight: undefined,
  formatQuantity: undefined,
};

const outside = (field: string, value: string | undefined, values: readonly string[]): Reply | undefined =>
  value === undefined || values.includes(value)
    ? undefined
    : invalid(field, `expected one of ${values.join(', ')}`);

/** The first complaint about what was sent, or `undefined`. */
export function listingComplaint(fields: Fields): Reply | undefined {
  const releaseId = numberField(fields, 'release_id');
  if (releaseId === undefined || findRelease(releaseId) === undefined) {
    return invalid('release_id', 'release not found');
  }
  const complaint =
    outside('condition', textField(fields, 'condition') ?? '', CONDITIONS) ??
    outside('sleeve_condition', textField(fields, 'sleeve_condition'), SLEEVE_CONDITIONS) ??
    outside('status', textField(fields, 'status') ?? '', STATUSES);
  if (complaint !== undefined) return complaint;
  const price = numberField(fields, 'price');
  if (price === undefined || price === 0 || !Number.isFinite(price))
    return invalid('price', 'expected float');
  const quantity = numberField(fields, 'format_quantity');
  return quantity !== undefined && quantity < 0
    ? message(422, 'Format quantity cannot be negative')
    : undefined;
}

/** `auto` and anything not positive mean Discogs' own estimate. */
const positive = (number: number | undefined): number | undefined =>
  number !== undefined && number > 0 ? number : undefined;

/** What the fields say, on top of what the listing was. The release never changes; a negative price turns positive. */
export function listingChanges(fields: Fields, was: Omit<Listing, 'id' | 'seller' | 'releaseId' | 'posted'>) {
  return {
    condition: textField(fields, 'condition') ?? was.condition,
    sleeveCondition: textField(fields, 'sleeve_condition') ?? was.sleeveCondition,
    price: Math.abs(numberField(fields, 'price') ?? was.price),
    status: textField(fields, 'status') ?? was.status,
    comments: textField(fields, 'comments') ?? was.comments,
    allowOffers: flagField(fields, 'allow_offers') ?? was.allowOffers,
    externalId: textField(fields, 'external_id') ?? was.externalId,
    location: textField(fields, 'location') ?? was.location,
    weight: positive(numberField(fields, 'weight')) ?? was.weight,
    formatQuantity: positive(numberField(fields, 'format_quantity')) ?? was.formatQuantity,
  };
}
