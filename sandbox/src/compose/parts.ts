/** Pieces that several bodies share: credits, labels, formats, titles, statistics. */
import type { Credit, Format, LabelCredit, Master, NamedEntity, Release, Track } from '../catalogue/model.ts';
import { apiUrl } from './addresses.ts';
import { thumbUrl } from './image.ts';
import { inventedHave, inventedWant } from './invented.ts';

/** Missing data is a missing key: JSON leaves `undefined` out. */
export const unlessEmpty = <T>(rows: readonly T[]): readonly T[] | undefined =>
  rows.length === 0 ? undefined : rows;

const creditFields = ({ name, anv, join, role, id }: Credit) => ({
  name,
  anv,
  join,
  role,
  tracks: '',
  id,
  resource_url: apiUrl(`/artists/${id}`),
});

/** A credit as `extraartists` and `basic_information` carry it. */
export const plainCredit = (credit: Credit): object => creditFields(credit);
/** A main artist of a release or master, with a picture. */
export const picturedCredit = (credit: Credit): object => ({
  ...creditFields(credit),
  thumbnail_url: thumbUrl('A', credit.id),
});

export const labelCredit = ({ name, catno, entityType, entityTypeName, id }: LabelCredit): object => ({
  name,
  catno,
  entity_type: entityType,
  entity_type_name: entityTypeName,
  id,
  resource_url: apiUrl(`/labels/${id}`),
});

export const trackRow = ({ position, type_, title, duration, artist, sub_tracks }: Track): object => ({
  position,
  type_,
  artists: artist && [picturedCredit({ ...artist, anv: '', join: '', role: '' })],
  title,
  duration,
  sub_tracks: sub_tracks?.map(trackRow),
});

export const reference = ({ id, name }: NamedEntity, path: 'artists' | 'labels') => ({
  id,
  name,
  resource_url: apiUrl(`/${path}/${id}`),
});

/** `2xLP, Album`: how listings of releases write a format; vinyl is named by its size alone. */
export function formatText({ name, qty, descriptions = [] }: Format): string {
  const words = name === 'Vinyl' ? descriptions : [name, ...descriptions];
  return `${qty === '1' ? '' : `${qty}x`}${words.join(', ')}`;
}

/** `Stan Getz / João Gilberto`. */
export const artistNames = (credits: readonly Credit[]): string =>
  credits
    .map(({ name, join }) => (join === '' ? name : `${name} ${join} `))
    .join('')
    .trim();

/** `Nirvana - Nevermind`: the title of a search row and the base of page addresses. */
export const displayTitle = ({ artists, title }: Release): string => `${artistNames(artists)} - ${title}`;

/** Names without the number that tells homonyms apart. */
export const withoutSuffix = (name: string): string => name.replace(/ \(\d+\)/g, '');

/** How many users hold or want a release or any version of a master (composed). */
export const communityOf = (releases: readonly Release[]): { want: number; have: number } => ({
  want: releases.reduce((sum, { id }) => sum + inventedWant(id), 0),
  have: releases.reduce((sum, { id }) => sum + inventedHave(id), 0),
});

/** What the caller holds and wants, as far as bodies tell. */
export interface Holdings {
  wants(releaseId: number): boolean;
  copies(releaseId: number): number;
}

export const statsOf = (releases: readonly Release[], holdings: Holdings): object => {
  const { want, have } = communityOf(releases);
  return {
    community: { in_wantlist: want, in_collection: have },
    user: {
      in_wantlist: releases.filter(({ id }) => holdings.wants(id)).length,
      in_collection: releases.reduce((sum, { id }) => sum + holdings.copies(id), 0),
    },
  };
};

export const mainRelease = ({ versions }: Master): Release => versions[0];
