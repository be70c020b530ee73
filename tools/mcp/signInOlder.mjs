/** The auth flow of the client in `@modelcontextprotocol/sdk`. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ADDRESS, check, checkTools } from './check.mjs';
import { createProvider, signInAt } from './signIn.mjs';

const connect = async (authProvider) => {
  const client = new Client({ name: 'older', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(ADDRESS, { authProvider });
  const problem = await client.connect(transport).catch((error) => error);
  return { client, transport, problem };
};

const authProvider = createProvider('older');
const { transport, problem } = await connect(authProvider);
check(
  `the server asks for a sign-in: ${problem?.constructor.name}`,
  authProvider.saved.authorization !== undefined,
);
const back = await signInAt(authProvider);
await transport.finishAuth(back.searchParams.get('code'));
const { client, problem: second } = await connect(authProvider);
check(`the code signs the user in: ${second?.message ?? 'connected'}`, second === undefined);
await checkTools(client);
await client.close();

const { saved } = authProvider;
const { access_token, refresh_token } = saved.tokens;
saved.tokens = { ...saved.tokens, access_token: access_token.replace(/.{8}$/, '00000000') };
const third = await connect(authProvider);
check('a client whose token is none refreshes it by itself', third.problem === undefined);
check('and has another pair', saved.tokens.refresh_token !== refresh_token);
await checkTools(third.client);
await third.client.close();

// It refreshes its token where it should ask for more rights, and then tells its host what the server says.
const reader = createProvider('reader', 'read');
const first = await connect(reader);
reader.saved.authorization.searchParams.set('scope', 'read');
await first.transport.finishAuth((await signInAt(reader)).searchParams.get('code'));
const fourth = await connect(reader);
const refused = await fourth.client
  .callTool({ name: 'add_to_wantlist', arguments: { username: 'crate_digger', release_id: 249504 } })
  .catch((error) => error);
check(`a call without the right to it fails: ${refused.message}`, refused.code === 403);
await fourth.client.close();
