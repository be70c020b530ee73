/** Rows of `GET /database/search`. `uri` is a path without host. */
import type { Artist, Label, Master, Release } from '../catalogue/model.ts';
import { apiUrl, webPath } from './addresses.ts';
import { coverUrl, thumbUrl } from './image.ts';
import { communityOf, displayTitle, type Holdings, mainRelease } from './parts.ts';

const userData = (releases: readonly Release[], holdings: Holdings) => ({
  in_wantlist: releases.some(({ id }) => holdings.wants(id)),
  in_collection: releases.some(({ id }) => holdings.copies(id) > 0),
});

function recordFields(
  main: Release,
  type: 'release' | 'master',
  id: number,
  of: readonly Release[],
  holdings: Holdings,
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
    user_data: userData(of, holdings),
    master_id: masterId ?? 0,
    master_url: masterId === undefined ? null : apiUrl(`/masters/${masterId}`),
    uri: webPath(type, id, displayTitle(main)),
    catno: main.labels[0]?.catno ?? '',
    title: displayTitle(main),
    thumb: thumbUrl('R', main.id),
    cover_image: coverUrl('R', main.id),
    resource_url: apiUrl(`/${type}s/${id}`),
    community: communityOf(of),
  };
}

export const releaseSearchRow = (release: Release, holdings: Holdings): object => ({
  ...recordFields(release, 'release', release.id, [release], holdings),
  format_quantity: Number(release.format.qty),
  formats: [release.format],
});

export const masterSearchRow = (master: Master, holdings: Holdings): object =>
  recordFields(mainRelease(master), 'master', master.id, master.versions, holdings);

function entitySearchRow(entity: Artist | Label, type: 'artist' | 'label', holdings: Holdings): object {
  const kind = type === 'artist' ? 'A' : 'L';
  return {
    id: entity.id,
    type,
    user_data: userData([], holdings),
    master_id: null,
    master_url: null,
    uri: webPath(type, entity.id, entity.name),
    title: entity.name,
    thumb: thumbUrl(kind, entity.id),
    cover_image: coverUrl(kind, entity.id),
    resource_url: apiUrl(`/${type}s/${entity.id}`),
  };
}

export const artistSearchRow = (artist: Artist, holdings: Holdings): object =>
  entitySearchRow(artist, 'artist', holdings);
export const labelSearchRow = (label: Label, holdings: Holdings): object =>
  entitySearchRow(label, 'label', holdings);
