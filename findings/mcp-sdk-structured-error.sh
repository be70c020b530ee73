#!/bin/sh
# The client of @modelcontextprotocol/sdk 1.32.2 (npm) holds structured content to the tool's output schema also where the
# result says isError: a tool that explains its failure in a structured form is shown as a protocol error -32602 about the
# schema, and the text of the failure is lost. @modelcontextprotocol/client 2.4.0 hands the same result to its caller.
# Seen: client 2.4.0: result "Rate limit reached."; sdk 1.32.2: throws -32602
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

function addTools(mcp) {
  const schemas = { inputSchema: z.object({}), outputSchema: z.looseObject({ id: z.number() }) };
  mcp.registerTool('get_release', schemas, async () => ({
    isError: true,
    content: [{ type: 'text', text: 'Rate limit reached.' }],
    structuredContent: { error: 'rate_limited', retry_in_seconds: 20 },
  }));
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
async function outcome(client, transport) {
  await client.connect(transport);
  await client.listTools();
  const seen = await client.callTool({ name: 'get_release', arguments: {} }).then(
    (result) => `isError ${result.isError}: ${result.content[0].text}`,
    ({ code }) => `throws ${code}`,
  );
  await client.close();
  return seen;
}
const newer = await outcome(
  new Client({ name: 'new', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } }),
  new StreamableHTTPClientTransport(address),
);
const older = await outcome(new OlderClient({ name: 'old', version: '1.0.0' }), new OlderTransport(address));
http.close();
http.closeAllConnections();
console.log(`client 2.4.0: ${newer}\nsdk 1.32.2: ${older}`);
if (newer !== 'isError true: Rate limit reached.' || older !== 'throws -32602') process.exitCode = 1;
JS
node try.mjs
