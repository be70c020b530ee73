/** The types that a glance tells: enough to see a text given where a number belongs. */
import type { Node } from 'web-tree-sitter';
import { type BicepFile, moduleFile, type Project } from './project.ts';
import { eachFile, type Rule } from './rule.ts';
import { at, properties } from './syntax.ts';

const LITERALS: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'int',
  boolean: 'bool',
  object: 'object',
  array: 'array',
};

const RESULTS: Readonly<Record<string, string>> = {
  empty: 'bool',
  contains: 'bool',
  toLower: 'string',
  guid: 'string',
  string: 'string',
  utcNow: 'string',
  loadTextContent: 'string',
  toObject: 'object',
  filter: 'array',
  map: 'array',
};

/** The type of an expression, where it is plain; otherwise nothing, and nothing is claimed about it. */
function typeOf(node: Node | undefined, file: BicepFile, project: Project): string | undefined {
  if (node === undefined) return undefined;
  const [first, second, third] = node.namedChildren;
  if (LITERALS[node.type]) return LITERALS[node.type];
  if (node.type === 'identifier') {
    const variable = file.variables.get(node.text)?.node.namedChildren[1];
    return file.parameters.get(node.text)?.type ?? typeOf(variable, file, project);
  }
  if (node.type === 'unary_expression') return node.text.startsWith('!') ? 'bool' : 'int';
  if (node.type === 'binary_expression')
    return /^(==|!=|&&|\|\||[<>]=?)$/.test(node.children[1]?.text ?? '') ? 'bool' : undefined;
  if (node.type === 'call_expression') {
    return first?.text === 'union'
      ? typeOf(second?.namedChildren[0], file, project)
      : RESULTS[first?.text ?? ''];
  }
  if (node.type === 'ternary_expression') {
    const one = typeOf(second, file, project);
    return one === typeOf(third, file, project) ? one : undefined;
  }
  if (
    node.type === 'member_expression' &&
    first?.type === 'member_expression' &&
    /!?\.outputs$/.test(first.text)
  ) {
    const module = file.modules.get(first.namedChildren[0]?.text ?? '');
    const output = module && project.get(moduleFile(file, module))?.outputs.get(second?.text ?? '');
    return output?.node.namedChildren[1]?.text;
  }
  return undefined;
}

const differ = (expected: string | undefined, found: string | undefined): boolean =>
  expected !== undefined && found !== undefined && expected !== found;

export const typesFit: Rule = eachFile((file, project) => {
  const type = (node: Node | undefined) => typeOf(node, file, project);
  const given = [...file.modules.values()].flatMap((module) =>
    [...properties(at(module.body, 'params'))].map(([name, value]) => ({
      name: `${module.name}.${name}`,
      expected: project.get(moduleFile(file, module))?.parameters.get(name)?.type,
      found: type(value),
    })),
  );
  const defaults = [...file.parameters.values()].map(({ name, type: expected, defaultValue }) => ({
    name,
    expected,
    found: type(defaultValue),
  }));
  const outputs = [...file.outputs.values()].map(({ name, node }) => ({
    name,
    expected: node.namedChildren[1]?.text,
    found: type(node.namedChildren[2]),
  }));
  return [...given, ...defaults, ...outputs]
    .filter(({ expected, found }) => differ(expected, found))
    .map(({ name, expected, found }) => `${name} is ${expected}, and gets ${found}`);
});
