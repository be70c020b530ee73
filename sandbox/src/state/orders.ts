/** Orders of a seller, and which status may follow which. */
import { RELEASES } from '../catalogue/catalogue.ts';
import { pacificTime } from '../compose/invented.ts';

export interface OrderItem {
  readonly listingId: number;
  readonly releaseId: number;
  /** US dollars. */
  readonly price: number;
  readonly condition: string;
  readonly sleeveCondition: string;
}

/** What happened to an order. */
export type OrderEvent = { readonly timestamp: string } & (
  | { readonly type: 'message'; readonly from: string; readonly text: string }
  | { readonly type: 'status'; readonly actor: string; readonly status: string }
  | { readonly type: 'shipping'; readonly actor: string; readonly original: number; readonly new: number }
);

export interface Order {
  readonly id: string;
  readonly seller: string;
  readonly buyer: string;
  readonly created: string;
  readonly items: readonly OrderItem[];
  readonly archived: boolean;
  status: string;
  /** US dollars. */
  shipping: number;
  lastActivity: string;
  /** Oldest first. */
  readonly events: OrderEvent[];
}

const CANCELLED = [
  'Cancelled (Non-Paying Buyer)',
  'Cancelled (Item Unavailable)',
  "Cancelled (Per Buyer's Request)",
];
const ACTIVE = [
  'New Order',
  'Buyer Contacted',
  'Invoice Sent',
  'Payment Pending',
  'Payment Received',
  'In Progress',
  'Shipped',
];
/** In the order of `status_id`. */
export const ORDER_STATUSES: readonly string[] = [...ACTIVE, 'Refund Sent', ...CANCELLED];

/** The list for a new order is documented; that nothing goes back, and that an end is an end, is composed. */
export function nextStatuses(status: string): readonly string[] {
  if (!ACTIVE.includes(status)) return [status];
  const onward = ORDER_STATUSES.slice(ORDER_STATUSES.indexOf(status));
  return status === 'Shipped' ? onward.filter((next) => !CANCELLED.includes(next)) : onward;
}

const SEEDED_MS = Date.UTC(2025, 9, 21, 16, 25, 17);
const DAY_MS = 86_400_000;

interface Seed {
  readonly id: string;
  readonly status: string;
  readonly shipping: number;
  readonly items: number;
  readonly archived?: boolean;
}

const SEEDS: readonly Seed[] = [
  // The one that Discogs' documentation shows; its content here is composed.
  { id: '1-1', status: 'New Order', shipping: 0, items: 1 },
  { id: '1-2', status: 'Payment Received', shipping: 5, items: 2 },
  { id: '1-3', status: 'Shipped', shipping: 5, items: 1, archived: true },
];

/** The orders of `seller` at the start. `firstItemId` is the first of their items' ids. */
export const seedOrders = (seller: string, buyer: string, firstItemId: number): Map<string, Order> =>
  new Map(
    SEEDS.map(({ id, status, shipping, items, archived = false }, index) => {
      const created = pacificTime(SEEDED_MS + index * DAY_MS);
      const order: Order = {
        id,
        seller,
        buyer,
        created,
        items: Array.from({ length: items }, (_, item) => ({
          listingId: firstItemId + 10 * index + item,
          releaseId: RELEASES[5 * index + item + 2]?.id ?? 1,
          price: 21 * (item + 1),
          condition: 'Mint (M)',
          sleeveCondition: 'Mint (M)',
        })),
        archived,
        status,
        shipping,
        lastActivity: created,
        events: [
          { type: 'status', timestamp: created, actor: buyer, status: 'New Order' },
          { type: 'message', timestamp: created, from: buyer, text: 'please use sturdy packaging.' },
        ],
      };
      return [id, order];
    }),
  );
