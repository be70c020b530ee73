/** Bodies about users: identity, profile. */
import { RELEASES } from '../catalogue/catalogue.ts';
import type { State, User } from '../state/model.ts';
import { apiUrl, webUrl } from './addresses.ts';
import { avatarUrl } from './image.ts';
import { SUBMITTER } from './release.ts';

const RANK = 149.0;

/** @see https://www.discogs.com/developers#page:user-identity,header:user-identity-identity */
export const identityBody = ({ id, username }: User): object => ({
  id,
  username,
  resource_url: apiUrl(`/users/${username}`),
  consumer_name: 'Example application',
});

/**
 * The owner also sees the address and the unread messages.
 * @see https://www.discogs.com/developers#page:user-identity,header:user-identity-profile
 */
export function profileBody(user: User, { listings, lists }: State, forOwner: boolean): object {
  const { id, username, profile } = user;
  const ratings = [...user.ratings.values()];
  const listsVisible = forOwner || !user.isPrivate;
  return {
    id,
    resource_url: apiUrl(`/users/${username}`),
    uri: webUrl(`/user/${username}`),
    username,
    name: profile.name,
    home_page: profile.home_page,
    location: profile.location,
    profile: profile.profile,
    registered: user.registered,
    rank: RANK,
    num_pending: 0,
    num_for_sale: [...listings.values()].filter(
      ({ seller, status }) => seller === username && status === 'For Sale',
    ).length,
    num_lists: [...lists.values()].filter((list) => list.owner === username && (forOwner || list.isPublic))
      .length,
    releases_contributed: username === SUBMITTER.username ? RELEASES.length : 0,
    releases_rated: ratings.length,
    rating_avg: ratings.length === 0 ? 0 : ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length,
    inventory_url: apiUrl(`/users/${username}/inventory`),
    collection_folders_url: apiUrl(`/users/${username}/collection/folders`),
    collection_fields_url: apiUrl(`/users/${username}/collection/fields`),
    wantlist_url: apiUrl(`/users/${username}/wants`),
    avatar_url: avatarUrl(id),
    curr_abbr: profile.curr_abbr,
    activated: true,
    marketplace_suspended: false,
    banner_url: '',
    buyer_rating: 100.0,
    buyer_rating_stars: 5.0,
    buyer_num_ratings: 144,
    seller_rating: 100.0,
    seller_rating_stars: 5.0,
    seller_num_ratings: 21,
    is_staff: false,
    num_collection: listsVisible ? user.items.length : undefined,
    num_wantlist: listsVisible ? user.wants.size : undefined,
    email: forOwner ? `${username}@example.com` : undefined,
    num_unread: forOwner ? 0 : undefined,
  };
}
