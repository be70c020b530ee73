/** Replies of the identity, collection, wantlist and lists sections. */
import * as z from 'zod/mini';
import { artist, label, release } from './database.ts';
import { basicInformation, pagination, stats } from './shared.ts';

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

/** One page counts artists, labels and releases together; a kind without any may be missing. */
export const submissions = () =>
  z.looseObject({
    pagination: pagination(),
    submissions: z.looseObject({
      artists: z.optional(z.array(artist())),
      labels: z.optional(z.array(label())),
      releases: z.optional(z.array(release())),
    }),
  });

export const contributions = () =>
  z.looseObject({ pagination: pagination(), contributions: z.array(release()) });

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
    notes: z.optional(z.array(z.looseObject({ field_id: z.int(), value: z.string() }))),
  });

export const collectionItems = () =>
  z.looseObject({ pagination: pagination(), releases: z.array(collectionItem()) });

export const addedInstance = () =>
  z.looseObject({
    instance_id: z.int(),
    resource_url: z.optional(z.string()),
  });

/** `options` of a dropdown, `lines` of a text area. */
export const collectionFields = () =>
  z.looseObject({
    fields: z.array(
      z.looseObject({
        id: z.int(),
        name: z.string(),
        type: z.string(),
        position: z.optional(z.int()),
        public: z.optional(z.boolean()),
        options: z.optional(z.array(z.string())),
        lines: z.optional(z.int()),
      }),
    ),
  });

/** Text such as `A$1,597.46`. */
export const collectionValue = () =>
  z.looseObject({ minimum: z.string(), median: z.string(), maximum: z.string() });

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

const listMembers = () => ({
  id: z.int(),
  name: z.string(),
  description: z.optional(z.string()),
  public: z.optional(z.boolean()),
  date_added: z.optional(z.string()),
  date_changed: z.optional(z.string()),
  uri: z.optional(z.string()),
  resource_url: z.optional(z.string()),
});

/** @see https://www.discogs.com/developers#page:user-lists */
export const userLists = () =>
  z.looseObject({ pagination: pagination(), lists: z.array(z.looseObject(listMembers())) });

/** Only releases and masters have `stats`. */
export const userList = () =>
  z.looseObject({
    ...listMembers(),
    user: z.optional(z.looseObject({ id: z.optional(z.int()), username: z.optional(z.string()) })),
    items: z.array(
      z.looseObject({
        id: z.int(),
        type: z.optional(z.string()),
        display_title: z.optional(z.string()),
        comment: z.optional(z.string()),
        uri: z.optional(z.string()),
        resource_url: z.optional(z.string()),
        stats: z.optional(stats()),
      }),
    ),
  });
