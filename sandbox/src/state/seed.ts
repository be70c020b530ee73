/** The two users and their possessions at the start; all of it composed. */
import { SANDBOX_USERNAME } from '../accounts.ts';
import { RELEASES } from '../catalogue/catalogue.ts';
import { pacificTime } from '../compose/invented.ts';
import { inventoryCsv } from '../compose/inventoryCsv.ts';
import { exportFilename } from '../compose/job.ts';
import { COMPOSED_ID_MIN } from '../data/facts.ts';
import { createGrants } from '../oauth/grants.ts';
import { createNonces } from '../oauth/nonces.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../oauth/verify.ts';
import type { ExportJob, UploadJob } from './jobs.ts';
import type { CollectionItem, Folder, Listing, State, User, Want } from './model.ts';
import { seedOrders } from './orders.ts';
import { seedLists } from './seedLists.ts';

/** A user whose collection and wantlist are private; nobody holds a token for them. */
const PRIVATE_USERNAME = 'quiet_listener';

const FIRST_INSTANCE_ID = COMPOSED_ID_MIN + 1_000_000;
/** The listing that Discogs' documentation shows; its content here is composed. */
const DOCUMENTED_LISTING_ID = 172_723_812;
/** The export that it shows. */
const DOCUMENTED_EXPORT_ID = 599_632;
const EXPORTED_MS = Date.UTC(2024, 8, 27, 19, 59, 2);
const FIRST_LISTING_ID = COMPOSED_ID_MIN + 2_000_000;
const FIRST_ORDER_ITEM_ID = COMPOSED_ID_MIN + 2_500_000;
const FIRST_WRITTEN_ID = COMPOSED_ID_MIN + 3_000_000;
const SEEDED_SINCE_MS = Date.UTC(2023, 4, 6, 15, 30);
const REGISTERED_DAYS_BEFORE = 2_000;
const DAY_MS = 86_400_000;

const FOLDERS: readonly Folder[] = [
  { id: 0, name: 'All' },
  { id: 1, name: 'Uncategorized' },
  { id: 5001, name: 'Sunday Morning' },
  { id: 5002, name: 'Dance Floor' },
  { id: 5003, name: 'To Be Cleaned' },
];
/** A folder without copies, which can be deleted. */
const EMPTY_FOLDER: Folder = { id: 5004, name: 'New Arrivals' };
const dayOf = (index: number): string => pacificTime(SEEDED_SINCE_MS + index * DAY_MS);

/** Every third record, dealt to the folders other than "All" in turn. */
function seedItems(firstInstanceId: number, count: number, folders: readonly Folder[]): CollectionItem[] {
  const places = folders.filter(({ id }) => id !== 0);
  return RELEASES.filter((_, index) => index % 3 === 0)
    .slice(0, count)
    .map(({ id }, index) => ({
      instanceId: firstInstanceId + index,
      releaseId: id,
      dateAdded: dayOf(index),
      folderId: places[index % places.length]?.id ?? 1,
      rating: index % 6,
      notes: new Map(),
    }));
}

/** Records right after the owned ones, so that wants and collection do not overlap. */
const seedWants = (count: number): Map<number, Want> =>
  new Map(
    RELEASES.filter((_, index) => index % 3 === 1)
      .slice(0, count)
      .map(({ id }, index) => [
        id,
        {
          releaseId: id,
          dateAdded: dayOf(100 + index),
          rating: index % 6,
          notes: index === 0 ? 'First pressing only' : '',
        },
      ]),
  );

const seedUser = (
  id: number,
  username: string,
  items: CollectionItem[],
  isPrivate: boolean,
  wants: number,
): User => ({
  id,
  username,
  registered: dayOf(-REGISTERED_DAYS_BEFORE),
  isPrivate,
  profile: {
    name: username === SANDBOX_USERNAME ? 'Dagny Crate' : '',
    home_page: '',
    location: username === SANDBOX_USERNAME ? 'Reykjavík' : '',
    profile: username === SANDBOX_USERNAME ? 'I dig.\r\n\r\nSee [l=Svek] and [a=Björk].' : '',
    curr_abbr: 'USD',
  },
  folders: (isPrivate ? FOLDERS.slice(0, 2) : [...FOLDERS, EMPTY_FOLDER]).map((folder) => ({ ...folder })),
  items,
  wants: seedWants(wants),
  ratings: new Map(
    items.filter(({ rating }) => rating > 0).map(({ releaseId, rating }) => [releaseId, rating]),
  ),
});

const seedListing = (index: number, seller: string, price: number, comments: string): Listing => ({
  id: index === 0 ? DOCUMENTED_LISTING_ID : FIRST_LISTING_ID + index,
  seller,
  releaseId: RELEASES[index * 7]?.id ?? 1,
  posted: dayOf(200 + index),
  condition: 'Very Good Plus (VG+)',
  sleeveCondition: 'Very Good (VG)',
  price,
  status: 'For Sale',
  comments,
  allowOffers: index % 2 === 0,
  externalId: '',
  location: `Shelf ${index}`,
  weight: undefined,
  formatQuantity: undefined,
});

const seedExport = (owner: string, listings: readonly Listing[]): ExportJob => ({
  id: DOCUMENTED_EXPORT_ID,
  owner,
  createdMs: EXPORTED_MS,
  filename: exportFilename(owner, EXPORTED_MS),
  csv: inventoryCsv(listings.filter(({ seller }) => seller === owner)),
});

/** The upload that Discogs' documentation shows. */
const seedUpload = (owner: string): UploadJob => ({
  id: 119_615,
  owner,
  createdMs: Date.UTC(2024, 11, 18, 17, 20, 28),
  filename: 'add.csv',
  type: 'change',
  results: 'CSV file contains 1 records.<p>Processed 1 records.',
});

/** A fresh copy of the starting state; nobody has let an application in yet. */
export function seedState(now: () => number): State {
  const digger = seedUser(
    COMPOSED_ID_MIN + 1,
    SANDBOX_USERNAME,
    seedItems(FIRST_INSTANCE_ID, 28, FOLDERS),
    false,
    10,
  );
  const quietItems = seedItems(FIRST_INSTANCE_ID + 1_000, 3, FOLDERS.slice(0, 2));
  const quiet = seedUser(COMPOSED_ID_MIN + 2, PRIVATE_USERNAME, quietItems, true, 2);
  const listings = [
    seedListing(0, SANDBOX_USERNAME, 24.5, 'Light hairlines, plays clean.'),
    seedListing(1, SANDBOX_USERNAME, 120, 'Original inner; R&amp;B corner cut.'),
    seedListing(2, SANDBOX_USERNAME, 9.99, ''),
    seedListing(3, SANDBOX_USERNAME, 35, 'Includes insert.'),
    seedListing(4, PRIVATE_USERNAME, 15, ''),
  ];
  let nextId = FIRST_WRITTEN_ID;
  return {
    users: new Map([digger, quiet].map((user) => [user.username, user])),
    lists: seedLists(SANDBOX_USERNAME),
    listings: new Map(listings.map((listing) => [listing.id, listing])),
    orders: seedOrders(SANDBOX_USERNAME, PRIVATE_USERNAME, FIRST_ORDER_ITEM_ID),
    exports: new Map([[DOCUMENTED_EXPORT_ID, seedExport(SANDBOX_USERNAME, listings)]]),
    uploads: new Map([seedUpload(SANDBOX_USERNAME)].map((upload) => [upload.id, upload])),
    grants: createGrants(now),
    nonces: createNonces(CLOCK_TOLERANCE_SECONDS),
    nextId: () => nextId++,
  };
}
