/** The auth flow of `@modelcontextprotocol/client`: nothing is known but the address of the server. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { ADDRESS, check, checkTools } from './check.mjs';
import { createProvider, signInAt } from './signIn.mjs';

const connect = async (authProvider) => {
  const client = new Client({ name: 'newer', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  const transport = new StreamableHTTPClientTransport(ADDRESS, { authProvider });
  const problem = await client.connect(transport).catch((error) => error);
  return { client, transport, problem };
};

/** With all of the answer a client checks its `iss`; a host that hands on the code alone must come through as well. */
const WAYS = [
  ['the code alone', (back) => back.searchParams.get('code')],
  ['all of the answer', (back) => back.searchParams],
];
for (const [what, given] of WAYS) {
  const provider = createProvider('newer');
  const { transport, problem } = await connect(provider);
  check(`the server asks for a sign-in: ${problem?.name}`, provider.saved.authorization !== undefined);
  check('for reading and for the collection', /read\+collection/.test(provider.saved.authorization.search));
  const back = await signInAt(provider);
  await transport.finishAuth(given(back));
  const { client, problem: second } = await connect(provider);
  check(`${what} signs the user in: ${second?.message ?? 'connected'}`, second === undefined);
  await checkTools(client);
  await client.close();
}

const wrong = createProvider('newer');
const { transport } = await connect(wrong);
const answer = (await signInAt(wrong)).searchParams;
answer.set('iss', 'https://elsewhere.example');
const refused = await transport.finishAuth(answer).catch((error) => error);
check('an answer of another issuer is refused by the client', /issuer/i.test(refused.message));

const reader = createProvider('reader', 'read');
const first = await connect(reader);
reader.saved.authorization.searchParams.set('scope', 'read');
await first.transport.finishAuth((await signInAt(reader)).searchParams);
const { client } = await connect(reader);
const WANT = { name: 'add_to_wantlist', arguments: { username: 'crate_digger', release_id: 249504 } };
const stopped = await client.callTool(WANT).catch((error) => error);
const asked = reader.saved.authorization.searchParams.get('scope');
check(`more rights are asked for, those it has included: ${asked}`, asked === 'read collection:write');
check(`the call waits for them: ${stopped.name}`, stopped instanceof Error);
await client.transport.finishAuth((await signInAt(reader)).searchParams);
check('with them the same call is answered', !(await client.callTool(WANT)).isError);
await client.callTool({ ...WANT, name: 'remove_from_wantlist' });
await client.close();
