/** Discogs "Marketplace". @see https://www.discogs.com/developers#page:marketplace */
import * as z from 'zod/mini';
import { OWN_SECONDS, PRICE_SECONDS } from './keep.ts';
import { documentation, operation } from './operation.ts';
import { currency, id } from './parameters.ts';
import * as replies from './replies/user.ts';

const CONDITIONS = [
  'Mint (M)',
  'Near Mint (NM or M-)',
  'Very Good Plus (VG+)',
  'Very Good (VG)',
  'Good Plus (G+)',
  'Good (G)',
  'Fair (F)',
  'Poor (P)',
] as const;

const listingPath = { listing_id: id('marketplace listing', 172723812) };

const newListing = z.looseObject({
  release_id: z.int().check(z.gte(1)),
  condition: z.enum(CONDITIONS),
  sleeve_condition: z.optional(z.enum([...CONDITIONS, 'Generic', 'Not Graded', 'No Cover'])),
  price: z.number().check(z.gte(0)),
  comments: z.optional(z.string()),
  allow_offers: z.optional(z.boolean()),
  status: z.optional(z.enum(['For Sale', 'Draft', 'Expired'])),
  external_id: z.optional(z.string()),
  location: z.optional(z.string()),
  weight: z.optional(z.union([z.number(), z.string()])),
  format_quantity: z.optional(z.union([z.int(), z.string()])),
});

export const createListing = operation({
  id: 'createListing',
  originalOperationId: 'createMarketplaceListingProxy',
  entity: 'listing',
  method: 'POST',
  path: '/marketplace/listings',
  summary: 'Offer a release for sale',
  description:
    'Creates a listing in the inventory of the token\'s owner. Ask for confirmation first; use status "Draft" to try it.',
  documentation: documentation('marketplace', 'new-listing'),
  audience: 'seller',
  effect: 'write',
  personal: true,
  body: {
    required: true,
    description: 'The listing. Discogs also wants "status" today; the original gateway never did.',
    requiredFields: ['release_id', 'condition', 'price'],
    schema: newListing,
    example: { release_id: 249504, condition: 'Mint (M)', price: 12.5, status: 'Draft' },
  },
  reply: { statuses: [201], description: 'The new listing.', schema: replies.createdListing },
});

export const getListing = operation({
  id: 'getListing',
  originalOperationId: 'getMarketplaceListingProxy',
  entity: 'listing',
  method: 'GET',
  path: '/marketplace/listings/{listing_id}',
  summary: 'Get a marketplace listing',
  description: 'One item for sale: condition, price, shipping, seller and release.',
  documentation: documentation('marketplace', 'listing'),
  keepSeconds: OWN_SECONDS,
  personal: true,
  pathParameters: listingPath,
  query: { curr_abbr: currency },
  reply: { statuses: [200], description: 'The listing.', schema: replies.listing },
});

export const deleteListing = operation({
  id: 'deleteListing',
  originalOperationId: 'deleteMarketplaceListingProxy',
  entity: 'listing',
  method: 'DELETE',
  path: '/marketplace/listings/{listing_id}',
  summary: 'Delete a marketplace listing',
  description: 'Removes a listing for good. Only its seller may.',
  documentation: documentation('marketplace', 'listing'),
  audience: 'seller',
  effect: 'delete',
  personal: true,
  pathParameters: listingPath,
  reply: { statuses: [204], description: 'Deleted.' },
});

export const getPriceSuggestions = operation({
  id: 'getPriceSuggestions',
  originalOperationId: 'getPriceSuggestionsProxy',
  entity: 'price_suggestions',
  method: 'GET',
  path: '/marketplace/price_suggestions/{release_id}',
  summary: 'Get price suggestions for a release',
  description:
    "Suggested price per condition in the seller's currency. Empty without completed seller settings.",
  documentation: documentation('marketplace', 'price-suggestions'),
  audience: 'user',
  keepSeconds: PRICE_SECONDS,
  personal: true,
  pathParameters: { release_id: id('release', 249504) },
  reply: { statuses: [200], description: 'Prices by condition.', schema: replies.priceSuggestions },
});
