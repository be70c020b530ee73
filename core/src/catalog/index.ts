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

/** A part of Discogs' documentation; a tag of the OpenAPI document. */
export interface Section {
  readonly name: string;
  readonly description: string;
  readonly operations: readonly Operation[];
}

export const sections: readonly Section[] = [
  {
    name: 'Gateway',
    description: 'What the gateway answers without calling Discogs.',
    operations: gatewayOperations,
  },
  { name: 'Discogs', description: 'What Discogs says about its API.', operations: root },
  {
    name: 'User identity',
    description: 'Who the Discogs token belongs to, and profiles.',
    operations: userIdentity,
  },
  {
    name: 'Database',
    description: 'Artists, releases, masters, labels and search.',
    operations: [...database, ...releaseFigures],
  },
  {
    name: 'Marketplace',
    description: 'Listings, orders, fees and prices.',
    operations: [...marketplace, ...marketplaceOrders, ...marketplacePrices],
  },
  { name: 'Inventory export', description: 'The inventory as a CSV file.', operations: inventoryExport },
  {
    name: 'Inventory upload',
    description: 'Listings added, changed and deleted by CSV files.',
    operations: inventoryUpload,
  },
  {
    name: 'User collection',
    description: "A user's collection and its folders.",
    operations: [...userCollection, ...userCollectionWrites],
  },
  { name: 'User wantlist', description: "A user's wantlist.", operations: userWantlist },
  { name: 'User lists', description: 'Lists that users make of records.', operations: userLists },
];

/** Every mirrored operation and the gateway's own. Routes, documents and tests are projections of this list. */
export const catalog: readonly Operation[] = sections.flatMap(({ operations }) => operations);
