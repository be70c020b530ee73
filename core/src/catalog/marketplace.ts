/** Discogs "Marketplace". @see https://www.discogs.com/developers#page:marketplace */
import * as z from 'zod/mini';
import { once } from '../lib/once.ts';
import { OWN_SECONDS, PRICE_SECONDS } from './cacheTimes.ts';
import { documentation, type Operation, operation } from './operation.ts';
import {
  choice,
  currency,
  id,
  MAX_LISTING_ID,
  MAX_RECORD_ID,
  pagination,
  sortOrder,
  username,
} from './parameters.ts';
import * as replies from './replies/marketplace.ts';

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

const listingPath = { listing_id: id('marketplace listing', 172723812, { maximum: MAX_LISTING_ID }) };

const described = <S extends z.ZodMiniType>(schema: S, description: string): S =>
  schema.check(z.describe(description));

const newListing = once(() =>
  z.looseObject({
    release_id: described(
      z.int().check(z.gte(1), z.lte(MAX_RECORD_ID)),
      'Discogs id of the release to sell.',
    ),
    condition: described(z.enum(CONDITIONS), 'Condition of the medium.'),
    sleeve_condition: z.optional(
      described(z.enum([...CONDITIONS, 'Generic', 'Not Graded', 'No Cover']), 'Condition of the sleeve.'),
    ),
    price: described(z.number().check(z.gte(0.01)), "Price in the seller's currency. Discogs refuses 0."),
    comments: z.optional(described(z.string(), 'Remarks that buyers see.')),
    allow_offers: z.optional(described(z.boolean(), 'Whether buyers may make an offer.')),
    status: z.optional(described(z.enum(['For Sale', 'Draft', 'Expired']), 'Draft keeps it off the market.')),
    external_id: z.optional(described(z.string(), 'Reference that only the seller sees.')),
    location: z.optional(described(z.string(), 'Storage place that only the seller sees.')),
    weight: z.optional(described(z.union([z.number(), z.string()]), 'Grams, or "auto".')),
    format_quantity: z.optional(
      described(z.union([z.int(), z.string()]), 'Number of items that it counts as for shipping, or "auto".'),
    ),
  }),
);

/** Optional members of a listing. In an edit, null leaves them as they are, as their absence does. */
const OPTIONAL = [
  'sleeve_condition',
  'comments',
  'allow_offers',
  'external_id',
  'location',
  'weight',
  'format_quantity',
] as const;

const editedListing = once(() => {
  const given = newListing();
  return z.extend(given, Object.fromEntries(OPTIONAL.map((name) => [name, z.nullish(given.shape[name])])));
});

/** In the order of Discogs' documentation. */
export const marketplace: readonly Operation[] = [
  operation({
    id: 'getInventory',
    entity: 'inventory',
    method: 'GET',
    path: '/users/{username}/inventory',
    summary: "List a seller's inventory",
    description:
      'What a user offers for sale. Its owner sees drafts and private fields too. Beyond page 100 only the owner may read on.',
    documentation: documentation('marketplace', 'inventory'),
    cacheSeconds: OWN_SECONDS,
    audience: 'anyone_owner_sees_more',
    pathParameters: { username },
    query: {
      status: choice('Only listings of this status; others than the owner see "For Sale" only.', [
        'All',
        'Deleted',
        'Draft',
        'Expired',
        'For Sale',
        'Sold',
        'Suspended',
        'Violation',
      ]),
      sort: choice('Sort key; status and location for the owner only.', [
        'listed',
        'price',
        'item',
        'artist',
        'label',
        'catno',
        'audio',
        'status',
        'location',
      ]),
      sort_order: sortOrder,
      ...pagination,
    },
    reply: { statuses: [200], description: 'One page of listings.', schema: replies.inventory },
  }),
  operation({
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
    body: {
      required: true,
      description: 'The listing. Discogs also wants "status" today.',
      requiredFields: ['release_id', 'condition', 'price'],
      schema: newListing,
      example: { release_id: 249504, condition: 'Mint (M)', price: 12.5, status: 'Draft' },
    },
    reply: { statuses: [201], description: 'The new listing.', schema: replies.createdListing },
  }),
  operation({
    id: 'getListing',
    originalOperationId: 'getMarketplaceListingProxy',
    entity: 'listing',
    method: 'GET',
    path: '/marketplace/listings/{listing_id}',
    summary: 'Get a marketplace listing',
    description: 'One item for sale: condition, price, shipping, seller and release.',
    documentation: documentation('marketplace', 'listing'),
    audience: 'anyone_owner_sees_more',
    cacheSeconds: OWN_SECONDS,
    pathParameters: listingPath,
    query: { curr_abbr: currency },
    reply: { statuses: [200], description: 'The listing.', schema: replies.listing },
  }),
  operation({
    id: 'updateListing',
    entity: 'listing',
    method: 'POST',
    path: '/marketplace/listings/{listing_id}',
    summary: 'Edit a marketplace listing',
    description:
      'Changes a listing that is for sale, a draft or expired. Optional members that are absent or null keep their value; the release stays. Only its seller may.',
    documentation: documentation('marketplace', 'listing'),
    audience: 'seller',
    effect: 'write',
    pathParameters: listingPath,
    query: { curr_abbr: currency },
    body: {
      required: true,
      description: 'The listing as it is to be. Discogs ignores a changed "release_id".',
      requiredFields: ['release_id', 'condition', 'price', 'status'],
      schema: editedListing,
      example: { release_id: 249504, condition: 'Very Good Plus (VG+)', price: 19.5, status: 'For Sale' },
    },
    reply: { statuses: [204], description: 'Changed.' },
  }),
  operation({
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
    pathParameters: listingPath,
    reply: { statuses: [204], description: 'Deleted.' },
  }),
  operation({
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
    cacheSeconds: PRICE_SECONDS,
    pathParameters: { release_id: id('release', 249504) },
    reply: { statuses: [200], description: 'Prices by condition.', schema: replies.priceSuggestions },
  }),
];
