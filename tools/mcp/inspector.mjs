/** The command line of the MCP Inspector. It reads digits of an argument as a number, which the gateway must take. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ADDRESS, CLIENT_KEY, check } from './check.mjs';

const PACKAGE = new URL('./node_modules/@modelcontextprotocol/inspector/', import.meta.url);
const program = fileURLToPath(new URL('clients/launcher/build/index.js', PACKAGE));

async function inspect(...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...[program, '--cli', ADDRESS.href, '--transport', 'http', '--header', `x-api-key: ${CLIENT_KEY}`],
    ...args,
  ]);
  return JSON.parse(stdout);
}
const call = async (name, argument) =>
  (await inspect('--method', 'tools/call', '--tool-name', name, '--tool-arg', argument)).structuredContent;

const { tools } = await inspect('--method', 'tools/list');
check(
  'the inspector lists the tools',
  tools.some(({ name }) => name === 'identify_record'),
);
const { results } = await call('identify_record', 'barcode=5012394144777');
check('a barcode may come as a number', results[0].id === 249504);
check('so may an id', (await call('get_release', 'release_id=249504')).artists === 'Rick Astley');
check('words are words', (await call('search', 'query=nevermind')).results.length > 0);
