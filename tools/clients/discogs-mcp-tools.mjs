/** Most tools of discogs-mcp-server, for `discogs-mcp-server.mjs`. */
import { RELEASE, USER } from './check.mjs';

export const of = { username: USER };
export const rated = { ...of, release_id: RELEASE };
const ORDER = { order_id: 1 };
/** Tools in the order in which they can be called, with their arguments, and what the answer must contain. */
export const OTHERS = [
  ['get_release', { release_id: RELEASE, curr_abbr: 'EUR' }, 'Rick Astley'],
  ['edit_release_rating', { ...rated, rating: 4 }, '"rating":4'],
  ['get_release_rating_by_user', rated, '"rating":4'],
  ['delete_release_rating', rated, 'deleted'],
  ['get_release_community_rating', { release_id: RELEASE }, '"average"'],
  ['get_master_release', { master_id: 96559 }, 'Never Gonna Give You Up'],
  ['get_master_release_versions', { master_id: 96559, country: 'US', sort: 'released' }, '5347-7-R'],
  ['get_artist', { artist_id: 108713 }, 'Nickelback'],
  ['get_artist_releases', { artist_id: 108713, sort: 'year', sort_order: 'desc' }, 'Curb'],
  ['get_label', { label_id: 895 }, 'RCA'],
  ['get_label_releases', { label_id: 895, per_page: 5 }, 'Rick Astley'],
  ['get_user_inventory', { ...of, status: 'For Sale', sort: 'price' }, 'Very Good Plus (VG+)'],
  // It can read orders whose id is a number, and Discogs has none.
  ['get_marketplace_orders', { status: 'Refund Sent', per_page: 5 }, '"orders":[]'],
  ['get_marketplace_release_stats', { release_id: RELEASE, curr_abbr: 'EUR' }, 'EUR'],
  ['get_inventory_exports', {}, '599632'],
  ['get_inventory_export', { id: 599632 }, 'crate_digger'],
  ['download_inventory_export', { id: 599632 }, 'listing_id'],
  // After the three above: it cannot read an export that is not ready.
  ['inventory_export', {}, 'requested'],
  ['get_user_profile', of, 'Dagny Crate'],
  ['edit_user_profile', { ...of, name: 'Dagny C.' }, 'Dagny C.'],
  ['get_user_submissions', of, 'submissions'],
  ['get_user_contributions', { ...of, per_page: 5, sort: 'year' }, 'contributions'],
  ['get_user_collection_custom_fields', of, 'Media Condition'],
  ['get_user_collection_value', of, 'median'],
  ['edit_item_in_wantlist', { ...of, release_id: 3128432, rating: 1 }, '"rating":1'],
  ['get_user_lists', of, 'Where to start'],
];

/**
 * Those that cannot work at Discogs either, and what they say: four take a number where the id of an order has a dash,
 * one wants the images and figures that items of lists do not always have.
 */
export const FAILING = [
  ['get_marketplace_order', ORDER, /such as 1-1/],
  ['edit_marketplace_order', { ...ORDER, status: 'Shipped' }, /such as 1-1/],
  ['get_marketplace_order_messages', ORDER, /such as 1-1/],
  ['create_marketplace_order_message', { ...ORDER, message: 'Sent today.' }, /such as 1-1/],
  ['get_list', { list_id: 1710462 }, /image_url/],
];
