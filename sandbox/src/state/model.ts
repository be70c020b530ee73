/** What users own and can change. */
import type { Grants } from '../oauth/grants.ts';
import type { Nonces } from '../oauth/nonces.ts';
import type { ExportJob, UploadJob } from './jobs.ts';
import type { Order } from './orders.ts';

export interface CollectionItem {
  readonly instanceId: number;
  readonly releaseId: number;
  readonly dateAdded: string;
  folderId: number;
  rating: number;
  /** By field id; only fields with a value. */
  readonly notes: Map<number, string>;
}

export interface Folder {
  readonly id: number;
  name: string;
}

export interface Want {
  readonly releaseId: number;
  readonly dateAdded: string;
  rating: number;
  notes: string;
}

export interface Listing {
  readonly id: number;
  readonly seller: string;
  readonly releaseId: number;
  readonly posted: string;
  condition: string;
  sleeveCondition: string;
  /** US dollars. */
  price: number;
  status: string;
  comments: string;
  allowOffers: boolean;
  externalId: string;
  location: string;
  /** Grams; undefined means Discogs' estimate. */
  weight: number | undefined;
  formatQuantity: number | undefined;
}

export interface ListEntry {
  readonly type: 'release' | 'master' | 'artist' | 'label';
  readonly id: number;
  readonly comment: string;
}

/** No call of the API writes lists. */
export interface UserList {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly description: string;
  readonly isPublic: boolean;
  readonly dateAdded: string;
  readonly dateChanged: string;
  readonly entries: readonly ListEntry[];
}

/** The parts of a profile its owner may edit. */
export interface EditableProfile {
  name: string;
  home_page: string;
  location: string;
  profile: string;
  curr_abbr: string;
}

export interface User {
  readonly id: number;
  readonly username: string;
  readonly registered: string;
  /** Hides collection and wantlist from everybody else. */
  readonly isPrivate: boolean;
  readonly profile: EditableProfile;
  readonly folders: Folder[];
  readonly items: CollectionItem[];
  readonly wants: Map<number, Want>;
  /** By release id, 1 to 5. */
  readonly ratings: Map<number, number>;
}

export interface State {
  readonly users: ReadonlyMap<string, User>;
  readonly listings: Map<number, Listing>;
  readonly orders: Map<string, Order>;
  readonly exports: Map<number, ExportJob>;
  readonly uploads: Map<number, UploadJob>;
  readonly lists: ReadonlyMap<number, UserList>;
  readonly grants: Grants;
  readonly nonces: Nonces;
  /** The next unused id for folders, instances and listings (composed range). */
  nextId(): number;
}
