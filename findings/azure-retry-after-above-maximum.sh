#!/bin/sh
# @azure/data-tables 13.3.2 and the pipeline below it, @azure/core-rest-pipeline 1.24.0 (npm): maxRetryDelayInMs limits only the
# pauses that the SDK chooses itself. A Retry-After of the service is obeyed in full, so a client that allows itself 100 ms
# waits for as long as the service says, and only an AbortSignal ends it.
# Seen: retry options of 10 ms and 100 ms, a first answer of 429 with Retry-After: 3; the second request came 3 s later
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @azure/data-tables@13.3.2 @azure/core-rest-pipeline@1.24.0 >/dev/null
cat >try.mjs <<'JS'
import { createServer } from 'node:http';
import { AzureNamedKeyCredential, TableClient } from '@azure/data-tables';

const arrivedAt = [];
const service = createServer((_, answer) => {
  arrivedAt.push(Date.now());
  if (arrivedAt.length === 1) answer.writeHead(429, { 'retry-after': '3' }).end();
  else answer.writeHead(200, { 'content-type': 'application/json' }).end('{"PartitionKey":"p","RowKey":"r"}');
});
service.listen(0, '127.0.0.1', async () => {
  const client = new TableClient(
    `http://127.0.0.1:${service.address().port}/account`,
    'rows',
    new AzureNamedKeyCredential('account', 'a2V5'),
    { allowInsecureConnection: true, retryOptions: { maxRetries: 1, retryDelayInMs: 10, maxRetryDelayInMs: 100 } },
  );
  const { rowKey } = await client.getEntity('p', 'r');
  const seconds = Math.floor((arrivedAt[1] - arrivedAt[0]) / 1000);
  console.log(`row ${rowKey} after ${arrivedAt.length} requests, ${seconds} s apart`);
  if (arrivedAt.length !== 2 || seconds < 3) process.exitCode = 1;
  service.close();
});
JS
node try.mjs
