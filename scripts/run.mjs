/**
 * Runs one script of this folder, on the Node that npm brought where there is one for this platform, and installs the
 * packages before where they are not there. Plain JavaScript over builtins, so that any Node from 20 on can start it.
 */
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './launch/install.mjs';
import { LAUNCHER, onParentGone } from './launch/parent.mjs';
import { platformNode } from './launch/platformNode.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [name, ...rest] = process.argv.slice(2);

function stop(message) {
  console.error(message);
  process.exit(1);
}

/** The script in a process of the pinned Node, with the same flags. Its own children find this Node first as well. */
function runOn(node) {
  const PATH = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  const env = { ...process.env, PATH, [LAUNCHER]: String(process.pid) };
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], { stdio: 'inherit', env });
  // The terminal sends Ctrl-C to both, other senders do not; the child decides when it is over.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => process.exit(code ?? 1));
}

// As a signal to end: the script's own handlers close what it has open.
void onParentGone(() => process.kill(process.pid, 'SIGTERM'));
const problem = await ensureInstalled(root);
if (problem !== undefined) stop(problem);
const pinned = platformNode(join(root, 'node_modules'));
const [major, minor] = process.versions.node.split('.').map(Number);
const onAnother = pinned?.path !== process.execPath && pinned?.version !== process.versions.node;
if (pinned !== undefined && onAnother) {
  runOn(pinned.path);
} else if (major < 22 || (major === 22 && minor < 18)) {
  stop(
    `Node ${process.versions.node} is too old: DiscogsAgent needs 22.18 or newer. On Linux, macOS and Windows (x64, ` +
      'arm64) npm brings its own; elsewhere install one from https://nodejs.org.',
  );
} else {
  process.argv = [process.argv[0], fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), ...rest];
  await import(`./${name}.ts`);
}
