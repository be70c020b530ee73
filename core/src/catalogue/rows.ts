/** Rows of the lists of artists, labels and masters: Discogs' members in Discogs' order, without what no dump knows. */
import type { ArtistReleaseRow, LabelReleaseRow, ReleaseSummary } from './catalogueStore.ts';

/** The address of a record at Discogs. */
export const resourceUrl = (kind: string, id: number): string => `https://api.discogs.com/${kind}/${id}`;

/** `CD, Album`; vinyl is named by its size alone, as in Discogs' lists. */
function formatText({ majorFormats, format }: ReleaseSummary): string {
  return [...majorFormats.filter((name) => name !== 'Vinyl'), format].filter(Boolean).join(', ');
}

/** A row of `GET /artists/{id}/releases`. */
export function artistReleaseRow(row: ArtistReleaseRow): object {
  const { role, trackinfo } = row;
  if (row.kind === 'master') {
    const { id, title, mainRelease, artist, year } = row.master;
    return {
      id,
      title,
      type: 'master',
      main_release: mainRelease,
      artist,
      role,
      resource_url: resourceUrl('masters', id),
      year,
    };
  }
  const { release } = row;
  return {
    id: release.id,
    type: 'release',
    format: formatText(release),
    label: release.label,
    title: release.title,
    resource_url: resourceUrl('releases', release.id),
    role,
    artist: release.artist,
    ...(trackinfo === '' ? {} : { trackinfo }),
    year: release.year,
  };
}

/** A row of `GET /labels/{id}/releases`. */
export const labelReleaseRow = ({ catno, release }: LabelReleaseRow): object => ({
  format: formatText(release),
  catno,
  resource_url: resourceUrl('releases', release.id),
  title: release.title,
  id: release.id,
  year: release.year,
  artist: release.artist,
});

/** A row of `GET /masters/{id}/versions`. */
export const versionRow = (release: ReleaseSummary): object => ({
  id: release.id,
  label: release.label,
  country: release.country,
  title: release.title,
  major_formats: release.majorFormats,
  format: release.format,
  catno: release.catno,
  released: release.released,
  resource_url: resourceUrl('releases', release.id),
});
