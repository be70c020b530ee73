/** Shapes that several Discogs replies share. Loose: Discogs adds members and leaves out what it has no data for. */
import * as z from 'zod/mini';

/** `{id, name, resource_url}`: members, groups, aliases, sublabels and parent labels. */
export const reference = () =>
  z.looseObject({
    id: z.int(),
    name: z.optional(z.string()),
    resource_url: z.optional(z.string()),
    thumbnail_url: z.optional(z.string()),
    active: z.optional(z.boolean()),
  });

/** @see https://www.discogs.com/developers#page:images */
export const image = () =>
  z.looseObject({
    type: z.optional(z.string()),
    uri: z.optional(z.string()),
    resource_url: z.optional(z.string()),
    uri150: z.optional(z.string()),
    width: z.optional(z.int()),
    height: z.optional(z.int()),
  });

/** A credited artist of a release or track. */
export const artistCredit = () =>
  z.looseObject({
    id: z.int(),
    name: z.string(),
    anv: z.optional(z.string()),
    join: z.optional(z.string()),
    role: z.optional(z.string()),
    tracks: z.optional(z.string()),
    resource_url: z.optional(z.string()),
  });

/** A label, series or company line of a release. */
export const labelCredit = () =>
  z.looseObject({
    id: z.int(),
    name: z.string(),
    catno: z.optional(z.string()),
    entity_type_name: z.optional(z.string()),
    resource_url: z.optional(z.string()),
  });

/** `qty` is text on the wire. */
export const format = () =>
  z.looseObject({
    name: z.string(),
    qty: z.optional(z.string()),
    text: z.optional(z.string()),
    descriptions: z.optional(z.array(z.string())),
  });

/** `type_` is track, heading or index; an index row has `sub_tracks`. */
export const track = () =>
  z.looseObject({
    position: z.optional(z.string()),
    type_: z.optional(z.string()),
    title: z.string(),
    duration: z.optional(z.string()),
  });

/** A YouTube video that belongs to a release. `duration` is seconds. */
export const video = () =>
  z.looseObject({
    uri: z.string(),
    title: z.optional(z.nullable(z.string())),
    duration: z.optional(z.int()),
  });

/** Community figures beside a row of a list. */
export const stats = () =>
  z.looseObject({
    community: z.optional(
      z.looseObject({ in_wantlist: z.optional(z.int()), in_collection: z.optional(z.int()) }),
    ),
    user: z.optional(
      z
        .looseObject({ in_wantlist: z.optional(z.int()), in_collection: z.optional(z.int()) })
        .check(z.describe("Above 0 where the token's own user wants or has it.")),
    ),
  });

/** A price; both members are missing when Discogs knows none. */
export const money = () => z.looseObject({ value: z.optional(z.number()), currency: z.optional(z.string()) });

/** @see https://www.discogs.com/developers#page:home,header:home-pagination */
export const pagination = () =>
  z.looseObject({
    page: z.int(),
    pages: z.int(),
    per_page: z.int(),
    items: z.int(),
    urls: z.looseObject({
      first: z.optional(z.string()),
      prev: z.optional(z.string()),
      next: z.optional(z.string()),
      last: z.optional(z.string()),
    }),
  });

/** The short form of a release in collections and wantlists. `master_id` is 0 without a master. */
export const basicInformation = () =>
  z.looseObject({
    id: z.int(),
    master_id: z.optional(z.nullable(z.int())),
    title: z.string(),
    year: z.optional(z.int()),
    resource_url: z.optional(z.string()),
    thumb: z.optional(z.string()),
    cover_image: z.optional(z.string()),
    formats: z.optional(z.array(format())),
    labels: z.optional(z.array(labelCredit())),
    artists: z.optional(z.array(artistCredit())),
    genres: z.optional(z.array(z.string())),
    styles: z.optional(z.array(z.string())),
  });
