/** The operations this stand-in knows, by path as Discogs writes them. */
import { TOKEN_ROUTES } from '../oauth/tokenRoutes.ts';
import { ARTIST_ROUTES } from './artists.ts';
import type { Route } from './call.ts';
import { COLLECTION_ROUTES } from './collection.ts';
import { COLLECTION_WRITE_ROUTES } from './collectionWrites.ts';
import { CONTRIBUTION_ROUTES } from './contributions.ts';
import { EXPORT_ROUTES } from './exports.ts';
import { LABEL_ROUTES } from './labels.ts';
import { LISTING_ROUTES } from './listings.ts';
import { LIST_ROUTES } from './lists.ts';
import { MASTER_ROUTES } from './masters.ts';
import { ORDER_ROUTES } from './orders.ts';
import { PRICE_ROUTES } from './prices.ts';
import { RELEASE_ROUTES } from './releases.ts';
import { ROOT_ROUTES } from './root.ts';
import { SEARCH_ROUTES } from './search.ts';
import { UPLOAD_ROUTES } from './uploads.ts';
import { USER_ROUTES } from './users.ts';
import { WANTLIST_ROUTES } from './wantlist.ts';

export const ROUTES: readonly Route[] = [
  ...ROOT_ROUTES,
  ...TOKEN_ROUTES,
  ...USER_ROUTES,
  ...CONTRIBUTION_ROUTES,
  ...RELEASE_ROUTES,
  ...MASTER_ROUTES,
  ...ARTIST_ROUTES,
  ...LABEL_ROUTES,
  ...SEARCH_ROUTES,
  ...COLLECTION_ROUTES,
  ...COLLECTION_WRITE_ROUTES,
  ...WANTLIST_ROUTES,
  ...LIST_ROUTES,
  ...LISTING_ROUTES,
  ...ORDER_ROUTES,
  ...PRICE_ROUTES,
  ...EXPORT_ROUTES,
  ...UPLOAD_ROUTES,
];
