/** What a release is worth, and what Discogs takes: suggestions for sellers, statistics and fees for everybody. */
import { findRelease } from '../catalogue/catalogue.ts';
import { inventedForSale, inventedPrice } from '../compose/invented.ts';
import { CURRENCIES, price, sellingFee } from '../compose/money.ts';
import { CONDITIONS } from '../data/conditions.ts';
import { invalid, noReleaseToSell, notAuthenticated } from '../http/errors.ts';
import { ok, type Reply } from '../http/reply.ts';
import { type Call, callingUser, idParam, type Route } from './call.ts';

/** What a worse grade keeps of the price of a mint copy (composed). */
const KEPT_PER_GRADE = 0.78;
const MINT_PER_LOWEST = 2.4;

function priceSuggestions(call: Call): Reply {
  const user = callingUser(call);
  if (user === undefined) return notAuthenticated();
  const release = findRelease(idParam(call, 'release_id'));
  if (release === undefined) return noReleaseToSell();
  const mint = inventedPrice(release.id) * MINT_PER_LOWEST;
  const suggestions = CONDITIONS.map((condition, grade) => {
    const { value, currency } = price(mint * KEPT_PER_GRADE ** grade, user.profile.curr_abbr);
    return [condition, { currency, value }];
  });
  return ok(Object.fromEntries(suggestions));
}

function marketplaceStats(call: Call): Reply {
  const release = findRelease(idParam(call, 'release_id'));
  if (release === undefined) return noReleaseToSell();
  const currency = call.query.get('curr_abbr') ?? callingUser(call)?.profile.curr_abbr ?? null;
  return ok({
    num_for_sale: inventedForSale(release.id),
    lowest_price: price(inventedPrice(release.id), currency),
    blocked_from_sale: false,
  });
}

function fee({ params }: Call): Reply {
  const value = Number(params['price']);
  const currency = params['currency'] ?? 'USD';
  if (!Number.isFinite(value) || value < 0) return invalid('price', 'expected float');
  if (!CURRENCIES.includes(currency)) return invalid('currency', `expected one of ${CURRENCIES.join(', ')}`);
  return ok(sellingFee(value, currency));
}

export const PRICE_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/marketplace/fee/:price', handle: fee },
  { method: 'GET', pattern: '/marketplace/fee/:price/:currency', handle: fee },
  { method: 'GET', pattern: '/marketplace/price_suggestions/:release_id', handle: priceSuggestions },
  { method: 'GET', pattern: '/marketplace/stats/:release_id', handle: marketplaceStats },
];
