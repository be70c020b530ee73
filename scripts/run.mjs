/**
 * Runs one script of this folder, on the Node that `npm ci` brought where there is one for this platform. Plain
 * JavaScript, so that any Node from 20 on can start it.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { platformNode } from './platformNode.mjs';

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const [name, ...rest] = process.argv.slice(2);

function stop(message) {
  console.error(message);
  process.exit(1);
}

/** The script in a process of the pinned Node, which its own children find first as well. */
function runOn(node) {
  const PATH = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, PATH } });
  // The terminal sends Ctrl-C to both, other senders do not; the child decides when it is over.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => process.exit(code ?? 1));
}

if (!existsSync(modules)) stop('Run "npm ci" in the repository once; it brings everything that this needs.');
const pinned = platformNode(modules);
const [major, minor] = process.versions.node.split('.').map(Number);
const onAnother = pinned?.path !== process.execPath && pinned?.version !== process.versions.node;
if (pinned !== undefined && onAnother) {
  runOn(pinned.path);
} else if (major < 22 || (major === 22 && minor < 18)) {
  stop(
    `Node ${process.versions.node} is too old: DiscogsAgent needs 22.18 or newer. On Linux, macOS and Windows (x64, ` +
      'arm64) "npm ci" brings its own; elsewhere install one from https://nodejs.org.',
  );
} else {
  process.argv = [process.argv[0], fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), ...rest];
  await import(`./${name}.ts`);
}
