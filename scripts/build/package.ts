/**
 * `npm run package`: the Function App as one zip that Azure runs as it is, without building anything there.
 * `--out FILE` writes it elsewhere, `--json` prints what was written for programs.
 */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Metafile } from 'esbuild';
import { APP_DIRECTORY, buildApp } from './build.ts';
import { zip } from './zip.ts';

/** A package that was written. */
export interface Package {
  readonly path: string;
  /** Names inside the archive, sorted. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** Size of the file that a cold start reads first. */
  readonly entryBytes: number;
  readonly sha256: string;
  /** Modules that the code may ask for and that are neither inside nor part of Node. */
  readonly missing: readonly string[];
}

const DEFAULT_OUT = fileURLToPath(new URL('../../dist/discogs-agent.zip', import.meta.url));
const ENTRY = 'dist/main.js';

/** Everything is bundled, so there is nothing to install: no dependencies, and no workspace that only exists here. */
async function productionPackageJson(): Promise<Uint8Array> {
  const source: Readonly<Record<string, unknown>> = JSON.parse(
    await readFile(join(APP_DIRECTORY, 'package.json'), 'utf8'),
  );
  const production = {
    name: 'discogs-agent',
    version: source['version'],
    private: true,
    license: source['license'],
    type: 'module',
    main: ENTRY,
    engines: { node: '>=22' },
  };
  return new TextEncoder().encode(`${JSON.stringify(production, null, 2)}\n`);
}

interface Bundle {
  readonly files: Record<string, Uint8Array>;
  readonly missing: readonly string[];
}

function missingModules({ outputs }: Metafile): readonly string[] {
  const asked = Object.values(outputs).flatMap(({ imports }) => imports);
  const made = new Set(Object.keys(outputs).map((path) => `./${basename(path)}`));
  const missing = asked.filter(({ external, path }) => external && !isBuiltin(path) && !made.has(path));
  return [...new Set(missing.map(({ path }) => path))].sort();
}

async function bundle(): Promise<Bundle> {
  // A folder of its own: a local host may be serving the usual one.
  const directory = await mkdtemp(join(tmpdir(), 'discogs-agent-package-'));
  try {
    const metafile = await buildApp(directory);
    const files: Record<string, Uint8Array> = {};
    for (const name of await readdir(directory)) {
      if (name.endsWith('.js')) files[`dist/${name}`] = await readFile(join(directory, name));
    }
    return { files, missing: missingModules(metafile) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Builds the app and writes its package to `out`. Same sources, same bytes. */
export async function createPackage(out: string = DEFAULT_OUT): Promise<Package> {
  const bundled = await bundle();
  const files: Record<string, Uint8Array> = {
    ...bundled.files,
    'host.json': await readFile(join(APP_DIRECTORY, 'host.json')),
    'package.json': await productionPackageJson(),
  };
  const archive = zip(files);
  const path = resolve(out);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, archive);
  return {
    path,
    files: Object.keys(files).sort(),
    bytes: archive.length,
    entryBytes: files[ENTRY]?.length ?? 0,
    sha256: createHash('sha256').update(archive).digest('hex'),
    missing: bundled.missing,
  };
}

function report({ path, bytes, entryBytes, sha256 }: Package): string {
  return `Package  ${path}\nSize     ${bytes} bytes, entry ${entryBytes} bytes\nSHA-256  ${sha256}`;
}

// Not `import.meta.main`: `run.mjs` imports its scripts.
if (basename(process.argv[1] ?? '') === 'package.ts') {
  const { values } = parseArgs({ options: { out: { type: 'string' }, json: { type: 'boolean' } } });
  const written = await createPackage(values.out);
  console.log(values.json ? JSON.stringify(written) : report(written));
}
