/** The catalog: every operation of the gateway, in the order of Discogs' documentation. */
import { database } from './database.ts';
import { gatewayOperations } from './gateway.ts';
import { marketplace } from './marketplace.ts';
import type { Operation } from './operation.ts';
import { userCollection } from './userCollection.ts';
import { userIdentity } from './userIdentity.ts';
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
  {
    name: 'User identity',
    description: 'Who the Discogs token belongs to, and profiles.',
    operations: userIdentity,
  },
  { name: 'Database', description: 'Artists, releases, masters, labels and search.', operations: database },
  { name: 'Marketplace', description: 'Listings and price suggestions.', operations: marketplace },
  {
    name: 'User collection',
    description: "A user's collection and its folders.",
    operations: userCollection,
  },
  { name: 'User wantlist', description: "A user's wantlist.", operations: userWantlist },
];

/** Every mirrored operation and the gateway's own. Routes, documents and tests are projections of this list. */
export const catalog: readonly Operation[] = sections.flatMap(({ operations }) => operations);
