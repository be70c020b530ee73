/** Rows of `GET /database/search`. Images are blank for anonymous callers, `uri` is a path without host. */
import type { Artist, Label, Master, Release } from '../catalogue/model.ts';
import { apiUrl, webPath } from './addresses.ts';
import { coverUrl, thumbUrl } from './image.ts';
import { communityOf, displayTitle, type Holdings, mainRelease } from './parts.ts';

export interface RowContext {
  readonly holdings: Holdings;
  readonly imagesVisible: boolean;
}

const userData = (releases: readonly Release[], { holdings }: RowContext) => ({
  in_wantlist: releases.some(({ id }) => holdings.wants(id)),
  in_collection: releases.some(({ id }) => holdings.copies(id) > 0),
});

function recordFields(
  main: Release,
  type: 'release' | 'master',
  id: number,
  of: readonly Release[],
  context: RowContext,
) {
  const { masterId } = main;
  return {
    country: main.country,
    year: String(main.year),
    format: [main.format.name, ...(main.format.descriptions ?? [])],
    label: [...main.labels, ...main.companies].map(({ name }) => name),
    type,
    genre: main.genres,
    style: main.styles,
    id,
    barcode: main.identifiers.map(({ value }) => value),
    user_data: userData(of, context),
    master_id: masterId ?? 0,
    master_url: masterId === undefined ? null : apiUrl(`/masters/${masterId}`),
    uri: webPath(type, id, displayTitle(main)),
    catno: main.labels[0]?.catno ?? '',
    title: displayTitle(main),
    thumb: context.imagesVisible ? thumbUrl('R', main.id) : '',
    cover_image: context.imagesVisible ? coverUrl('R', main.id) : '',
    resource_url: apiUrl(`/${type}s/${id}`),
    community: communityOf(of),
  };
}

export const releaseSearchRow = (release: Release, context: RowContext): object => ({
  ...recordFields(release, 'release', release.id, [release], context),
  format_quantity: Number(release.format.qty),
  formats: [release.format],
});

export const masterSearchRow = (master: Master, context: RowContext): object =>
  recordFields(mainRelease(master), 'master', master.id, master.versions, context);

function entitySearchRow(entity: Artist | Label, type: 'artist' | 'label', context: RowContext): object {
  const kind = type === 'artist' ? 'A' : 'L';
  return {
    id: entity.id,
    type,
    user_data: userData([], context),
    master_id: null,
    master_url: null,
    uri: webPath(type, entity.id, entity.name),
    title: entity.name,
    thumb: context.imagesVisible ? thumbUrl(kind, entity.id) : '',
    cover_image: context.imagesVisible ? coverUrl(kind, entity.id) : '',
    resource_url: apiUrl(`/${type}s/${entity.id}`),
  };
}

export const artistSearchRow = (artist: Artist, context: RowContext): object =>
  entitySearchRow(artist, 'artist', context);
export const labelSearchRow = (label: Label, context: RowContext): object =>
  entitySearchRow(label, 'label', context);
