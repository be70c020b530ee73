/** The body of `GET /releases/{id}`. Undefined values stay out of the JSON: missing data is a missing key. */
import type { Release } from '../catalogue/model.ts';
import { apiUrl, webPath, webUrl } from './addresses.ts';
import { gallery, thumbUrl } from './image.ts';
import { inventedForSale, inventedHave, inventedPrice, inventedTime, inventedWant } from './invented.ts';
import {
  artistNames,
  displayTitle,
  labelCredit,
  picturedCredit,
  plainCredit,
  trackRow,
  unlessEmpty,
  withoutSuffix,
} from './parts.ts';
import type { Rating } from './ratings.ts';

const GRAMS_PER_UNIT = new Map([
  ['7"', 60],
  ['LP', 230],
  ['12"', 230],
]);
const GRAMS_OTHERWISE = 85;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Everything was submitted by one user. */
export const SUBMITTER = { username: 'crate_digger', resource_url: apiUrl('/users/crate_digger') };

/** `1991-09-24` → `24 Sep 1991`, `1999-03-00` → `Mar 1999`. */
export function releasedFormatted(released: string): string {
  const [year = '', month, day = '00'] = released.split('-');
  if (month === undefined) return year;
  return `${day === '00' ? '' : `${day} `}${MONTHS[Number(month) - 1]} ${year}`;
}

export const estimatedWeightGrams = ({ format }: Release): number => {
  const size = format.descriptions?.find((word) => GRAMS_PER_UNIT.has(word)) ?? '';
  return Number(format.qty) * (GRAMS_PER_UNIT.get(size) ?? GRAMS_OTHERWISE);
};

/** @see https://www.discogs.com/developers#page:database,header:database-release */
export function releaseBody(release: Release, rating: Rating): object {
  const { id, masterId } = release;
  return {
    id,
    status: 'Accepted',
    year: release.year,
    resource_url: apiUrl(`/releases/${id}`),
    uri: webUrl(webPath('release', id, displayTitle(release))),
    artists: release.artists.map(picturedCredit),
    artists_sort: withoutSuffix(artistNames(release.artists)),
    labels: release.labels.map((label) => ({
      ...labelCredit(label),
      thumbnail_url: thumbUrl('L', label.id),
    })),
    series: [],
    companies: unlessEmpty(release.companies.map(labelCredit)),
    formats: [release.format],
    data_quality: 'Correct',
    community: {
      have: inventedHave(id),
      want: inventedWant(id),
      rating,
      submitter: SUBMITTER,
      contributors: [SUBMITTER],
      data_quality: 'Correct',
      status: 'Accepted',
    },
    format_quantity: Number(release.format.qty),
    date_added: inventedTime('added', id),
    date_changed: inventedTime('changed', id),
    num_for_sale: inventedForSale(id),
    lowest_price: inventedPrice(id),
    master_id: masterId,
    master_url: masterId === undefined ? undefined : apiUrl(`/masters/${masterId}`),
    title: release.title,
    country: release.country,
    released: release.released,
    notes: release.notes,
    released_formatted: releasedFormatted(release.released),
    identifiers: release.identifiers,
    videos: release.videos,
    genres: release.genres,
    styles: release.styles,
    tracklist: release.tracklist.map(trackRow),
    extraartists: unlessEmpty(release.extraartists.map(plainCredit)),
    images: gallery('R', id),
    thumb: thumbUrl('R', id),
    estimated_weight: estimatedWeightGrams(release),
    blocked_from_sale: false,
    is_offensive: false,
  };
}
