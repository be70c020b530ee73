import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = [
  ...['core/src', 'az-function/src', 'az-function/local', 'broker/src', 'openapi/src', 'bench/src'],
  ...['sandbox/src', 'scripts', 'infra/generate', 'dumps/src'],
];

/** From the bottom up. A folder imports from those before it; doors do not know each other. */
const LAYERS = [
  ['lib'],
  ['catalog'],
  ['discogs'],
  ['upstream', 'catalogue'],
  ['signIn'],
  ['proxy', 'broker', 'oauth'],
  ['gpt'],
  ['mcp'],
  ['documents'],
  ['index.ts'],
] as const;

type Graph = ReadonlyMap<string, readonly string[]>;

/** Types count: a type that points upward moves its file's reason to change there. */
async function importsUnder(folder: string): Promise<Graph> {
  const root = join(ROOT, folder);
  const files = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const imports = async (file: string): Promise<readonly [string, readonly string[]]> => {
    const text = await readFile(join(root, file), 'utf8');
    const found = [...text.matchAll(/(?<![\w'])(?:from|import)\s*\(?\s*'(\.[^']+)'/g)];
    const targets = found.map(([, specifier = '']) =>
      relative(root, resolve(root, dirname(file), specifier)),
    );
    return [file, targets];
  };
  return new Map(await Promise.all(files.map(imports)));
}

const layerOf = (file: string): number =>
  LAYERS.findIndex((folders) => folders.some((folder) => file.split(sep)[0] === folder));

/** Every cycle that a walk along the imports meets, as a path from file to file. */
function cyclesIn(graph: Graph): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) cycles.push([...path.slice(at), file].join(' > '));
    if (at >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return cycles;
}

describe('imports', () => {
  it.each(SOURCES)('form no cycle in %s', async (folder) => {
    const graph = await importsUnder(folder);
    expect(graph.size).toBeGreaterThan(3);
    expect(cyclesIn(graph)).toEqual([]);
  });

  it('go downward only between the folders of the core', async () => {
    const graph = await importsUnder('core/src');
    expect([...graph.keys()].filter((file) => layerOf(file) === -1)).toEqual([]);
    const upward = [...graph].flatMap(([file, targets]) =>
      targets
        .filter((target) => file.split(sep)[0] !== target.split(sep)[0] && layerOf(target) >= layerOf(file))
        .map((target) => `${file} > ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it('are found to be a cycle where they are one', () => {
    const graph: Graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b', 'd']],
      ['d', []],
    ]);
    expect(cyclesIn(graph)).toEqual(['b > c > b']);
  });
});
