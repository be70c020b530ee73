#!/bin/sh
# disconnect 1.2.2 (npm) shows the message of a refused call only where the JSON has one blank after the colon.
# The same JSON without that blank, or with another member before it, gives "Unknown error.".
# Both texts are the same JSON value. Discogs itself writes the blank; a proxy that serializes again does not.
# Seen: spaced = "Release not found."   compact = "Unknown error."   member first = "Unknown error."
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund disconnect@1.2.2 >/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 \
  -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
cat >try.cjs <<'JS'
const { readFileSync } = require('node:fs');
const { createServer } = require('node:https');
const { Client } = require('disconnect');

const BODIES = [
  ['spaced', '{"message": "Release not found."}', 'Release not found.'],
  ['compact', '{"message":"Release not found."}', 'Unknown error.'],
  ['member first', '{"error": "not_found", "message": "Release not found."}', 'Unknown error.'],
];
let body = '';
const server = createServer({ key: readFileSync('key.pem'), cert: readFileSync('cert.pem') }, (_, answer) => {
  answer.writeHead(404, { 'content-type': 'application/json' }).end(body);
});
server.listen(0, '127.0.0.1', async () => {
  const client = new Client('Finding/1.0');
  client.setConfig({ host: 'localhost', port: server.address().port });
  for (const [name, text, expected] of BODIES) {
    body = text;
    const error = await client.database().getRelease(1).catch((thrown) => thrown);
    console.log(`${name}: ${error.statusCode} "${error.message}"`);
    if (error.statusCode !== 404 || error.message !== expected) process.exitCode = 1;
  }
  server.close();
});
JS
NODE_EXTRA_CA_CERTS=cert.pem node try.cjs
