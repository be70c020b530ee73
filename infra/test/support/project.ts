/** The declarations of Bicep files, as the rules look at them. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Node } from 'web-tree-sitter';
import { literal, parseText } from './syntax.ts';

/** The folder with the templates, and the repository around it. */
export const INFRA = fileURLToPath(new URL('../..', import.meta.url));
export const REPOSITORY = resolve(INFRA, '..');

interface Declaration {
  readonly name: string;
  readonly node: Node;
  /** Calls without the @, such as `description('…')`. */
  readonly decorators: readonly Node[];
}

export interface Parameter extends Declaration {
  readonly type: string;
  /** Absent: whoever calls must give a value. */
  readonly defaultValue: Node | undefined;
}

export interface Resource extends Declaration {
  /** Such as `Microsoft.Web/sites@2024-04-01`. */
  readonly type: string;
  readonly existing: boolean;
  /** The object, without condition and loop. */
  readonly body: Node;
}

export interface Module extends Declaration {
  /** Of the other file, from the folder of this one. */
  readonly path: string;
  readonly body: Node;
  readonly conditional: boolean;
}

/** One file, read. */
export interface BicepFile {
  /** From the folder with the templates, slashes everywhere. */
  readonly path: string;
  readonly root: Node;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly variables: ReadonlyMap<string, Declaration>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly modules: ReadonlyMap<string, Module>;
  readonly outputs: ReadonlyMap<string, Declaration>;
}

/** Files by path, `main.bicep` among them. */
export type Project = ReadonlyMap<string, BicepFile>;

const unwrap = (node: Node): Node => {
  const inner = node.namedChildren.at(-1);
  const wraps = node.type === 'if_statement' || node.type === 'for_statement';
  return wraps && inner ? unwrap(inner) : node;
};

/** Reads one text; a declaration that the grammar cannot read is missing. */
export function readBicep(path: string, text: string): BicepFile {
  const root = parseText(text);
  const parameters = new Map<string, Parameter>();
  const variables = new Map<string, Declaration>();
  const resources = new Map<string, Resource>();
  const modules = new Map<string, Module>();
  const outputs = new Map<string, Declaration>();
  let decorators: readonly Node[] = [];
  for (const node of root.namedChildren) {
    if (node.type === 'decorators') {
      decorators = node.namedChildren.flatMap((decorator) => decorator.namedChildren);
      continue;
    }
    if (node.type === 'comment') continue;
    const [first, second] = node.namedChildren;
    const name = first?.text ?? '';
    const declaration = { name, node, decorators };
    const last = node.namedChildren.at(-1) ?? node;
    if (node.type === 'parameter_declaration') {
      const defaultValue = node.namedChildren[2];
      parameters.set(name, { ...declaration, type: second?.text ?? '', defaultValue });
    } else if (node.type === 'variable_declaration') variables.set(name, declaration);
    else if (node.type === 'output_declaration') outputs.set(name, declaration);
    else if (node.type === 'resource_declaration') {
      const existing = node.children.some((child) => child.type === 'existing');
      resources.set(name, { ...declaration, type: literal(second) ?? '', existing, body: unwrap(last) });
    } else if (node.type === 'module_declaration') {
      const conditional = last.type === 'if_statement';
      modules.set(name, { ...declaration, path: literal(second) ?? '', body: unwrap(last), conditional });
    }
    decorators = [];
  }
  return { path, root, parameters, variables, resources, modules, outputs };
}

/** Makes a project from texts. */
export const projectOf = (texts: Readonly<Record<string, string>>): Project =>
  new Map(Object.entries(texts).map(([path, text]) => [path, readBicep(path, text)]));

/** Reads every template of the repository. */
export async function readProject(): Promise<Project> {
  const names = await readdir(INFRA, { recursive: true });
  const files = names.filter((name) => name.endsWith('.bicep')).map((name) => name.replaceAll('\\', '/'));
  const texts = await Promise.all(files.map((name) => readFile(join(INFRA, name), 'utf8')));
  return projectOf(Object.fromEntries(files.map((name, index) => [name, texts[index] ?? ''])));
}

/** The path of a module's file as the project names it. */
export const moduleFile = (file: BicepFile, module: Module): string =>
  relative(INFRA, resolve(INFRA, dirname(file.path), module.path)).replaceAll('\\', '/');
