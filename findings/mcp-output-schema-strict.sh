#!/bin/sh
# @modelcontextprotocol/server 2.4.0 (npm) checks a tool's structured content with its output schema, and then sends what
# the tool returned instead of what the schema made of it. A plain z.object() drops unknown members and fills in defaults,
# so the check passes; the listed JSON Schema of the same object says additionalProperties: false and requires the member
# with the default. Its own client 2.4.0 and @modelcontextprotocol/sdk 1.32.2 therefore throw at every call of such a tool.
# Seen: both clients throw for a member more than the schema has, and for a default that was left to the schema.
# Way out: z.looseObject() and no default in output schemas.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @modelcontextprotocol/server@2.4.0 \
  @modelcontextprotocol/client@2.4.0 @modelcontextprotocol/sdk@1.32.2 zod@4.6.7 >/dev/null
cat >try.mjs <<'JS'
import { createServer } from 'node:http';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';

const content = [{ type: 'text', text: 'Stockholm' }];
function addTools(mcp) {
  const tool = (name, outputSchema, structuredContent) =>
    mcp.registerTool(name, { inputSchema: z.object({}), outputSchema }, async () => ({ content, structuredContent }));
  tool('as_listed', z.object({ id: z.number() }), { id: 1 });
  tool('member_more', z.object({ id: z.number() }), { id: 1, title: 'Stockholm' });
  tool('default_left', z.object({ id: z.number(), country: z.string().default('') }), { id: 1 });
  tool('loose', z.looseObject({ id: z.number() }), { id: 1, title: 'Stockholm' });
}
const handler = createMcpHandler(() => {
  const mcp = new McpServer({ name: 'finding', version: '1.0.0' });
  addTools(mcp);
  return mcp;
});
const http = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
  const { method, headers, url } = request;
  const answer = await handler.fetch(new Request(`http://127.0.0.1${url}`, { method, headers, ...body }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
});
await new Promise((listening) => http.listen(0, '127.0.0.1', listening));
const address = new URL(`http://127.0.0.1:${http.address().port}/mcp`);
const clients = {
  'client 2.4.0': [
    new Client({ name: 'new', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } }),
    new StreamableHTTPClientTransport(address),
  ],
  'sdk 1.32.2': [new OlderClient({ name: 'old', version: '1.0.0' }), new OlderTransport(address)],
};
const EXPECTED = { as_listed: 'result', member_more: 'throws', default_left: 'throws', loose: 'result' };
for (const [name, [client, transport]] of Object.entries(clients)) {
  await client.connect(transport);
  await client.listTools();
  for (const [tool, expected] of Object.entries(EXPECTED)) {
    const seen = await client.callTool({ name: tool, arguments: {} }).then(
      () => ['result', ''],
      ({ message }) => ['throws', message],
    );
    console.log(`${name}, ${tool}: ${seen.join(' ')}`);
    if (seen[0] !== expected) process.exitCode = 1;
  }
  await client.close();
}
http.close();
http.closeAllConnections();
JS
node try.mjs
