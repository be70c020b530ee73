/** The body of `GET /artists/{id}`. */
import type { Artist, Membership } from '../catalogue/model.ts';
import { apiUrl, webPath, webUrl } from './addresses.ts';
import { gallery } from './image.ts';
import { reference, unlessEmpty } from './parts.ts';

const membership = (row: Membership): object => ({ ...reference(row, 'artists'), active: row.active });

/** @see https://www.discogs.com/developers#page:database,header:database-artist */
export const artistBody = (artist: Artist): object => ({
  name: artist.name,
  id: artist.id,
  resource_url: apiUrl(`/artists/${artist.id}`),
  uri: webUrl(webPath('artist', artist.id, artist.name)),
  releases_url: apiUrl(`/artists/${artist.id}/releases`),
  images: gallery('A', artist.id),
  realname: artist.realname,
  profile: artist.profile,
  urls: unlessEmpty(artist.urls),
  namevariations: unlessEmpty(artist.namevariations),
  aliases: unlessEmpty(artist.aliases.map((alias) => reference(alias, 'artists'))),
  groups: unlessEmpty(artist.groups.map(membership)),
  members: unlessEmpty(artist.members.map(membership)),
  data_quality: 'Needs Vote',
});
