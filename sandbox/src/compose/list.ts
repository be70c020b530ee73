/** Lists and their items. */
import { findArtist, findLabel, findMaster, findRelease } from '../catalogue/catalogue.ts';
import type { ListEntry, User, UserList } from '../state/model.ts';
import { apiUrl, listUrl, webPath, webUrl } from './addresses.ts';
import { thumbUrl } from './image.ts';
import { displayTitle, type Holdings, mainRelease, statsOf } from './parts.ts';

/** @see https://www.discogs.com/developers#page:user-lists,header:user-lists-user-lists */
export const listRow = ({ id, name, description, isPublic, dateAdded, dateChanged }: UserList): object => ({
  date_added: dateAdded,
  date_changed: dateChanged,
  name,
  id,
  uri: listUrl(id, name),
  resource_url: apiUrl(`/lists/${id}`),
  public: isPublic,
  description,
});

interface Named {
  readonly title: string;
  readonly image: string;
  readonly stats?: object;
}

function named({ type, id }: ListEntry, holdings: Holdings): Named | undefined {
  const release = type === 'release' ? findRelease(id) : undefined;
  const master = type === 'master' ? findMaster(id) : undefined;
  const other = type === 'artist' ? findArtist(id) : type === 'label' ? findLabel(id) : undefined;
  const main = release ?? (master && mainRelease(master));
  if (main !== undefined) {
    const stats = statsOf(master?.versions ?? [main], holdings);
    return { title: displayTitle(main), image: thumbUrl('R', main.id), stats };
  }
  return other && { title: other.name, image: thumbUrl(type === 'artist' ? 'A' : 'L', id) };
}

/** Strangers get no images, and nothing about what they own. */
function entryRow(entry: ListEntry, holdings: Holdings, signedIn: boolean): object[] {
  const found = named(entry, holdings);
  if (found === undefined) return [];
  const { id, type, comment } = entry;
  return [
    {
      id,
      type,
      display_title: found.title,
      comment,
      uri: webUrl(webPath(type, id, found.title)),
      resource_url: apiUrl(`/${type}s/${id}`),
      image_url: signedIn ? found.image : '',
      stats: found.stats && { ...found.stats, ...(signedIn ? {} : { user: undefined }) },
    },
  ];
}

/** @see https://www.discogs.com/developers#page:user-lists,header:user-lists-list */
export function listBody(list: UserList, owner: User, holdings: Holdings, signedIn: boolean): object {
  const { id, name, description, isPublic, dateAdded, dateChanged, entries } = list;
  return {
    id,
    user: {
      id: owner.id,
      avatar_url: '',
      username: owner.username,
      resource_url: apiUrl(`/users/${owner.username}`),
    },
    name,
    description,
    public: isPublic,
    date_added: dateAdded,
    date_changed: dateChanged,
    uri: listUrl(id, name),
    resource_url: apiUrl(`/lists/${id}`),
    image_url: '',
    items: entries.flatMap((entry) => entryRow(entry, holdings, signedIn)),
  };
}
