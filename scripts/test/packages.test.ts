/** What installing brings: every package by its hash, and no program of any of them is run. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { buildApp } from '../build/build.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

interface Locked {
  readonly link?: boolean;
  readonly integrity?: string;
}

const tools = readdirSync(new URL('tools/', root));
const locks = ['package-lock.json', ...tools.map((tool) => `tools/${tool}/package-lock.json`)];

describe.each(locks)('%s', (path) => {
  const { packages }: { packages: Readonly<Record<string, Locked>> } = JSON.parse(read(path));
  const fetched = Object.entries(packages).filter(
    ([name, { link }]) => name.includes('node_modules/') && link !== true,
  );

  test('has packages, each with a hash', () => {
    expect(fetched.length).toBeGreaterThan(0);
    for (const [name, { integrity }] of fetched) {
      expect([name, integrity]).toEqual([name, expect.stringMatching(/^sha512-/)]);
    }
  });
});

function npmConfig(name: string): string {
  // What the npm that runs these tests was told must not answer for the repository.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name)));
  const { stdout } = spawnSync('npm', ['config', 'get', name, '--workspaces=false'], {
    cwd: fileURLToPath(root),
    encoding: 'utf8',
    env,
    shell: process.platform === 'win32',
  });
  return stdout.trim();
}

test('npm runs no install script here, whichever npm it is', () => {
  expect(npmConfig('ignore-scripts')).toBe('true');
});

test('no script fetches a package by its name and version alone', () => {
  const names = readdirSync(new URL('scripts/', root), { recursive: true, encoding: 'utf8' });
  const sources = names.filter((name) => /^(?!test[\\/]).*\.m?ts$|\.mjs$/.test(name));
  expect(sources.length).toBeGreaterThan(80);
  const fetching = /'npx'|'npm',\s*\[\s*'(exec|install|i)'/;
  expect(sources.filter((name) => fetching.test(read(`scripts/${name}`)))).toEqual([]);
});

test('npm does not warn of packages that want a newer Node than the one that installs them', () => {
  expect(npmConfig('loglevel')).toBe('error');
});

describe('what nothing here runs is not installed', () => {
  const text = read('package-lock.json');

  test.each(['@biomejs/biome', '@redocly/cli'])('%s is installed by the command that needs it', (name) => {
    expect(text).not.toContain(`"node_modules/${name}"`);
  });

  // What would be in a browser, in an exporter that is left out of the bundle, and behind a binding that is not used.
  const LEFT_OUT = ['@azure/msal-browser', '@opentelemetry/sdk-node', 'sharp'];

  test.each(LEFT_OUT)('in the place of %s is a small package', (name) => {
    const { packages } = JSON.parse(text);
    expect(packages[`node_modules/${name}`]).toMatchObject({ name: 'tslib' });
  });

  test('and the package for Azure asks for none of them', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'discogs-agent-packages-'));
    const { inputs } = await buildApp(directory);
    const parts = Object.keys(inputs);
    expect(parts.length).toBeGreaterThan(100);
    expect(parts.filter((path) => LEFT_OUT.some((name) => path.includes(`node_modules/${name}/`)))).toEqual(
      [],
    );
  });
});
