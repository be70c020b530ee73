/** discogs-mcp-server in front of the gateway, asked by the SDK's own client over stdio. */
import { createRequire } from 'node:module';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CLIENT_KEY, check, GATEWAY_URL, LISTING, OFFER, RELEASE, USER } from './check.mjs';
import { FAILING, OTHERS, of, rated } from './discogs-mcp-tools.mjs';

const server = createRequire(import.meta.url).resolve('discogs-mcp-server');
const client = new Client({ name: 'clients', version: '1.0.0' });
await client.connect(
  new StdioClientTransport({
    command: process.execPath,
    args: [server, 'stdio'],
    env: {
      PATH: process.env.PATH ?? '',
      DISCOGS_API_URL: GATEWAY_URL,
      DISCOGS_PERSONAL_ACCESS_TOKEN: CLIENT_KEY,
    },
  }),
);

const called = new Set();
async function call(name, args = {}) {
  called.add(name);
  const { content, isError } = await client.callTool({ name, arguments: args });
  if (isError) throw new Error(`${name}: ${content[0].text}`);
  return content[0].text;
}
const json = async (name, args) => JSON.parse(await call(name, args));

async function checkCollection() {
  const { id } = await json('create_user_collection_folder', { ...of, name: 'From the shelf' });
  const folder = { ...of, folder_id: id };
  await call('edit_user_collection_folder', { ...folder, name: 'On the shelf' });
  check(
    'a folder has a new name',
    (await json('get_user_collection_folder', folder)).name === 'On the shelf',
  );
  const copy = { ...folder, release_id: RELEASE };
  const { instance_id } = await json('add_release_to_user_collection_folder', copy);
  await call('rate_release_in_user_collection', { ...copy, instance_id, rating: 3 });
  const note = { ...copy, instance_id, field_id: 3, value: 'from a friend' };
  await call('edit_user_collection_custom_field_value', note);
  await call('move_release_in_user_collection', { ...copy, instance_id, destination_folder_id: 1 });
  const { releases } = await json('find_release_in_user_collection', rated);
  const found = releases.find((one) => one.instance_id === instance_id);
  check('a copy is rated and in another folder', found.rating === 3 && found.folder_id === 1);
  check('a copy has a note', JSON.stringify(found.notes).includes('from a friend'));
  await call('delete_release_from_user_collection_folder', { ...copy, folder_id: 1, instance_id });
  await call('delete_user_collection_folder', folder);
  const { releases: after } = await json('find_release_in_user_collection', rated);
  check(
    'the copy is gone',
    after.every((one) => one.instance_id !== instance_id),
  );
}

async function callTheOthers() {
  for (const [name, args, word] of OTHERS)
    check(`${name} says ${word}`, (await call(name, args)).includes(word));
  const { listing_id } = await json('create_marketplace_listing', OFFER);
  await call('update_marketplace_listing', { ...OFFER, listing_id, price: 20 });
  const changed = await json('get_marketplace_listing', { listing_id });
  check('a listing is changed', changed.price.value === 20);
  await call('delete_marketplace_listing', { listing_id });
  await checkCollection();
  for (const [name, args, pattern] of FAILING) {
    const problem = await call(name, args).then(
      () => 'none',
      ({ message }) => message,
    );
    check(`${name} says ${pattern}`, pattern.test(problem));
  }
}

try {
  const search = (page) => json('search', { q: 'nevermind', type: 'release', page, per_page: 2 });
  const first = await search(1);
  check('a search has pages of two', first.results.length === 2 && first.pagination.pages > 1);
  check('the second page is another one', (await search(2)).results[0].id !== first.results[0].id);
  check('the identity is known', (await json('get_user_identity')).username === USER);
  const { folders } = await json('get_user_collection_folders', { username: USER });
  const folder = { username: USER, folder_id: folders[0].id, per_page: 2 };
  check(
    'the collection has releases',
    (await json('get_user_collection_items', folder)).releases.length === 2,
  );
  const wanted = async () =>
    (await json('get_user_wantlist', { username: USER, per_page: 100 })).wants.some(
      ({ id }) => id === RELEASE,
    );
  await call('add_to_wantlist', { username: USER, release_id: RELEASE, rating: 5 });
  check('a release is wanted', await wanted());
  await call('delete_item_in_wantlist', { username: USER, release_id: RELEASE });
  check('and no more', !(await wanted()));
  check('a listing is made', (await json('create_marketplace_listing', OFFER)).listing_id > 0);
  check('a listing is read', (await json('get_marketplace_listing', { listing_id: LISTING })).id === LISTING);
  await callTheOthers();
  const { tools } = await client.listTools();
  const left = tools.map(({ name }) => name).filter((name) => !called.has(name));
  // That one asks the host of the images.
  check(`all of ${tools.length} tools were called but ${left}`, left.join() === 'fetch_image');
} finally {
  await client.close();
}
