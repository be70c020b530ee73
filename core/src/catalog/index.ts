/** The catalog: every operation of the gateway, in the order of Discogs' documentation. */
import { database } from './database.ts';
import { gatewayOperations } from './gateway.ts';
import { inventoryExport } from './inventoryExport.ts';
import { inventoryUpload } from './inventoryUpload.ts';
import { marketplace } from './marketplace.ts';
import { marketplaceOrders } from './marketplaceOrders.ts';
import { marketplacePrices } from './marketplacePrices.ts';
import type { Operation } from './operation.ts';
import { releaseFigures } from './releaseFigures.ts';
import { root } from './root.ts';
import { userCollection } from './userCollection.ts';
import { userCollectionWrites } from './userCollectionWrites.ts';
import { userIdentity } from './userIdentity.ts';
import { userLists } from './userLists.ts';
import { userWantlist } from './userWantlist.ts';

/** Every mirrored operation and the gateway's own. Routes, documents and tests are projections of this list. */
export const catalog: readonly Operation[] = [
  ...gatewayOperations,
  ...root,
  ...userIdentity,
  ...database,
  ...releaseFigures,
  ...marketplace,
  ...marketplaceOrders,
  ...marketplacePrices,
  ...inventoryExport,
  ...inventoryUpload,
  ...userCollection,
  ...userCollectionWrites,
  ...userWantlist,
  ...userLists,
];
