/** `@modelcontextprotocol/client` by each way in which it agrees on a revision; the key goes as Bearer, too. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { ADDRESS, CLIENT_KEY, check, checkTools, HEADERS } from './check.mjs';

const BEARER = { authorization: `Bearer ${CLIENT_KEY}` };
const WAYS = [
  { mode: 'auto', headers: HEADERS, revision: '2026-07-28' },
  { mode: { pin: '2026-07-28' }, headers: BEARER, revision: '2026-07-28' },
  { mode: 'legacy', headers: HEADERS, revision: '2025-11-25' },
];

for (const { mode, headers, revision } of WAYS) {
  const client = new Client({ name: 'newer', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(ADDRESS, { requestInit: { headers } }));
  const agreed = client.getNegotiatedProtocolVersion();
  check(`${JSON.stringify(mode)} agrees on ${revision}, here ${agreed}`, agreed === revision);
  await checkTools(client);
  await client.close();
}
