/** The catalog: every operation of the gateway, in the order of Discogs' documentation. */
import * as database from './database.ts';
import * as gateway from './gateway.ts';
import * as marketplace from './marketplace.ts';
import type { Operation } from './operation.ts';
import * as userCollection from './userCollection.ts';
import * as userIdentity from './userIdentity.ts';
import * as userWantlist from './userWantlist.ts';

/** Every mirrored operation and the gateway's own. Routes, documents and tests are projections of this list. */
export const catalog: readonly Operation[] = [
  ...Object.values(gateway),
  ...Object.values(userIdentity),
  ...Object.values(database),
  ...Object.values(marketplace),
  ...Object.values(userCollection),
  ...Object.values(userWantlist),
];
