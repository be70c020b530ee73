/** Replies of the identity, collection and wantlist sections. */
import * as z from 'zod/mini';
import { basicInformation, pagination } from './shared.ts';

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
