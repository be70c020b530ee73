/** Orders of the marketplace, for their sellers. @see https://www.discogs.com/developers#page:marketplace */
import * as z from 'zod/mini';
import { once } from '../lib/once.ts';
import { OWN_SECONDS } from './cacheTimes.ts';
import { documentation, type Operation, operation } from './operation.ts';
import { choice, type Parameter, pagination, sortOrder } from './parameters.ts';
import * as replies from './replies/marketplace.ts';

/** To which a seller may set an order. */
const STATUSES = [
  'New Order',
  'Buyer Contacted',
  'Invoice Sent',
  'Payment Pending',
  'Payment Received',
  'In Progress',
  'Shipped',
  'Refund Sent',
  'Cancelled (Non-Paying Buyer)',
  'Cancelled (Item Unavailable)',
  "Cancelled (Per Buyer's Request)",
] as const;

const ORDER_ID_PATTERN = '^[0-9]{1,15}-[0-9]{1,15}$';
const orderId: Parameter = {
  accepts: (value) => new RegExp(ORDER_ID_PATTERN).test(value),
  problem: "must be the seller's id, a hyphen and a number, such as 1-1",
  document: { type: 'string', pattern: ORDER_ID_PATTERN },
  description: "Id of the order: the seller's id, a hyphen and a number.",
  example: '1-1',
};

/** A date, or a date with a time. Discogs reads it. */
const TIME_PATTERN = '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]{2,15}(Z|[+-][0-9]{2}:?[0-9]{2})?)?$';
const time = (description: string, example: string): Parameter => ({
  accepts: (value) => new RegExp(TIME_PATTERN).test(value),
  problem: 'must be a time in ISO 8601, such as 2019-06-20T00:00:00Z',
  document: { type: 'string', pattern: TIME_PATTERN },
  description,
  example,
});

const status = () =>
  z.optional(z.enum(STATUSES).check(z.describe('The new status, one of "next_status" of the order.')));
const has = (value: object, name: string): boolean => Object.hasOwn(value, name);

const orderEdit = once(() =>
  z
    .looseObject({
      status: status(),
      shipping: z.optional(
        z
          .number()
          .check(
            z.gte(0),
            z.describe('Price of shipping. Sends an invoice, and makes the status "Invoice Sent".'),
          ),
      ),
    })
    .check(
      z.refine((edit) => has(edit, 'status') !== has(edit, 'shipping'), {
        error: 'must have either status or shipping; Discogs takes one at a time',
      }),
    ),
);

const newMessage = once(() =>
  z
    .looseObject({
      message: z.optional(z.string().check(z.minLength(1), z.describe('What the buyer is told.'))),
      status: status(),
    })
    .check(
      z.refine((edit) => has(edit, 'message') || has(edit, 'status'), {
        error: 'must have message or status',
      }),
    ),
);

const ofSeller = { audience: 'seller' } as const;
const readOfSeller = { ...ofSeller, cacheSeconds: OWN_SECONDS } as const;

/** In the order of Discogs' documentation. */
export const marketplaceOrders: readonly Operation[] = [
  operation({
    ...readOfSeller,
    id: 'getOrder',
    entity: 'order',
    method: 'GET',
    path: '/marketplace/orders/{order_id}',
    summary: 'Get an order',
    description:
      'One order of the seller: items, buyer, address, status and the statuses that may come next.',
    documentation: documentation('marketplace', 'order'),
    pathParameters: { order_id: orderId },
    reply: { statuses: [200], description: 'The order.', schema: replies.order },
  }),
  operation({
    ...ofSeller,
    id: 'updateOrder',
    entity: 'order',
    effect: 'write',
    method: 'POST',
    path: '/marketplace/orders/{order_id}',
    summary: 'Change the status or the shipping price of an order',
    description:
      'The buyer gets a message about it. Take a status from "next_status" of the order. Ask for confirmation first.',
    documentation: documentation('marketplace', 'order'),
    pathParameters: { order_id: orderId },
    body: {
      required: true,
      description: 'Either the new status or the price of shipping.',
      requiredFields: [],
      schema: orderEdit,
      example: { status: 'Payment Received' },
    },
    reply: { statuses: [200], description: 'The order as it is now.', schema: replies.order },
  }),
  operation({
    ...readOfSeller,
    id: 'listOrders',
    entity: 'orders',
    method: 'GET',
    path: '/marketplace/orders',
    summary: "List the seller's orders",
    description: 'Orders that buyers have placed with the owner of the token.',
    documentation: documentation('marketplace', 'list-orders'),
    query: {
      status: choice('Only orders with this status.', [
        'All',
        ...STATUSES,
        'Merged',
        'Order Changed',
        'Cancelled',
        'Cancelled (Refund Received)',
      ]),
      created_after: time('Only orders placed after this time.', '2019-06-20T00:00:00Z'),
      created_before: time('Only orders placed before this time.', '2030-06-20'),
      archived: choice('Only archived orders, or only others; both when absent.', ['true', 'false']),
      sort: choice('Sort key.', ['id', 'buyer', 'created', 'status', 'last_activity']),
      sort_order: sortOrder,
      ...pagination,
    },
    reply: { statuses: [200], description: 'One page of orders.', schema: replies.orders },
  }),
  operation({
    ...readOfSeller,
    id: 'listOrderMessages',
    entity: 'order_messages',
    method: 'GET',
    path: '/marketplace/orders/{order_id}/messages',
    summary: 'List the messages of an order',
    description: 'What buyer and seller wrote, and every change of status and shipping; the newest first.',
    documentation: documentation('marketplace', 'list-order-messages'),
    pathParameters: { order_id: orderId },
    query: pagination,
    reply: { statuses: [200], description: 'One page of messages.', schema: replies.orderMessages },
  }),
  operation({
    ...ofSeller,
    id: 'addOrderMessage',
    entity: 'order_messages',
    effect: 'write',
    method: 'POST',
    path: '/marketplace/orders/{order_id}/messages',
    summary: 'Write to the buyer of an order',
    description: 'Adds a message to an order, changes its status, or both. Ask for confirmation first.',
    documentation: documentation('marketplace', 'list-order-messages'),
    pathParameters: { order_id: orderId },
    body: {
      required: true,
      description: 'The message, the new status, or both.',
      requiredFields: [],
      schema: newMessage,
      example: { message: 'Your record is on its way.' },
    },
    reply: { statuses: [201], description: 'The message.', schema: replies.orderMessage },
  }),
];
