/** The client of `@modelcontextprotocol/sdk`, which speaks revisions up to 2025-11-25. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ADDRESS, check, checkTools, HEADERS } from './check.mjs';

const transport = new StreamableHTTPClientTransport(ADDRESS, { requestInit: { headers: HEADERS } });
const client = new Client({ name: 'older', version: '1.0.0' });
await client.connect(transport);
check(`the revision is ${transport.protocolVersion}`, transport.protocolVersion === '2025-11-25');
await checkTools(client);
await client.close();
