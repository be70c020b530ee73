/** Clients that generators make of each OpenAPI document; each must compile. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installTool } from '../programs/installTool.ts';
import { run } from '../programs/spawn.ts';
import { type Check, tryTo } from './outcome.ts';
import { CLIENTS, installPython } from './python.ts';

/** The names of the documents. */
const DOCUMENTS = ['proxy', 'gpt-action', 'discogs-agent'] as const;
type DocumentName = (typeof DOCUMENTS)[number];
const fileOf = (name: DocumentName): string =>
  fileURLToPath(new URL(`../../openapi/${name}.yaml`, import.meta.url));

/** True where `attempt` succeeds with each of the documents, one after the other: each takes all cores. */
async function ofEach(attempt: (name: DocumentName) => Promise<boolean>): Promise<boolean> {
  for (const name of DOCUMENTS) {
    console.log(`-- ${name}`);
    if (!(await attempt(name))) return false;
  }
  return true;
}

const OAPI_CODEGEN = 'github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2';
const OAPI_RUNTIME = 'github.com/oapi-codegen/runtime@v1.9.0';
const OPENAPI_GENERATOR = {
  artifact: 'org.openapitools:openapi-generator-cli:7.17.0',
  jar: 'openapi-generator-cli-7.17.0.jar',
};

/** Uses what a caller would, so that a type of the wrong shape does not compile. */
const USE_OF_TYPES = `import type { paths } from './proxy.js';
type Listing = NonNullable<paths['/marketplace/listings']['post']['requestBody']>['content']['application/json'];
export const listing: Listing = { release_id: 249504, condition: 'Mint (M)', price: 12.5, weight: 'auto' };
type Search = paths['/database/search']['get'];
export const query: NonNullable<Search['parameters']['query']> = { q: 'nevermind', per_page: 5 };
export const rows = (found: Search['responses'][200]['content']['application/json']) => found.results.length;
`;

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

const typescript = (files: readonly string[], options: readonly string[] = []) =>
  run(process.execPath, [
    tsc,
    ...[
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      'false',
      '--target',
      'es2022',
      '--lib',
      'es2022,dom',
    ],
    ...['--module', 'nodenext', '--types', '', ...options],
    ...files,
  ]);

const openapiTypescript: Check = async (folder) => {
  const tool = await installTool('clients');
  if ('problem' in tool) return { skipped: tool.problem };
  const program = join(tool.folder, 'node_modules/openapi-typescript/bin/cli.js');
  await writeFile(join(folder, 'use.ts'), USE_OF_TYPES);
  const compiles = await ofEach(async (name) => {
    const types = join(folder, `${name}.d.ts`);
    const code = await run(process.execPath, [program, fileOf(name), '-o', types]);
    return code === 0 && (await typescript([types])) === 0;
  });
  return compiles && (await typescript([join(folder, 'use.ts')])) === 0;
};

const oapiCodegen: Check = async (folder) => {
  const env = { GOBIN: join(folder, 'bin'), GOFLAGS: '-mod=mod' };
  const missing = await tryTo('go', ['install', OAPI_CODEGEN], env);
  if (missing) return missing;
  return ofEach(async (name) => {
    const client = join(folder, name);
    await mkdir(client);
    const go = (...args: string[]) => run('go', args, { cwd: client, env: { ...process.env, ...env } });
    const generated = await run(join(folder, 'bin/oapi-codegen'), [
      ...['-generate', 'types,client', '-package', 'discogs', '-o', join(client, 'client.go')],
      fileOf(name),
    ]);
    if (generated !== 0 || (await go('mod', 'init', 'example.invalid/discogs')) !== 0) return false;
    return (await go('get', OAPI_RUNTIME)) === 0 && (await go('vet', './...')) === 0;
  });
};

const openapiGenerator: Check = async (folder) => {
  const { artifact, jar } = OPENAPI_GENERATOR;
  const missing =
    (await tryTo('java', ['-version'])) ??
    (await tryTo('mvn', [
      '-q',
      '-B',
      'dependency:copy',
      `-Dartifact=${artifact}`,
      `-DoutputDirectory=${folder}`,
    ]));
  if (missing) return missing;
  const options = ['--module', 'esnext', '--moduleResolution', 'bundler'];
  return ofEach(async (name) => {
    const client = join(folder, name);
    // It reads no document in a folder with a blank in its name.
    const document = join(folder, `${name}.yaml`);
    await copyFile(fileOf(name), document);
    const generate = (language: string) =>
      run('java', [
        // Its lines of progress are thousands.
        '-Dlog.level=error',
        ...['-jar', join(folder, jar), 'generate', '-i', document, '-g', language],
        ...['-o', join(client, language)],
      ]);
    if ((await generate('typescript-fetch')) !== 0 || (await generate('python')) !== 0) return false;
    if ((await typescript([join(client, 'typescript-fetch/index.ts')], options)) !== 0) return false;
    return (await run('python3', ['-m', 'compileall', '-q', join(client, 'python/openapi_client')])) === 0;
  });
};

const openapiPythonClient: Check = async (folder) => {
  const python = await installPython(folder, 'openapi-python-client.txt');
  if ('problem' in python) return python.problem;
  const config = join(folder, 'config.yaml');
  // Otherwise it formats with ruff, which is not needed to compile.
  await writeFile(config, 'post_hooks: []\n');
  return ofEach(async (name) => {
    const module = name.replace('-', '_');
    const generated = await run(join(python.programs, 'openapi-python-client'), [
      ...['generate', '--meta', 'none', '--fail-on-warning', '--config', config],
      ...['--path', fileOf(name), '--output-path', join(folder, module)],
    ]);
    if (generated !== 0) return false;
    const imported = await run(join(python.programs, 'python'), [join(CLIENTS, 'import-all.py'), module], {
      env: { ...process.env, PYTHONPATH: folder },
    });
    return imported === 0;
  });
};

/** By the name with which a check is asked for. */
export const generators: Readonly<Record<string, Check>> = {
  'openapi-typescript': openapiTypescript,
  'oapi-codegen': oapiCodegen,
  'openapi-generator': openapiGenerator,
  'openapi-python-client': openapiPythonClient,
};
