/** A repository with nothing in it but the launcher, one script, and a lock file without packages of the registry. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const scripts = fileURLToPath(new URL('../../', import.meta.url));
const LINK = { resolved: 'part', link: true };
const START = 'node scripts/run.mjs hello';
const MANIFEST = { name: 'fresh', version: '1.0.0', workspaces: ['part'] };

const writeJson = (path: string, value: unknown): void => writeFileSync(path, JSON.stringify(value));

/** `packages` are listed by the lock file besides a workspace, which npm needs no network for. */
export function repository(script: string, packages: Readonly<Record<string, object>> = {}): string {
  // With a blank, as many folders of users have one.
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'discogs-agent run '));
  mkdirSync(join(root, 'scripts'));
  mkdirSync(join(root, 'part'));
  cpSync(join(scripts, 'run.mjs'), join(root, 'scripts/run.mjs'));
  for (const folder of ['launch', 'programs']) {
    cpSync(join(scripts, folder), join(root, 'scripts', folder), { recursive: true });
  }
  writeFileSync(join(root, 'scripts/hello.ts'), script);
  writeJson(join(root, 'package.json'), {
    ...MANIFEST,
    scripts: { start: START, chained: `${START} && true` },
  });
  writeJson(join(root, 'part/package.json'), { name: 'part', version: '1.0.0' });
  lockWith(root, packages);
  return root;
}

/** Writes the lock file anew. */
export function lockWith(root: string, packages: Readonly<Record<string, object>>): void {
  writeJson(join(root, 'package-lock.json'), {
    name: MANIFEST.name,
    version: MANIFEST.version,
    lockfileVersion: 3,
    requires: true,
    packages: { '': MANIFEST, 'node_modules/part': LINK, part: { version: '1.0.0' }, ...packages },
  });
}

/** What npm leaves behind for the lock file without packages. */
export function installed(root: string): void {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeJson(join(root, 'node_modules/.package-lock.json'), { packages: { 'node_modules/part': LINK } });
}

export const removeInstalled = (root: string): void =>
  rmSync(join(root, 'node_modules'), { recursive: true });

/** A stand-in for npm, as npm itself names it to the scripts that it runs. */
export function npmStandIn(root: string, program: string): Readonly<Record<string, string>> {
  const path = join(root, 'npm-cli.js');
  writeFileSync(path, program);
  return { npm_execpath: path };
}

/** The environment without what the npm that runs these tests has put there. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

export interface Started {
  readonly child: ChildProcess;
  /** Both streams so far. */
  output(): string;
  readonly ended: Promise<number | null>;
}

/** Starts a command line in the repository. */
export function start(
  root: string,
  variables: Readonly<Record<string, string>> = {},
  [program, ...args]: readonly [string, ...string[]] = [
    process.execPath,
    'scripts/run.mjs',
    'hello',
    'world',
  ],
): Started {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...env, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return {
    child,
    output: () => output,
    ended: new Promise((resolve) => child.once('close', (code) => resolve(code))),
  };
}

/** Its exit code and everything that it printed. */
export async function run(
  ...args: Parameters<typeof start>
): Promise<{ code: number | null; output: string }> {
  const { ended, output } = start(...args);
  const code = await ended;
  return { code, output: output() };
}
