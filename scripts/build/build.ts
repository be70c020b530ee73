/** Bundles the Function App: a small entry file, and one file for each part that is loaded on demand. */
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** The folder of the Function App. */
export const APP_DIRECTORY = fileURLToPath(new URL('../../az-function', import.meta.url));

/** Bundled CommonJS packages still call `require` for built-in modules and for the worker's own module. */
const BANNER =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/**
 * The identity SDK signs with certificates through this package; this app has none. It and what it brings are a
 * seventh of the vault's file, and the part of it that is slowest to load.
 */
const WITHOUT_CERTIFICATES: Plugin = {
  name: 'without-certificates',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^jsonwebtoken$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents: `const refuse = () => { throw new Error('${path} is left out of this bundle'); };
        export default { sign: refuse };`,
    }));
  },
};

/**
 * The SDK of Application Insights brings instrumentation of everything, browser and collector exporters, and a poll of
 * settings on a server of Microsoft. This app uses none of it (docs/decisions/0011-telemetry.md); left in, they are
 * nine tenths of the file, and the poll cannot be switched off.
 */
const WITHOUT_INSTRUMENTATION: Plugin = {
  name: 'without-instrumentation',
  setup: ({ onResolve, onLoad }) => {
    const unused =
      /^(@azure\/monitor-opentelemetry|@opentelemetry\/exporter-(logs|metrics|trace)-otlp-http)$/;
    onResolve({ filter: unused }, ({ path }) => ({ path, namespace: 'not-started' }));
    onLoad({ filter: /.*/, namespace: 'not-started' }, () => ({ contents: 'module.exports = {};' }));
    onLoad({ filter: /[\\/]_configuration[\\/]configurationWorker\.js$/ }, () => ({
      contents: 'export class ConfigurationWorker { shutdown() {} }',
    }));
    // Asks the system for an id of the machine, in five ways and three copies; nothing here calls for it.
    onLoad({ filter: /[\\/]machine-id[\\/]getMachineId\.js$/ }, () => ({
      contents: 'export const getMachineId = async () => undefined;',
    }));
    // Counts the SDK's own successes, for a table of its own; switched off by a variable.
    onLoad({ filter: /[\\/]statsbeat[\\/]customerSDKStats\.js$/ }, () => ({ contents: 'export {};' }));
  },
};

/**
 * What is loaded on demand is bundled apart from the entry, with what both need in it a second time: a chunk that both
 * share is one more file for each start to read, and holds all of zod that any part needs. Notes the source of each part
 * under its name.
 */
const partsApart = (parts: Map<string, string>): Plugin => ({
  name: 'parts-apart',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^\.|^@discogs-agent\// }, async ({ kind, path, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === 'own') return undefined;
      const name = basename(path, '.ts');
      const found = await resolve(path, { kind, resolveDir, pluginData: 'own' });
      if (found.errors.length > 0) return { errors: found.errors };
      parts.set(name, found.path);
      return { path: `./${name}.js`, external: true };
    });
  },
});

/** Writes `az-function/dist`. Same input, same bytes. */
export async function buildApp(outdir = `${APP_DIRECTORY}/dist`): Promise<Metafile> {
  await rm(outdir, { recursive: true, force: true });
  const common = {
    absWorkingDir: APP_DIRECTORY,
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minify: true,
    chunkNames: '[name]-[hash]',
    // The first exists only inside the Azure Functions worker. The others are for a login by browser and for proxies
    // with Negotiate, which this app never starts; left outside, they are imports that nothing reaches.
    external: ['@azure/functions-core', 'kerberos', 'open'],
    banner: { js: BANNER },
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  } satisfies BuildOptions;
  const parts = new Map<string, string>();
  const main = await build({ ...common, entryPoints: ['src/main.ts'], plugins: [partsApart(parts)] });
  const others = await build({
    ...common,
    // They were found in no particular order.
    entryPoints: Object.fromEntries([...parts].sort()),
    plugins: [WITHOUT_CERTIFICATES, WITHOUT_INSTRUMENTATION],
  });
  return {
    inputs: { ...main.metafile.inputs, ...others.metafile.inputs },
    outputs: { ...main.metafile.outputs, ...others.metafile.outputs },
  };
}

// For azd, which runs the script `build` of the Function App. Not `import.meta.main`: `run.mjs` imports its scripts.
if (basename(process.argv[1] ?? '') === 'build.ts') await buildApp();
