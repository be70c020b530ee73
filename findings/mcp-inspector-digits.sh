#!/bin/sh
# The command line of @modelcontextprotocol/inspector 2.12.0 (npm) sends --tool-arg NAME=DIGITS as a number, also where the
# tool's schema says string: a server that is strict about its own schema refuses a barcode, and a number printed on a
# record that is longer than 15 digits arrives as another one. A first digit of 0 or quotes (JSON text) keep the string.
# Seen: 5012394144777 arrives as a number, 50123941447770001 as 50123941447770000, 075596174022 and "5012394144777" as strings
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @modelcontextprotocol/inspector@2.12.0 \
  @modelcontextprotocol/server@2.4.0 zod@4.6.7 >/dev/null
cat >try.mjs <<'JS'
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';

const arrived = [];
function addTools(mcp) {
  mcp.registerTool('identify', { inputSchema: z.object({ barcode: z.string() }) }, async () => ({ content: [] }));
}
/** Reads the argument as it came over the wire: the tool itself would refuse a number. */
function note(body) {
  const message = JSON.parse(body);
  if (message.method === 'tools/call') arrived.push(message.params.arguments.barcode);
}
const handler = createMcpHandler(() => {
  const mcp = new McpServer({ name: 'finding', version: '1.0.0' });
  addTools(mcp);
  return mcp;
});
const http = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  if (chunks.length > 0) note(Buffer.concat(chunks));
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
  const { method, headers, url } = request;
  const answer = await handler.fetch(new Request(`http://127.0.0.1${url}`, { method, headers, ...body }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
});
await new Promise((listening) => http.listen(0, '127.0.0.1', listening));
const address = new URL(`http://127.0.0.1:${http.address().port}/mcp`);
const program = 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js';
const call = (argument) =>
  promisify(execFile)(process.execPath, [
    ...[program, '--cli', address.href, '--transport', 'http', '--method', 'tools/call'],
    ...['--tool-name', 'identify', '--tool-arg', argument],
  ]).catch(() => {});
for (const text of ['5012394144777', '50123941447770001', '075596174022', '"5012394144777"']) {
  await call(`barcode=${text}`);
}
http.close();
http.closeAllConnections();
console.log(JSON.stringify(arrived));
const SEEN = '[5012394144777,50123941447770000,"075596174022","5012394144777"]';
if (JSON.stringify(arrived) !== SEEN) process.exitCode = 1;
JS
node try.mjs
