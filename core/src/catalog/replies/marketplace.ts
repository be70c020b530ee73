/** Replies of the marketplace section. */
import * as z from 'zod/mini';
import { money, pagination } from './shared.ts';

/** @see https://www.discogs.com/developers#page:marketplace,header:marketplace-listing */
export const listing = () =>
  z.looseObject({
    id: z.int(),
    status: z.optional(z.string()),
    condition: z.optional(z.string()),
    sleeve_condition: z.optional(z.string()),
    comments: z.optional(z.string()),
    ships_from: z.optional(z.string()),
    posted: z.optional(z.string()),
    allow_offers: z.optional(z.boolean()),
    price: z.optional(money()),
    shipping_price: z.optional(money()),
    seller: z.optional(z.looseObject({ id: z.optional(z.int()), username: z.optional(z.string()) })),
    release: z.optional(
      z.looseObject({
        id: z.int(),
        title: z.optional(z.string()),
        artist: z.optional(z.string()),
        format: z.optional(z.string()),
        description: z.optional(z.string()),
        catalog_number: z.optional(z.string()),
        year: z.optional(z.int()),
      }),
    ),
    uri: z.optional(z.string()),
    resource_url: z.optional(z.string()),
  });

export const createdListing = () =>
  z.looseObject({ listing_id: z.int(), resource_url: z.optional(z.string()) });

/** @see https://www.discogs.com/developers#page:marketplace,header:marketplace-inventory */
export const inventory = () => z.looseObject({ pagination: pagination(), listings: z.array(listing()) });

/** @see https://www.discogs.com/developers#page:marketplace,header:marketplace-fee */
export const fee = () => z.looseObject({ value: z.number(), currency: z.string() });

/** Both are null for a release that may not be sold. */
export const marketplaceStats = () =>
  z.looseObject({
    num_for_sale: z.optional(z.nullable(z.int())),
    lowest_price: z.optional(z.nullable(money())),
    blocked_from_sale: z.optional(z.boolean()),
  });

/** Keyed by condition; `{}` when Discogs has no suggestion or the seller settings are empty. */
export const priceSuggestions = () =>
  z.looseObject({
    'Mint (M)': z.optional(money()),
    'Near Mint (NM or M-)': z.optional(money()),
    'Very Good Plus (VG+)': z.optional(money()),
    'Very Good (VG)': z.optional(money()),
    'Good Plus (G+)': z.optional(money()),
    'Good (G)': z.optional(money()),
    'Fair (F)': z.optional(money()),
    'Poor (P)': z.optional(money()),
  });
