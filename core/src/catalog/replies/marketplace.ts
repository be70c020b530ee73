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

const user = () => z.looseObject({ id: z.optional(z.int()), username: z.optional(z.string()) });

/** @see https://www.discogs.com/developers#page:marketplace,header:marketplace-order */
export const order = () =>
  z.looseObject({
    id: z.string(),
    status: z.optional(z.string()),
    next_status: z.optional(z.array(z.string())),
    fee: z.optional(money()),
    created: z.optional(z.string()),
    items: z.optional(
      z.array(
        z.looseObject({
          id: z.int(),
          release: z.optional(z.looseObject({ id: z.int(), description: z.optional(z.string()) })),
          price: z.optional(money()),
          media_condition: z.optional(z.string()),
          sleeve_condition: z.optional(z.string()),
        }),
      ),
    ),
    shipping: z.optional(
      z.looseObject({
        value: z.optional(z.number()),
        currency: z.optional(z.string()),
        method: z.optional(z.string()),
      }),
    ),
    shipping_address: z.optional(z.string()),
    additional_instructions: z.optional(z.string()),
    archived: z.optional(z.boolean()),
    seller: z.optional(user()),
    buyer: z.optional(user()),
    last_activity: z.optional(z.string()),
    total: z.optional(money()),
    messages_url: z.optional(z.string()),
    uri: z.optional(z.string()),
    resource_url: z.optional(z.string()),
  });

/** @see https://www.discogs.com/developers#page:marketplace,header:marketplace-list-orders */
export const orders = () => z.looseObject({ pagination: pagination(), orders: z.array(order()) });

/** `type` is message, status, shipping, refund_sent or refund_received; each has members of its own. */
export const orderMessage = () =>
  z.looseObject({
    type: z.optional(z.string()),
    message: z.optional(z.string()),
    subject: z.optional(z.string()),
    timestamp: z.optional(z.string()),
    from: z.optional(user()),
    order: z.optional(z.looseObject({ id: z.string(), resource_url: z.optional(z.string()) })),
  });

/** @see https://www.discogs.com/developers#page:marketplace,header:marketplace-list-order-messages */
export const orderMessages = () =>
  z.looseObject({ pagination: pagination(), messages: z.array(orderMessage()) });

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
