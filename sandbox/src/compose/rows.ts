/** Rows of the listings of artists, labels and masters. */
import type { Master, Release } from '../catalogue/model.ts';
import { apiUrl } from './addresses.ts';
import { thumbUrl } from './image.ts';
import { artistNames, formatText, type Holdings, mainRelease, statsOf } from './parts.ts';

const firstLabel = ({ labels }: Release) => labels[0] ?? { name: '', catno: '' };

/** A master in `GET /artists/{id}/releases`. */
export function artistMasterRow(master: Master, role: string, holdings: Holdings): object {
  const main = mainRelease(master);
  return {
    id: master.id,
    title: main.title,
    type: 'master',
    main_release: main.id,
    artist: artistNames(main.artists),
    role,
    resource_url: apiUrl(`/masters/${master.id}`),
    year: main.year,
    thumb: thumbUrl('R', main.id),
    stats: statsOf(master.versions, holdings),
  };
}

/** A release in `GET /artists/{id}/releases`; `trackinfo` names the track an artist only appears on. */
export const artistReleaseRow = (
  release: Release,
  role: string,
  trackinfo: string | undefined,
  holdings: Holdings,
): object => ({
  id: release.id,
  status: 'Accepted',
  type: 'release',
  format: formatText(release.format),
  label: firstLabel(release).name,
  title: release.title,
  resource_url: apiUrl(`/releases/${release.id}`),
  role,
  artist: artistNames(release.artists),
  trackinfo,
  year: release.year,
  thumb: thumbUrl('R', release.id),
  stats: statsOf([release], holdings),
});

/** A row of `GET /labels/{id}/releases`. */
export const labelReleaseRow = (release: Release, labelId: number, holdings: Holdings): object => ({
  status: 'Accepted',
  format: formatText(release.format),
  catno: (release.labels.find(({ id }) => id === labelId) ?? firstLabel(release)).catno,
  thumb: thumbUrl('R', release.id),
  resource_url: apiUrl(`/releases/${release.id}`),
  title: release.title,
  id: release.id,
  year: release.year,
  artist: artistNames(release.artists),
  stats: statsOf([release], holdings),
});

/** A row of `GET /masters/{id}/versions`. */
export const versionRow = (release: Release, holdings: Holdings): object => ({
  id: release.id,
  label: firstLabel(release).name,
  country: release.country,
  title: release.title,
  major_formats: [release.format.name],
  format: (release.format.descriptions ?? []).join(', '),
  catno: firstLabel(release).catno,
  released: release.released,
  status: 'Accepted',
  resource_url: apiUrl(`/releases/${release.id}`),
  thumb: thumbUrl('R', release.id),
  stats: statsOf([release], holdings),
});
