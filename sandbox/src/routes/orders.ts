/** Orders, for their seller only. */
import { pacificTime } from '../compose/invented.ts';
import { messageBody, orderBody } from '../compose/order.ts';
import { invalid, noResource, notAuthenticated, notYours } from '../http/errors.ts';
import { rowsOf } from '../http/pagination.ts';
import { json, message, ok, type Reply } from '../http/reply.ts';
import { nextStatuses, ORDER_STATUSES, type Order, type OrderEvent } from '../state/orders.ts';
import { type Call, callingUser, type Handler, isOwner, paged, type Route } from './call.ts';
import { fieldsOf, numberField, textField } from './input.ts';
import { sortedBy } from './sorting.ts';

const FILTERS = [
  'All',
  ...ORDER_STATUSES,
  'Merged',
  'Order Changed',
  'Cancelled',
  'Cancelled (Refund Received)',
];
const byCreated = ({ created }: Order): string => created;
const SORT_KEYS: Readonly<Record<string, (order: Order) => string | number>> = {
  id: ({ id }) => Number(id.split('-')[1]),
  buyer: ({ buyer }) => buyer,
  created: byCreated,
  status: ({ status }) => status,
  last_activity: ({ lastActivity }) => lastActivity,
};

function shown({ state }: Call, order: Order): object {
  const seller = state.users.get(order.seller);
  const buyer = state.users.get(order.buyer);
  return seller && buyer ? orderBody(order, seller, buyer) : {};
}

const ofSeller =
  (handle: (call: Call, order: Order) => Reply): Handler =>
  (call) => {
    if (call.caller.kind !== 'user') return notAuthenticated();
    const order = call.state.orders.get(call.params['order'] ?? '');
    if (order === undefined) return noResource();
    return isOwner(call, order.seller) ? handle(call, order) : notYours();
  };

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'timestamp'> : never;

function record(call: Call, order: Order, event: WithoutTime<OrderEvent>): OrderEvent {
  const timestamp = pacificTime(call.now());
  const recorded = { ...event, timestamp };
  order.events.push(recorded);
  order.lastActivity = timestamp;
  return recorded;
}

/** Undefined when `status` may come next. The wording is composed. */
const statusComplaint = (order: Order, status: string): Reply | undefined => {
  const next = nextStatuses(order.status);
  return next.includes(status) ? undefined : invalid('status', `expected one of ${next.join(', ')}`);
};

function setStatus(call: Call, order: Order, status: string): OrderEvent {
  order.status = status;
  return record(call, order, { type: 'status', actor: order.seller, status });
}

const updateOrder = ofSeller((call, order) => {
  const fields = fieldsOf(call);
  if (fields === undefined) return message(400, 'Invalid JSON body.');
  const status = textField(fields, 'status');
  const shipping = numberField(fields, 'shipping');
  // The rule is documented, its wording is composed.
  if (status !== undefined && shipping !== undefined) {
    return message(422, 'Status and shipping cannot be changed in one request.');
  }
  if (shipping !== undefined && !(shipping >= 0)) return invalid('shipping', 'expected float');
  const wanted = shipping === undefined ? status : 'Invoice Sent';
  const complaint = wanted === undefined ? undefined : statusComplaint(order, wanted);
  if (complaint !== undefined) return complaint;
  if (shipping !== undefined) {
    record(call, order, { type: 'shipping', actor: order.seller, original: order.shipping, new: shipping });
    order.shipping = shipping;
  }
  if (wanted !== undefined) setStatus(call, order, wanted);
  return ok(shown(call, order));
});

const addMessage = ofSeller((call, order) => {
  const fields = fieldsOf(call);
  if (fields === undefined) return message(400, 'Invalid JSON body.');
  const text = textField(fields, 'message');
  const status = textField(fields, 'status');
  if (text === undefined && status === undefined) return invalid('message', 'expected message or status');
  const complaint = status === undefined ? undefined : statusComplaint(order, status);
  if (complaint !== undefined) return complaint;
  const changed = status === undefined ? undefined : setStatus(call, order, status);
  const said =
    text === undefined ? undefined : record(call, order, { type: 'message', from: order.seller, text });
  const last = said ?? changed;
  return last === undefined ? noResource() : json(201, messageBody(order, last));
});

function listOrders(call: Call): Reply {
  const seller = callingUser(call);
  if (seller === undefined) return notAuthenticated();
  const { query } = call;
  const status = query.get('status') ?? 'All';
  if (!FILTERS.includes(status)) return invalid('status', `expected one of ${FILTERS.join(', ')}`);
  const after = Date.parse(query.get('created_after') ?? '1970-01-01');
  const before = Date.parse(query.get('created_before') ?? '9999-01-01');
  const archived = query.get('archived');
  const orders = [...call.state.orders.values()].filter((order) => {
    const created = Date.parse(order.created);
    return (
      order.seller === seller.username &&
      (status === 'All' ||
        order.status === status ||
        (status === 'Cancelled' && order.status.startsWith(status))) &&
      created > after &&
      created < before &&
      (archived === null || String(order.archived) === archived)
    );
  });
  const key = SORT_KEYS[query.get('sort') ?? 'created'] ?? byCreated;
  return paged(call, {
    key: 'orders',
    ...rowsOf(sortedBy(orders, key, query.get('sort_order')), (order) => shown(call, order)),
  });
}

const listMessages = ofSeller((call, order) =>
  paged(call, {
    key: 'messages',
    ...rowsOf(order.events.toReversed(), (event) => messageBody(order, event)),
  }),
);

// The name does not end in `_id`: an order's id has a hyphen.
const ORDER = '/marketplace/orders/:order';

export const ORDER_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/marketplace/orders', handle: listOrders },
  { method: 'GET', pattern: ORDER, handle: ofSeller((call, order) => ok(shown(call, order))) },
  { method: 'POST', pattern: ORDER, handle: updateOrder },
  { method: 'GET', pattern: `${ORDER}/messages`, handle: listMessages },
  { method: 'POST', pattern: `${ORDER}/messages`, handle: addMessage },
];
