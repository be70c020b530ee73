/** Bicep as a syntax tree. The grammar knows shapes, not meaning: what names and types mean is checked by the rules. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

const require = createRequire(import.meta.url);

async function createParser(): Promise<Parser> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(
    await Language.load(await readFile(require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'))),
  );
  return parser;
}

const parser = await createParser();

/** The tree of a Bicep text, faults included. */
export function parseText(text: string): Node {
  const tree = parser.parse(text);
  if (tree === null) throw new Error('The parser was cancelled');
  return tree.rootNode;
}

/** All nodes below one, itself included, parents first. */
export function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) yield* walk(child);
}

/** All nodes of one kind, in the order of the text. */
export const ofType = (node: Node, type: string): readonly Node[] =>
  [...walk(node)].filter((each) => each.type === type);

/** Text of a string without interpolation; otherwise nothing. */
export function literal(node: Node | null | undefined): string | undefined {
  if (node?.type !== 'string' || ofType(node, 'interpolation').length > 0) return undefined;
  if (node.text.startsWith("'''")) return node.text.slice(3, -3);
  return node.text.slice(1, -1).replace(/\\(['\\$])/g, '$1');
}

/** Properties of an object by name; a name in quotes counts without them. */
export function properties(object: Node | null | undefined): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  for (const property of object?.namedChildren ?? []) {
    const [key, value] = property.namedChildren;
    if (property.type === 'object_property' && key && value) found.set(literal(key) ?? key.text, value);
  }
  return found;
}

/** The value at a path of property names. */
export function at(object: Node | null | undefined, ...path: readonly string[]): Node | undefined {
  let node = object ?? undefined;
  for (const name of path) node = properties(node).get(name);
  return node;
}

/** Where the text cannot be read, as `line: text`. */
export const syntaxFaults = (root: Node): readonly string[] =>
  [...walk(root)]
    .filter((node) => node.isError || node.isMissing)
    .map((node) => `${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`);
