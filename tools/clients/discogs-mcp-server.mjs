/** discogs-mcp-server in front of the gateway, asked by the SDK's own client over stdio. */
import { createRequire } from 'node:module';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CLIENT_KEY, check, GATEWAY_URL, LISTING, OFFER, RELEASE, USER } from './check.mjs';

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

async function call(name, args = {}) {
  const { content, isError } = await client.callTool({ name, arguments: args });
  if (isError) throw new Error(`${name}: ${content[0].text}`);
  return content[0].text;
}
const json = async (name, args) => JSON.parse(await call(name, args));

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
} finally {
  await client.close();
}
