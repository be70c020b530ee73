/** `scripts/run.mjs`: on which Node a script runs. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { installed, repository as withScript } from './support/repository.ts';

function repository(): string {
  const root = withScript("const name: string = process.argv[2] ?? '';\nconsole.log('hello', name);\n");
  installed(root);
  return root;
}

/** The stand-in tells what it was asked to run, and where its children look for a Node first. */
function bringNode(root: string, version: string): string {
  const directory = join(root, `node_modules/node-${process.platform}-${process.arch}`);
  mkdirSync(join(directory, 'bin'), { recursive: true });
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ version }));
  const script = '#!/bin/sh\necho "brought: $2 $3; PATH is $PATH"\nexit 7\n';
  writeFileSync(join(directory, 'bin/node'), script, { mode: 0o755 });
  return join(directory, 'bin');
}

const run = (root: string) =>
  spawnSync(process.execPath, [join(root, 'scripts/run.mjs'), 'hello', 'world'], { encoding: 'utf8' });

test('runs a script itself where npm brought no Node for this platform', () => {
  const root = repository();
  expect(run(root)).toMatchObject({ status: 0, stdout: 'hello world\n' });
});

test('runs a script itself where it runs on the same version already', () => {
  const root = repository();
  bringNode(root, process.versions.node);
  expect(run(root)).toMatchObject({ status: 0, stdout: 'hello world\n' });
});

// The stand-in is a shell script, and macOS gets no Node from npm.
const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('hands a script to the Node that npm brought, and passes its exit code on', () => {
  const root = repository();
  const directory = bringNode(root, '99.0.0');
  const { status, stdout } = run(root);
  expect(status).toBe(7);
  expect(stdout).toContain(`brought: hello world; PATH is ${directory}${delimiter}`);
});
