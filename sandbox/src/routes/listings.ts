/** Marketplace listings and the inventory of a seller. */
import { findRelease } from '../catalogue/catalogue.ts';
import type { Release } from '../catalogue/model.ts';
import { apiUrl } from '../compose/addresses.ts';
import { pacificTime } from '../compose/invented.ts';
import { listingBody } from '../compose/listing.ts';
import { artistNames } from '../compose/parts.ts';
import {
  invalid,
  inventoryTooDeep,
  noListing,
  noResource,
  notAuthenticated,
  notYours,
} from '../http/errors.ts';
import { requestedPage, rowsOf } from '../http/pagination.ts';
import { empty, json, message, ok, type Reply } from '../http/reply.ts';
import type { Listing, User } from '../state/model.ts';
import {
  type Call,
  callingUser,
  forUser,
  type Handler,
  holdingsOf,
  idParam,
  isOwner,
  paged,
  type Route,
} from './call.ts';
import { fieldsOf } from './input.ts';
import { BLANK_LISTING, listingChanges, listingComplaint } from './listingInput.ts';
import { sortedBy } from './sorting.ts';

const MAX_FOREIGN_PAGE = 100;
const INVENTORY_STATUSES = [
  'All',
  'Deleted',
  'Draft',
  'Expired',
  'For Sale',
  'Sold',
  'Suspended',
  'Violation',
];
const byPosted = (listing: Listing): string => listing.posted;
const releaseText = (text: (release: Release) => string) => (listing: Listing) => {
  const release = findRelease(listing.releaseId);
  return release === undefined ? '' : text(release);
};
const SORT_KEYS: Readonly<Record<string, (listing: Listing) => string | number>> = {
  listed: byPosted,
  price: ({ price }) => price,
  item: releaseText(({ title }) => title),
  artist: releaseText(({ artists }) => artistNames(artists)),
  label: releaseText(({ labels }) => labels[0]?.name ?? ''),
  catno: releaseText(({ labels }) => labels[0]?.catno ?? ''),
  status: ({ status }) => status,
  location: ({ location }) => location,
};

function shown(call: Call, listing: Listing): object | undefined {
  const release = findRelease(listing.releaseId);
  const seller = call.state.users.get(listing.seller);
  return (
    release &&
    seller &&
    listingBody(listing, release, seller, {
      holdings: holdingsOf(call),
      currency: call.query.get('curr_abbr'),
      signedIn: call.caller.kind === 'user',
      forOwner: isOwner(call, listing.seller),
    })
  );
}

function getListing(call: Call): Reply {
  const listing = call.state.listings.get(idParam(call, 'listing_id'));
  const visible = listing !== undefined && (listing.status === 'For Sale' || isOwner(call, listing.seller));
  const body = visible ? shown(call, listing) : undefined;
  return body === undefined ? noResource() : ok(body);
}

function createListing(call: Call): Reply {
  const seller = callingUser(call);
  if (seller === undefined) return notAuthenticated();
  const fields = fieldsOf(call);
  if (fields === undefined) return message(400, 'Invalid JSON body.');
  const complaint = listingComplaint(fields);
  if (complaint !== undefined) return complaint;
  const id = call.state.nextId();
  call.state.listings.set(id, {
    id,
    seller: seller.username,
    releaseId: Number(fields['release_id']),
    posted: pacificTime(call.now()),
    ...listingChanges(fields, BLANK_LISTING),
  });
  return json(201, { listing_id: id, resource_url: apiUrl(`/marketplace/listings/${id}`) });
}

/** Writes to a listing: its seller only. */
const ownListing =
  (handle: (call: Call, listing: Listing) => Reply): Handler =>
  (call) => {
    if (call.caller.kind !== 'user') return notAuthenticated();
    const listing = call.state.listings.get(idParam(call, 'listing_id'));
    if (listing === undefined) return noListing();
    return isOwner(call, listing.seller) ? handle(call, listing) : notYours();
  };

const updateListing = ownListing((call, listing) => {
  const fields = fieldsOf(call);
  if (fields === undefined) return message(400, 'Invalid JSON body.');
  const complaint = listingComplaint(fields);
  if (complaint !== undefined) return complaint;
  Object.assign(listing, listingChanges(fields, listing));
  return empty(204);
});

const deleteListing = ownListing((call, listing) => {
  call.state.listings.delete(listing.id);
  return empty(204);
});

function inventory(call: Call, user: User): Reply {
  const owner = isOwner(call, user.username);
  if (!owner && requestedPage(call.query) > MAX_FOREIGN_PAGE) return inventoryTooDeep();
  const status = call.query.get('status') ?? (owner ? 'All' : 'For Sale');
  if (!INVENTORY_STATUSES.includes(status)) {
    return invalid('status', `expected one of ${INVENTORY_STATUSES.join(', ')}`);
  }
  const listings = [...call.state.listings.values()].filter(
    (listing) =>
      listing.seller === user.username &&
      (owner || listing.status === 'For Sale') &&
      (status === 'All' || listing.status === status),
  );
  const key = SORT_KEYS[call.query.get('sort') ?? 'listed'] ?? byPosted;
  return paged(call, {
    key: 'listings',
    ...rowsOf(sortedBy(listings, key, call.query.get('sort_order')), (listing) => shown(call, listing)),
  });
}

const LISTING = '/marketplace/listings/:listing_id';

export const LISTING_ROUTES: readonly Route[] = [
  { method: 'POST', pattern: '/marketplace/listings', handle: createListing },
  { method: 'GET', pattern: LISTING, handle: getListing },
  { method: 'POST', pattern: LISTING, handle: updateListing },
  { method: 'DELETE', pattern: LISTING, handle: deleteListing },
  { method: 'GET', pattern: '/users/:username/inventory', handle: forUser(inventory) },
];
