/** Runs `run.mjs` on the Node that `npm ci` brought, from any other one. For callers that npm does not start. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const name = process.platform === 'win32' ? 'node.exe' : 'node';
const node = fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url));
if (!existsSync(node)) {
  console.error('Run "npm ci" in the repository once; it brings everything that this needs.');
  process.exit(1);
}
const run = fileURLToPath(new URL('./run.mjs', import.meta.url));
const child = spawn(node, [run, ...process.argv.slice(2)], { stdio: 'inherit' });
// The terminal sends Ctrl-C to both; the child decides when it is over.
process.on('SIGINT', () => {});
child.once('exit', (code) => process.exit(code ?? 1));
