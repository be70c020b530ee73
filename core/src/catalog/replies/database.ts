/** Replies of the Discogs "Database" section. @see https://www.discogs.com/developers#page:database */
import * as z from 'zod/mini';
import {
  artistCredit,
  format,
  image,
  labelCredit,
  pagination,
  reference,
  stats,
  track,
  video,
} from './shared.ts';

/** Without a currency of its own. */
const lowestPrice = () =>
  z.optional(
    z.nullable(z.number()).check(z.describe("In the currency of the token's account, USD without a token.")),
  );

/** Discogs' ownership flags. */
const userData = () =>
  z.optional(
    z
      .looseObject({ in_wantlist: z.optional(z.boolean()), in_collection: z.optional(z.boolean()) })
      .check(z.describe("Whether the token's own user wants or has it.")),
  );

export const artist = () =>
  z.looseObject({
    id: z.int(),
    name: z.string(),
    realname: z.optional(z.string()),
    profile: z.optional(z.string()),
    uri: z.optional(z.string()),
    resource_url: z.optional(z.string()),
    releases_url: z.optional(z.string()),
    urls: z.optional(z.array(z.string())),
    namevariations: z.optional(z.array(z.string())),
    aliases: z.optional(z.array(reference())),
    members: z.optional(z.array(reference())),
    groups: z.optional(z.array(reference())),
    images: z.optional(z.array(image())),
    data_quality: z.optional(z.string()),
  });

export const artistReleases = () =>
  z.looseObject({
    pagination: pagination(),
    releases: z.array(
      z.looseObject({
        id: z.int(),
        type: z.optional(z.string()),
        title: z.string(),
        artist: z.optional(z.string()),
        role: z.optional(z.string()),
        year: z.optional(z.int()),
        main_release: z.optional(z.int()),
        format: z.optional(z.string()),
        label: z.optional(z.string()),
        trackinfo: z.optional(z.string()),
        resource_url: z.optional(z.string()),
        thumb: z.optional(z.string()),
        stats: z.optional(stats()),
      }),
    ),
  });

export const release = () =>
  z.looseObject({
    id: z.int(),
    title: z.string(),
    uri: z.optional(z.string()),
    resource_url: z.optional(z.string()),
    year: z.optional(z.int()),
    country: z.optional(z.string()),
    released: z.optional(z.string()),
    notes: z.optional(z.string()),
    master_id: z.optional(z.nullable(z.int())),
    master_url: z.optional(z.nullable(z.string())),
    artists: z.optional(z.array(artistCredit())),
    extraartists: z.optional(z.array(artistCredit())),
    labels: z.optional(z.array(labelCredit())),
    companies: z.optional(z.array(labelCredit())),
    formats: z.optional(z.array(format())),
    genres: z.optional(z.array(z.string())),
    styles: z.optional(z.array(z.string())),
    tracklist: z.optional(z.array(track())),
    identifiers: z.optional(
      z.array(
        z.looseObject({
          type: z.string(),
          value: z.optional(z.string()),
          description: z.optional(z.string()),
        }),
      ),
    ),
    videos: z.optional(z.array(video())),
    images: z.optional(z.array(image())),
    num_for_sale: z.optional(z.nullable(z.int())),
    lowest_price: lowestPrice(),
    community: z.optional(
      z.looseObject({
        have: z.optional(z.int()),
        want: z.optional(z.int()),
        rating: z.optional(z.looseObject({ count: z.optional(z.int()), average: z.optional(z.number()) })),
      }),
    ),
  });

export const master = () =>
  z.looseObject({
    id: z.int(),
    title: z.string(),
    main_release: z.optional(z.int()),
    main_release_url: z.optional(z.string()),
    versions_url: z.optional(z.string()),
    uri: z.optional(z.string()),
    resource_url: z.optional(z.string()),
    year: z.optional(z.int()),
    artists: z.optional(z.array(artistCredit())),
    genres: z.optional(z.array(z.string())),
    styles: z.optional(z.array(z.string())),
    tracklist: z.optional(z.array(track())),
    videos: z.optional(z.array(video())),
    images: z.optional(z.array(image())),
    num_for_sale: z.optional(z.nullable(z.int())),
    lowest_price: lowestPrice(),
  });

export const masterVersions = () =>
  z.looseObject({
    pagination: pagination(),
    versions: z.array(
      z.looseObject({
        id: z.int(),
        title: z.string(),
        label: z.optional(z.string()),
        catno: z.optional(z.string()),
        country: z.optional(z.string()),
        released: z.optional(z.string()),
        format: z.optional(z.string()),
        major_formats: z.optional(z.array(z.string())),
        resource_url: z.optional(z.string()),
        thumb: z.optional(z.string()),
        stats: z.optional(stats()),
      }),
    ),
  });

export const label = () =>
  z.looseObject({
    id: z.int(),
    name: z.string(),
    profile: z.optional(z.string()),
    contact_info: z.optional(z.string()),
    uri: z.optional(z.string()),
    resource_url: z.optional(z.string()),
    releases_url: z.optional(z.string()),
    parent_label: z.optional(reference()),
    sublabels: z.optional(z.array(reference())),
    urls: z.optional(z.array(z.string())),
    images: z.optional(z.array(image())),
  });

export const labelReleases = () =>
  z.looseObject({
    pagination: pagination(),
    releases: z.array(
      z.looseObject({
        id: z.int(),
        title: z.string(),
        artist: z.optional(z.string()),
        catno: z.optional(z.string()),
        format: z.optional(z.string()),
        year: z.optional(z.int()),
        resource_url: z.optional(z.string()),
        thumb: z.optional(z.string()),
        stats: z.optional(stats()),
      }),
    ),
  });

export const searchResults = () =>
  z.looseObject({
    pagination: pagination(),
    results: z.array(
      z.looseObject({
        id: z.int(),
        type: z.string(),
        title: z.string(),
        uri: z.optional(z.string()),
        resource_url: z.optional(z.string()),
        year: z.optional(z.string()),
        country: z.optional(z.string()),
        catno: z.optional(z.string()),
        format: z.optional(z.array(z.string())),
        label: z.optional(z.array(z.string())),
        genre: z.optional(z.array(z.string())),
        style: z.optional(z.array(z.string())),
        barcode: z.optional(z.array(z.string())),
        master_id: z.optional(z.nullable(z.int())),
        master_url: z.optional(z.nullable(z.string())),
        user_data: userData(),
        thumb: z.optional(z.string()),
        cover_image: z.optional(z.string()),
      }),
    ),
  });

/** Not in Discogs' documentation. */
export const apiRoot = () =>
  z.looseObject({
    hello: z.optional(z.string()),
    api_version: z.optional(z.string()),
    documentation_url: z.optional(z.string()),
    statistics: z.looseObject({
      releases: z.optional(z.int()),
      artists: z.optional(z.int()),
      labels: z.optional(z.int()),
    }),
  });

/** `rating` is 0 for a release that the user has not rated. */
export const releaseRating = () =>
  z.looseObject({ release_id: z.int(), username: z.string(), rating: z.int() });

export const communityRating = () =>
  z.looseObject({ release_id: z.int(), rating: z.looseObject({ count: z.int(), average: z.number() }) });

/** Discogs leaves out, or nulls, what it does not know. */
export const releaseStats = () =>
  z.looseObject({ num_have: z.optional(z.nullable(z.int())), num_want: z.optional(z.nullable(z.int())) });
