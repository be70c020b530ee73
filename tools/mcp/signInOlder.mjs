/** The auth flow of the client in `@modelcontextprotocol/sdk`. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ADDRESS, check, checkTools } from './check.mjs';
import { createProvider, signInAt } from './signIn.mjs';

const authProvider = createProvider('older');
const connect = async () => {
  const client = new Client({ name: 'older', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(ADDRESS, { authProvider });
  const problem = await client.connect(transport).catch((error) => error);
  return { client, transport, problem };
};

const { transport, problem } = await connect();
check(
  `the server asks for a sign-in: ${problem?.constructor.name}`,
  authProvider.saved.authorization !== undefined,
);
const back = await signInAt(authProvider);
await transport.finishAuth(back.searchParams.get('code'));
const { client, problem: second } = await connect();
check(`the code signs the user in: ${second?.message ?? 'connected'}`, second === undefined);
await checkTools(client);
await client.close();

const { saved } = authProvider;
const { access_token, refresh_token } = saved.tokens;
saved.tokens = { ...saved.tokens, access_token: access_token.replace(/.{8}$/, '00000000') };
const third = await connect();
check('a client whose token is none refreshes it by itself', third.problem === undefined);
check('and has another pair', saved.tokens.refresh_token !== refresh_token);
await checkTools(third.client);
await third.client.close();
