/** Runs the sandbox on its own: `npm run sandbox -- [--port N]`. */
import { parseArgs } from 'node:util';
import {
  SANDBOX_CONSUMER_KEY,
  SANDBOX_CONSUMER_SECRET,
  SANDBOX_TOKEN,
  SANDBOX_USERNAME,
  startSandbox,
} from './index.ts';

const MAX_PORT = 65_535;

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
  console.error(`--port: expected a number from 0 to ${MAX_PORT}, got "${values.port}"`);
  process.exit(1);
}

const sandbox = await startSandbox({ port, log: (line) => console.log(line) });
console.log(`Discogs stand-in on ${sandbox.url}
  token    ${SANDBOX_TOKEN} (user ${SANDBOX_USERNAME})
  OAuth    consumer key ${SANDBOX_CONSUMER_KEY}, secret ${SANDBOX_CONSUMER_SECRET}
  try      curl -A Example/1.0 -H 'Authorization: Discogs token=${SANDBOX_TOKEN}' '${sandbox.url}/database/search?q=nevermind'
  a fault  curl -X POST ${sandbox.url}/__sandbox/faults -d '{"path": "/releases/", "fault": {"kind": "status", "status": 429}}'
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close());
}
