/** The short form of a release inside collection and wantlist items. */
import type { Release } from '../catalogue/model.ts';
import { apiUrl } from './addresses.ts';
import { coverUrl, thumbUrl } from './image.ts';
import { labelCredit, plainCredit } from './parts.ts';

/** `basic_information` of collection and wantlist items. */
export const basicInformation = (release: Release): object => ({
  id: release.id,
  master_id: release.masterId ?? 0,
  master_url: release.masterId === undefined ? null : apiUrl(`/masters/${release.masterId}`),
  resource_url: apiUrl(`/releases/${release.id}`),
  thumb: thumbUrl('R', release.id),
  cover_image: coverUrl('R', release.id),
  title: release.title,
  year: release.year,
  formats: [release.format],
  labels: release.labels.map(labelCredit),
  artists: release.artists.map(plainCredit),
  genres: release.genres,
  styles: release.styles,
});
