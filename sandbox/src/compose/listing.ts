/** The body of a marketplace listing. */
import type { Release } from '../catalogue/model.ts';
import type { Listing, User } from '../state/model.ts';
import { apiUrl, webUrl } from './addresses.ts';
import { gallery, thumbUrl } from './image.ts';
import { originalPrice, price } from './money.ts';
import { artistNames, displayTitle, formatText, type Holdings, statsOf } from './parts.ts';
import { estimatedWeightGrams } from './release.ts';

const SHIPPING_US_DOLLARS = 2.5;

export interface ListingContext {
  readonly holdings: Holdings;
  readonly currency: string | null;
  readonly signedIn: boolean;
  readonly forOwner: boolean;
}

const sellerBody = ({ id, username }: User): object => ({
  id,
  username,
  avatar_url: '',
  stats: { rating: '100.0', stars: 5.0, total: 15 },
  min_order_total: 5.0,
  html_url: webUrl(`/user/${username}`),
  uid: id,
  url: apiUrl(`/users/${username}`),
  payment: 'PayPal Commerce',
  shipping: 'Buyer pays shipping.',
  resource_url: apiUrl(`/users/${username}`),
});

const releaseBody = (release: Release, holdings: Holdings): object => ({
  thumbnail: thumbUrl('R', release.id),
  description: `${displayTitle(release)} (${formatText(release.format)})`,
  images: gallery('R', release.id),
  artist: artistNames(release.artists),
  format: formatText(release.format),
  resource_url: apiUrl(`/releases/${release.id}`),
  title: release.title,
  year: release.year,
  id: release.id,
  catalog_number: release.labels.map(({ catno }) => catno).join(', '),
  stats: statsOf([release], holdings),
});

const ownerFields = (listing: Listing, release: Release): object => ({
  weight: listing.weight ?? estimatedWeightGrams(release),
  estimated_weight: estimatedWeightGrams(release),
  format_quantity: listing.formatQuantity ?? Number(release.format.qty),
  external_id: listing.externalId,
  location: listing.location,
  quantity: 1,
});

/** @see https://www.discogs.com/developers#page:marketplace,header:marketplace-listing */
export const listingBody = (
  listing: Listing,
  release: Release,
  seller: User,
  context: ListingContext,
): object => ({
  id: listing.id,
  resource_url: apiUrl(`/marketplace/listings/${listing.id}`),
  uri: webUrl(`/sell/item/${listing.id}`),
  status: listing.status,
  condition: listing.condition,
  sleeve_condition: listing.sleeveCondition,
  comments: listing.comments,
  ships_from: 'Iceland',
  posted: listing.posted,
  allow_offers: listing.allowOffers,
  audio: false,
  price: price(listing.price, context.currency),
  original_price: originalPrice(listing.price),
  shipping_price: price(SHIPPING_US_DOLLARS, context.currency),
  original_shipping_price: originalPrice(SHIPPING_US_DOLLARS),
  seller: sellerBody(seller),
  release: releaseBody(release, context.holdings),
  in_cart: context.signedIn ? false : undefined,
  ...(context.forOwner ? ownerFields(listing, release) : {}),
});
