/** The body of `GET /labels/{id}`. */
import type { Label } from '../catalogue/model.ts';
import { apiUrl, webPath, webUrl } from './addresses.ts';
import { gallery } from './image.ts';
import { reference, unlessEmpty } from './parts.ts';

/** @see https://www.discogs.com/developers#page:database,header:database-label */
export const labelBody = (label: Label): object => ({
  id: label.id,
  name: label.name,
  resource_url: apiUrl(`/labels/${label.id}`),
  uri: webUrl(webPath('label', label.id, label.name)),
  releases_url: apiUrl(`/labels/${label.id}/releases`),
  images: label.profile === undefined ? undefined : gallery('L', label.id),
  contact_info: label.contact,
  profile: label.profile,
  parent_label: label.parent && reference(label.parent, 'labels'),
  data_quality: 'Needs Vote',
  urls: unlessEmpty(label.urls),
  sublabels: unlessEmpty(label.sublabels.map((sub) => reference(sub, 'labels'))),
});
