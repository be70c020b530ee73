/** Bundles the Function App: a small entry file, and one file for each part that is loaded on demand. */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';

/** The folder of the Function App. */
export const APP_DIRECTORY = fileURLToPath(new URL('../az-function', import.meta.url));

/** Bundled CommonJS packages still call `require` for built-in modules and for the worker's own module. */
const BANNER =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/** Writes `az-function/dist`. Same input, same bytes. */
export async function buildApp(outdir = `${APP_DIRECTORY}/dist`): Promise<Metafile> {
  await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: APP_DIRECTORY,
    entryPoints: ['src/main.ts'],
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minify: true,
    chunkNames: '[name]-[hash]',
    // Exists only inside the Azure Functions worker.
    external: ['@azure/functions-core'],
    banner: { js: BANNER },
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  return metafile;
}
