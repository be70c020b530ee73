/** Fees and price figures of the marketplace. @see https://www.discogs.com/developers#page:marketplace */
import { LIST_SECONDS, PRICE_SECONDS } from './cacheTimes.ts';
import { documentation, type Operation, operation } from './operation.ts';
import { currency, id, type Parameter } from './parameters.ts';
import * as replies from './replies/marketplace.ts';

/** Clients send up to four decimals. */
const price: Parameter = {
  accepts: (value) => /^[0-9]{1,9}(\.[0-9]{1,4})?$/.test(value),
  problem: 'must be a price with at most four decimals, such as 10.00',
  document: { type: 'number', minimum: 0, maximum: 999_999_999 },
  description: 'Price of the item.',
  example: 12.5,
};

/** In the order of Discogs' documentation. */
export const marketplacePrices: readonly Operation[] = [
  operation({
    id: 'getFee',
    entity: 'fee',
    method: 'GET',
    path: '/marketplace/fee/{price}',
    summary: 'Get the selling fee for a price in US dollars',
    description: 'What Discogs would take for an item that is sold at this price.',
    documentation: documentation('marketplace', 'fee'),
    audience: 'anyone',
    cacheSeconds: LIST_SECONDS,
    pathParameters: { price },
    reply: { statuses: [200], description: 'The fee.', schema: replies.fee },
  }),
  operation({
    id: 'getFeeWithCurrency',
    entity: 'fee',
    method: 'GET',
    path: '/marketplace/fee/{price}/{currency}',
    summary: 'Get the selling fee for a price in another currency',
    description: 'What Discogs would take for an item that is sold at this price in this currency.',
    documentation: documentation('marketplace', 'fee-with-currency'),
    audience: 'anyone',
    cacheSeconds: LIST_SECONDS,
    pathParameters: {
      price,
      currency: { ...currency, description: 'Currency of the price.', example: 'EUR' },
    },
    reply: { statuses: [200], description: 'The fee.', schema: replies.fee },
  }),
  operation({
    id: 'getMarketplaceStats',
    entity: 'marketplace_stats',
    method: 'GET',
    path: '/marketplace/stats/{release_id}',
    summary: 'Get how many copies of a release are for sale',
    description:
      'Number of copies for sale worldwide and the lowest price, with its currency. Both are null when the release may not be sold.',
    documentation: documentation('marketplace', 'release-statistics'),
    audience: 'anyone',
    cacheSeconds: PRICE_SECONDS,
    pathParameters: { release_id: id('release', 249504) },
    query: { curr_abbr: currency },
    reply: { statuses: [200], description: 'The figures.', schema: replies.marketplaceStats },
  }),
];
