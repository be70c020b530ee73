/** Rules about names: without a compiler, these find the typing errors that it would. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Node } from 'web-tree-sitter';
import { type BicepFile, INFRA, moduleFile } from './project.ts';
import { eachFile, type Rule } from './rule.ts';
import { at, literal, ofType, properties, syntaxFaults, walk } from './syntax.ts';

/** Functions of Bicep that the templates use; each is in the list at https://aka.ms/bicep/functions. */
const FUNCTIONS = new Set(
  `allowed concat contains description empty environment filter guid items join json length loadTextContent map maxLength
   maxValue minLength minValue replace resourceGroup secure string subscription subscriptionResourceId take toLower
   toObject toUpper union utcNow`.split(/\s+/),
);

const isKey = (node: Node): boolean =>
  node.parent?.type === 'object_property' && node.parent.namedChildren[0]?.id === node.id;

const isCalled = (node: Node): boolean =>
  node.parent?.type === 'call_expression' && node.parent.namedChildren[0]?.id === node.id;

const isDeclared = (node: Node): boolean =>
  (node.parent?.type.endsWith('_declaration') ?? false) && node.parent?.namedChildren[0]?.id === node.id;

/** Names that a lambda or a loop around this place brings. */
function localNames(node: Node): ReadonlySet<string> {
  const names = new Set<string>();
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (outer.type === 'lambda_expression') {
      for (const name of ofType(outer.namedChildren[0] ?? outer, 'identifier')) names.add(name.text);
    }
    if (outer.type === 'for_statement') {
      const first = outer.namedChildren[0];
      if (first?.type === 'identifier') names.add(first.text);
      for (const name of first?.type === 'for_loop_parameters' ? first.namedChildren : [])
        names.add(name.text);
    }
  }
  return names;
}

const references = (file: BicepFile): readonly Node[] =>
  ofType(file.root, 'identifier').filter((node) => !isKey(node) && !isCalled(node) && !isDeclared(node));

const declared = (file: BicepFile): ReadonlySet<string> =>
  new Set([
    ...file.parameters.keys(),
    ...file.variables.keys(),
    ...file.resources.keys(),
    ...file.modules.keys(),
  ]);

const line = (node: Node): string => `line ${node.startPosition.row + 1}`;

export const parses: Rule = eachFile(({ root }) => syntaxFaults(root));

export const namesResolve: Rule = eachFile((file) => {
  const known = declared(file);
  const unknownNames = references(file)
    .filter((node) => !known.has(node.text) && !localNames(node).has(node.text))
    .map((node) => `${line(node)}: nothing is named ${node.text}`);
  const unknownFunctions = ofType(file.root, 'identifier')
    .filter((node) => isCalled(node) && !FUNCTIONS.has(node.text))
    .map((node) => `${line(node)}: no function is named ${node.text}`);
  return [...unknownNames, ...unknownFunctions];
});

export const namesAreUnique: Rule = eachFile(({ root }) => {
  const names = root.namedChildren
    .filter(({ type }) => /^(parameter|variable|resource|module)_declaration$/.test(type))
    .map((node) => node.namedChildren[0]?.text ?? '');
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `${name} is declared twice`);
});

export const nothingIsUnused: Rule = eachFile((file) => {
  const used = new Set(references(file).map(({ text }) => text));
  return [...file.parameters.keys(), ...file.variables.keys()]
    .filter((name) => !used.has(name))
    .map((name) => `${name} is not used`);
});

export const modulesFit: Rule = eachFile((file, project) =>
  [...file.modules.values()].flatMap((module) => {
    const target = project.get(moduleFile(file, module));
    if (target === undefined) return [`${module.path} does not exist`];
    const given = new Set(properties(at(module.body, 'params')).keys());
    const extra = [...given].filter((name) => !target.parameters.has(name));
    const missing = [...target.parameters.values()].filter(
      ({ name, defaultValue }) => defaultValue === undefined && !given.has(name),
    );
    return [
      ...extra.map((name) => `${module.name} has no parameter ${name}`),
      ...missing.map(({ name }) => `${module.name} needs ${name}`),
    ];
  }),
);

export const everyModuleIsWired: Rule = (project) => {
  const reached = new Set<string>();
  const visit = (path: string): void => {
    const file = project.get(path);
    if (file === undefined || reached.has(path)) return;
    reached.add(path);
    for (const module of file.modules.values()) visit(moduleFile(file, module));
  };
  visit('main.bicep');
  return [...project.keys()]
    .filter((path) => !reached.has(path))
    .map((path) => `${path} is deployed by nobody`);
};

export const moduleOutputsExist: Rule = eachFile((file, project) =>
  ofType(file.root, 'member_expression').flatMap((node) => {
    const [object, output] = node.namedChildren;
    const [symbol, member] = object?.type === 'member_expression' ? object.namedChildren : [];
    const module = file.modules.get(symbol?.text ?? '');
    if (module === undefined || member?.text !== 'outputs' || output === undefined) return [];
    const missing = !project.get(moduleFile(file, module))?.outputs.has(output.text);
    const unasserted = module.conditional !== object?.text.includes('!');
    return [
      ...(missing ? [`${line(node)}: ${module.name} has no output ${output.text}`] : []),
      ...(unasserted
        ? [`${line(node)}: ! belongs to the outputs of conditional modules, and only to them`]
        : []),
    ];
  }),
);

export const loadedFilesExist: Rule = eachFile(({ path, root }) =>
  ofType(root, 'call_expression')
    .filter((call) => /^load/.test(call.namedChildren[0]?.text ?? ''))
    .map((call) => literal([...walk(call)].find(({ type }) => type === 'string')) ?? call.text)
    .filter((name) => !existsSync(resolve(INFRA, dirname(path), name)))
    .map((name) => `${name} does not exist`),
);
