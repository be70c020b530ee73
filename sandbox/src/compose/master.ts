/** The body of `GET /masters/{id}`. */
import type { Master } from '../catalogue/model.ts';
import { apiUrl, webPath, webUrl } from './addresses.ts';
import { gallery } from './image.ts';
import { inventedForSale, inventedPrice } from './invented.ts';
import { displayTitle, mainRelease, picturedCredit, trackRow } from './parts.ts';

/** @see https://www.discogs.com/developers#page:database,header:database-master-release */
export function masterBody(master: Master): object {
  const main = mainRelease(master);
  const recent = [...master.versions].sort((a, b) => b.year - a.year)[0] ?? main;
  return {
    id: master.id,
    main_release: main.id,
    most_recent_release: recent.id,
    resource_url: apiUrl(`/masters/${master.id}`),
    uri: webUrl(webPath('master', master.id, displayTitle(main))),
    versions_url: apiUrl(`/masters/${master.id}/versions`),
    main_release_url: apiUrl(`/releases/${main.id}`),
    most_recent_release_url: apiUrl(`/releases/${recent.id}`),
    num_for_sale: master.versions.reduce((sum, { id }) => sum + inventedForSale(id), 0),
    lowest_price: Math.min(...master.versions.map(({ id }) => inventedPrice(id))),
    images: gallery('R', main.id),
    genres: main.genres,
    styles: main.styles,
    year: main.year,
    tracklist: main.tracklist.map(trackRow),
    artists: main.artists.map(picturedCredit),
    title: main.title,
    data_quality: 'Correct',
    videos: main.videos.length === 0 ? undefined : main.videos,
  };
}
