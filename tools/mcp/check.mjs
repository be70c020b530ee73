/** What an MCP client must be able to do; `Client` of both generations has the same methods. */
import { CLIENT_KEY, check, GATEWAY_URL, RELEASE, USER } from '../clients/check.mjs';

export { CLIENT_KEY, check, RELEASE };
export const ADDRESS = new URL(`${GATEWAY_URL}/mcp`);
export const HEADERS = { 'x-api-key': CLIENT_KEY };

/** `client` is connected. It checks structured content against the output schemas of the list itself. */
export async function checkTools(client) {
  const call = (name, args) => client.callTool({ name, arguments: args });
  const said = async (name, args) => {
    const { structuredContent, isError, content } = await call(name, args);
    if (isError) throw new Error(`${name}: ${content[0].text}`);
    return structuredContent;
  };

  const { tools } = await client.listTools();
  const names = tools.map(({ name }) => name);
  check('search and fetch come first', names[0] === 'search' && names[1] === 'fetch');
  check('there are more tools', names.includes('get_release') && names.includes('identify_record'));

  const { results } = await said('search', { query: 'nirvana nevermind' });
  check('search finds the album', results[0].id === 'master:13814');
  const { text, url } = await said('fetch', { id: results[0].id });
  check(
    'fetch reads it by its id',
    text.includes('Smells Like Teen Spirit') && url.endsWith('/master/13814'),
  );
  const release = await said('get_release', { release_id: RELEASE });
  check('a release is structured', release.artists === 'Rick Astley' && release.tracklist.length === 2);

  const missing = await call('get_release', { release_id: 999999998 });
  check(
    'an unknown release is an error result',
    missing.isError && missing.content[0].text.includes('not_found'),
  );
  const wrong = await call('get_release', { release: RELEASE });
  check('a wrong argument is an error result', wrong.isError && wrong.content[0].text.includes('release_id'));
  const unknown = await call('no_such_tool', {}).catch((error) => error);
  check('an unknown tool is a protocol error', unknown.code === -32602);

  const wanted = async () =>
    (await said('get_wantlist', { username: USER })).results.some(({ id }) => id === RELEASE);
  await said('add_to_wantlist', { username: USER, release_id: RELEASE, rating: 5 });
  check('a release is wanted', await wanted());
  await said('remove_from_wantlist', { username: USER, release_id: RELEASE });
  check('and no more', !(await wanted()));
}
