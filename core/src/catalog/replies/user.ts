/** Replies of the identity, collection, wantlist and marketplace sections. */
import * as z from 'zod/mini';
import { basicInformation, money, pagination } from './shared.ts';

/** @see https://www.discogs.com/developers#page:user-identity,header:user-identity-identity */
export const identity = () =>
  z.looseObject({
    id: z.int(),
    username: z.string(),
    resource_url: z.optional(z.string()),
    consumer_name: z.optional(z.string()),
  });

/** @see https://www.discogs.com/developers#page:user-identity,header:user-identity-profile */
export const profile = () =>
  z.looseObject({
    id: z.int(),
    username: z.string(),
    name: z.optional(z.string()),
    location: z.optional(z.string()),
    profile: z.optional(z.string()),
    registered: z.optional(z.string()),
    num_collection: z.optional(z.int()),
    num_wantlist: z.optional(z.int()),
    num_for_sale: z.optional(z.int()),
    num_lists: z.optional(z.int()),
    releases_contributed: z.optional(z.int()),
    rating_avg: z.optional(z.number()),
    curr_abbr: z.optional(z.string()),
    uri: z.optional(z.string()),
    resource_url: z.optional(z.string()),
  });

/** @see https://www.discogs.com/developers#page:user-collection */
export const folder = () =>
  z.looseObject({
    id: z.int(),
    name: z.string(),
    count: z.int(),
    resource_url: z.optional(z.string()),
  });

export const folders = () => z.looseObject({ folders: z.array(folder()) });

const collectionItem = () =>
  z.looseObject({
    id: z.int(),
    instance_id: z.int(),
    folder_id: z.optional(z.int()),
    rating: z.optional(z.int()),
    date_added: z.optional(z.string()),
    basic_information: basicInformation(),
  });

export const collectionItems = () =>
  z.looseObject({ pagination: pagination(), releases: z.array(collectionItem()) });

export const addedInstance = () =>
  z.looseObject({
    instance_id: z.int(),
    resource_url: z.optional(z.string()),
  });

/** @see https://www.discogs.com/developers#page:user-wantlist */
export const want = () =>
  z.looseObject({
    id: z.int(),
    rating: z.optional(z.int()),
    notes: z.optional(z.string()),
    date_added: z.optional(z.string()),
    resource_url: z.optional(z.string()),
    basic_information: z.optional(basicInformation()),
  });

export const wants = () => z.looseObject({ pagination: pagination(), wants: z.array(want()) });

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
