/** What the launcher does before a script runs: the packages of the lock file are there, or it says why not. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { installed, lockWith, npmStandIn, removeInstalled, repository, run } from './support/repository.ts';

const HELLO = "console.log('hello', process.argv[2]);";
const INSTALLING = 'Installing what package-lock.json lists';
const PACKAGE = { version: '1.0.0', integrity: 'sha512-one' };

test('on a fresh clone the first command installs with the real npm and then runs, the second runs at once', async () => {
  const root = repository(HELLO);
  const first = await run(root);
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining('hello world\n') });
  expect(first.output).toContain(`${INSTALLING}, 1 packages at most, with npm ci: node_modules is missing.`);
  expect(first.output).toMatch(/Installed in \d+ s\./);
  expect(await run(root)).toEqual({ code: 0, output: 'hello world\n' });
}, 60_000);

test('two at once: one installs, the other waits for it, and both run', async () => {
  const root = repository(HELLO);
  const both = await Promise.all([run(root), run(root)]);
  for (const { code, output } of both) {
    expect(code).toBe(0);
    expect(output).toContain('hello world\n');
  }
  expect(both.filter(({ output }) => output.includes('Installed in'))).toHaveLength(1);
  expect(readdirSync(root)).not.toContain('.install.lock');
}, 60_000);

test('a lock that a killed install has left behind stops nobody', async () => {
  const root = repository(HELLO);
  // No system gives a process this id.
  writeFileSync(join(root, '.install.lock'), 'left-behind 2147483646');
  const { code, output } = await run(root, npmStandIn(root, ''));
  expect(output).not.toContain('Another process');
  expect(code).toBe(0);
});

describe('which packages are there', () => {
  test.each<[string, boolean, Record<string, object>, Record<string, object>]>([
    ['the same', false, { 'node_modules/a': PACKAGE }, { 'node_modules/a': PACKAGE }],
    ['one that the lock file no longer lists', false, {}, { 'node_modules/a': PACKAGE }],
    [
      'all but an optional one, of another platform',
      false,
      { 'node_modules/b': { ...PACKAGE, optional: true } },
      {},
    ],
    ['none of one that is new', true, { 'node_modules/b': PACKAGE }, {}],
    [
      'another version',
      true,
      { 'node_modules/a': { ...PACKAGE, version: '2.0.0' } },
      { 'node_modules/a': PACKAGE },
    ],
    [
      'the same version with another hash',
      true,
      { 'node_modules/a': { ...PACKAGE, integrity: 'sha512-two' } },
      { 'node_modules/a': PACKAGE },
    ],
  ])('%s: installs anew %s', async (_, anew, wanted, found) => {
    const root = repository(HELLO);
    installed(root);
    const list = join(root, 'node_modules/.package-lock.json');
    writeFileSync(
      list,
      JSON.stringify({ packages: { 'node_modules/part': { resolved: 'part', link: true }, ...found } }),
    );
    lockWith(root, wanted);
    const { output } = await run(root, npmStandIn(root, ''));
    expect(output.includes('node_modules is not what package-lock.json lists')).toBe(anew);
  });
});

test('npm is told nothing that was meant for the npm outside', async () => {
  const root = repository(HELLO);
  const program = `require('node:fs').writeFileSync('told.json', JSON.stringify([process.argv.slice(2), process.env]))`;
  await run(root, {
    ...npmStandIn(root, program),
    npm_config_workspace: 'part',
    npm_config_omit: 'dev',
    NODE_ENV: 'production',
  });
  const {
    default: [args, told],
  } = await import(join(root, 'told.json'), { with: { type: 'json' } });
  expect(args.slice(0, 3)).toEqual(['ci', '--include=dev', '--include=optional']);
  expect(told).not.toHaveProperty('npm_config_workspace');
  expect(told).not.toHaveProperty('npm_config_omit');
});

describe('when npm fails, the script does not run, and one line says why', () => {
  const OFFLINE = `npm error code ENOTFOUND
npm error syscall getaddrinfo
npm error errno ENOTFOUND
npm error network request to https://registry.npmjs.org/zod failed, reason: getaddrinfo ENOTFOUND registry.npmjs.org
npm error network This is a problem related to network connectivity.`;
  const IN_USE = `npm error code EBUSY\nnpm error syscall rmdir\nnpm error path C:\\\\a\nnpm error EBUSY: resource busy or locked, rmdir 'C:\\\\a'`;
  test.each([
    [
      'offline',
      OFFLINE,
      'npm cannot reach its registry (getaddrinfo ENOTFOUND registry.npmjs.org). Connect to the network, or set registry or proxy in your .npmrc, and run the same command again.',
    ],
    [
      'npm 9, offline',
      OFFLINE.replaceAll('npm error', 'npm ERR!'),
      'npm cannot reach its registry (getaddrinfo ENOTFOUND registry.npmjs.org).',
    ],
    [
      'files in use',
      IN_USE,
      "npm ci failed: EBUSY: EBUSY: resource busy or locked, rmdir 'C:\\\\a'. Stop the programs that run from this folder",
    ],
    [
      'a lock file that does not fit',
      'npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install packages when they are in sync.',
      'npm ci failed: EUSAGE: `npm ci` can only install packages when they are in sync. Run "npm ci" here to see all that npm says.',
    ],
    ['no words', '', 'npm ci failed: exit code 3. Run "npm ci"'],
  ])('%s', async (_, said, expected) => {
    const root = repository(HELLO);
    const { code, output } = await run(
      root,
      npmStandIn(root, `console.error(${JSON.stringify(said)}); process.exitCode = 3;`),
    );
    expect(code).toBe(1);
    expect(output).not.toContain('hello');
    const lines = output.trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(expected);
    expect(readdirSync(root)).not.toContain('.install.lock');
  });
});

test('what was begun and removed again is installed again', async () => {
  const root = repository(HELLO);
  installed(root);
  removeInstalled(root);
  expect((await run(root, npmStandIn(root, ''))).output).toContain(INSTALLING);
});
