/** What all checks of clients share. */

export const { CLIENT_KEY = '', GATEWAY_HOST = '', GATEWAY_PORT = '', GATEWAY_URL = '' } = process.env;
export const RELEASE = 249504;
export const USER = 'crate_digger';
/** A listing that the sandbox has from the start. */
export const LISTING = 172723812;
export const OFFER = { release_id: RELEASE, condition: 'Mint (M)', price: 12.5, status: 'Draft' };

export function check(what, holds) {
  if (!holds) throw new Error(`not so: ${what}`);
  console.log(`ok: ${what}`);
}

/** The two clients below have the same methods; `unwrap` takes the body out of what they return. */
export async function checkClient({ database, user, marketplace, getIdentity }, unwrap) {
  const search = async (page) =>
    unwrap(await database.search({ q: 'nevermind', type: 'release', page, per_page: 2 }));
  const first = await search(1);
  check('a search has pages of two', first.results.length === 2 && first.pagination.pages > 1);
  check('the second page is another one', (await search(2)).results[0].id !== first.results[0].id);
  check('the identity is known', unwrap(await getIdentity()).username === USER);
  const folders = unwrap(await user.collection().getFolders(USER)).folders;
  const items = unwrap(await user.collection().getReleases(USER, folders[0].id, { per_page: 2 })).releases;
  check('the collection has releases', items.length === 2);
  const wanted = async () => {
    const { wants } = unwrap(await user.wantlist().getReleases(USER, { per_page: 100 }));
    return wants.some(({ id }) => id === RELEASE);
  };
  await user.wantlist().addRelease(USER, RELEASE, { rating: 5 });
  check('a release is wanted', await wanted());
  await user.wantlist().removeRelease(USER, RELEASE);
  check('and no more', !(await wanted()));
  check('a listing is made', unwrap(await marketplace.addListing(OFFER)).listing_id > 0);
  check('a listing is read', unwrap(await marketplace.getListing(LISTING)).id === LISTING);
  const failure = await database.getRelease(999999998).catch((error) => error);
  check('an unknown release is an error of 404', failure.statusCode === 404);
}
