/** Bundles everything that runs in a process of its own, so that no figure holds the price of erasing types. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { z } from 'zod';
import { APP_DIRECTORY, buildApp } from '../../scripts/build/build.ts';

/** What a run is made of. */
export interface Apps {
  /** The gateway, as it would be deployed. */
  readonly gateway: string;
  /** The gateway of another checkout. */
  readonly earlier: string | undefined;
  /** The bare app, bundled in the same way. */
  readonly bare: string;
  /** Path of a bundled process script. */
  script(name: ScriptName): string;
  /** Empty folder for files of a candidate. */
  readonly scratch: string;
  readonly sizes: { readonly entryBytes: number; readonly packageBytes: number };
  remove(): Promise<void>;
}

const SCRIPTS = {
  upstream: 'upstream.ts',
  functionsHost: 'candidates/functionsHost.ts',
  passThrough: 'candidates/passThrough.ts',
  undiciCache: 'candidates/undiciCache.ts',
  firstAnswer: 'coldStart/firstAnswer.ts',
  loadOnly: 'coldStart/loadOnly.ts',
  empty: 'coldStart/empty.ts',
  rewriting: 'rewriting/compare.ts',
} as const;

export type ScriptName = keyof typeof SCRIPTS;

/** Bundled CommonJS still calls `require`. */
const BANNER = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

async function bundle(entryPoints: Record<string, string>, outdir: string): Promise<void> {
  await build({
    absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
    entryPoints,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minify: true,
    external: ['@azure/functions-core'],
    banner: { js: BANNER },
    logLevel: 'warning',
  });
}

async function bytesIn(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true });
  const entries = await Promise.all(names.map((name) => stat(join(directory, name))));
  return entries.reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
}

/** What makes the package's folder a Function App. */
async function copyManifests(from: string, to: string): Promise<void> {
  for (const name of ['package.json', 'host.json']) await copyFile(join(from, name), join(to, name));
}

const buildScript = z.object({ buildApp: z.custom<typeof buildApp>((value) => typeof value === 'function') });

/** Each checkout bundles its own app, by its own rules. */
async function buildEarlier(checkout: string, directory: string): Promise<void> {
  // An older checkout has it beside the other scripts.
  const places = ['scripts/build/build.ts', 'scripts/build.ts'].map((place) => join(checkout, place));
  const script = places.find(existsSync);
  if (script === undefined) throw new Error(`${checkout} has no build script`);
  await buildScript.parse(await import(pathToFileURL(script).href)).buildApp(join(directory, 'dist'));
  await copyManifests(join(checkout, 'az-function'), directory);
}

async function buildGateway(directory: string): Promise<number> {
  const metafile = await buildApp(join(directory, 'dist'));
  await copyManifests(APP_DIRECTORY, directory);
  const sizes = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [path.split('/').at(-1) ?? '', output]),
  );
  const entry = sizes.get('main.js');
  if (!entry) throw new Error('the app has no main.js');
  // The entry and what it imports at once; files behind a dynamic import are read later or never.
  return entry.imports
    .filter(({ kind }) => kind === 'import-statement')
    .reduce((sum, { path }) => sum + (sizes.get(path.split('/').at(-1) ?? '')?.bytes ?? 0), entry.bytes);
}

/** Builds everything into a new temporary folder; `beside` is the folder of another checkout. */
export async function buildApps(beside?: string): Promise<Apps> {
  const root = await mkdtemp(join(tmpdir(), 'discogs-bench-'));
  const gateway = join(root, 'gateway');
  const bare = join(root, 'bare');
  const scripts = join(root, 'scripts');
  const scratch = join(root, 'scratch');
  for (const directory of [gateway, bare, scratch]) await mkdir(directory);
  if (beside !== undefined) await buildEarlier(resolve(beside), join(root, 'earlier'));
  const [entryBytes] = await Promise.all([
    buildGateway(gateway),
    bundle({ main: 'candidates/bareApp.ts' }, bare),
    writeFile(join(bare, 'package.json'), JSON.stringify({ type: 'module', main: 'main.mjs' })),
    bundle(SCRIPTS, scripts),
  ]);
  return {
    gateway,
    earlier: beside === undefined ? undefined : join(root, 'earlier'),
    bare,
    scratch,
    script: (name) => join(scripts, `${name}.mjs`),
    sizes: { entryBytes, packageBytes: await bytesIn(gateway) },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
