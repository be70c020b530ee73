/** The bodies of orders and their messages. @see https://www.discogs.com/developers#page:marketplace,header:marketplace-order */
import { findRelease } from '../catalogue/catalogue.ts';
import type { User } from '../state/model.ts';
import {
  nextStatuses,
  ORDER_STATUSES,
  type Order,
  type OrderEvent,
  type OrderItem,
} from '../state/orders.ts';
import { apiUrl, webUrl } from './addresses.ts';
import { sellingFee } from './money.ts';
import { displayTitle, formatText } from './parts.ts';

const userUrl = (username: string): string => apiUrl(`/users/${username}`);
const orderUrl = ({ id }: Order): string => apiUrl(`/marketplace/orders/${id}`);
const dollars = (value: number): object => ({ currency: 'USD', value });
const userBody = ({ id, username }: User): object => ({ resource_url: userUrl(username), username, id });

function titleOf({ releaseId }: OrderItem): string {
  const release = findRelease(releaseId);
  return release ? `${displayTitle(release)} (${formatText(release.format)})` : '';
}

const itemBody = (item: OrderItem): object => ({
  release: {
    id: item.releaseId,
    description: titleOf(item),
    resource_url: apiUrl(`/releases/${item.releaseId}`),
    thumbnail: '',
  },
  price: dollars(item.price),
  media_condition: item.condition,
  sleeve_condition: item.sleeveCondition,
  id: item.listingId,
});

export function orderBody(order: Order, seller: User, buyer: User): object {
  const items = order.items.reduce((sum, { price }) => sum + price, 0);
  return {
    id: order.id,
    resource_url: orderUrl(order),
    messages_url: `${orderUrl(order)}/messages`,
    uri: webUrl(`/sell/order/${order.id}`),
    status: order.status,
    next_status: nextStatuses(order.status),
    fee: sellingFee(items, 'USD'),
    created: order.created,
    items: order.items.map(itemBody),
    shipping: { currency: 'USD', method: 'Standard', value: order.shipping },
    shipping_address: `Asdf Exampleton\n234 NE Asdf St.\nAsdf Town, Oregon, 14423\nUnited States`,
    additional_instructions: 'please use sturdy packaging.',
    archived: order.archived,
    seller: userBody(seller),
    last_activity: order.lastActivity,
    buyer: userBody(buyer),
    total: dollars(items + order.shipping),
  };
}

function eventMembers(order: Order, event: OrderEvent): object {
  switch (event.type) {
    case 'message': {
      const [first] = order.items;
      const more = order.items.length > 1 ? ` + ${order.items.length - 1} more item` : '';
      return {
        from: { username: event.from, resource_url: userUrl(event.from) },
        message: event.text,
        subject: `New Message - Order #${order.id} - ${first ? titleOf(first) : ''}${more}`,
      };
    }
    case 'status':
      return {
        status_id: ORDER_STATUSES.indexOf(event.status),
        actor: { username: event.actor, resource_url: userUrl(event.actor) },
        message: `${event.actor} changed the order status to ${event.status}.`,
        subject: '',
      };
    case 'shipping':
      return {
        original: event.original,
        new: event.new,
        message: `${event.actor} set the shipping price to $${event.new.toFixed(2)}.`,
        subject: '',
      };
    default:
      return event satisfies never;
  }
}

export const messageBody = (order: Order, event: OrderEvent): object => ({
  ...eventMembers(order, event),
  timestamp: event.timestamp,
  type: event.type,
  order: { resource_url: orderUrl(order), id: order.id },
});
