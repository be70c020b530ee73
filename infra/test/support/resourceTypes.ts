/** The rule that stands in for a compiler's type check: every property is one that Azure documents. */
import { readFileSync } from 'node:fs';
import type { Node } from 'web-tree-sitter';
import { z } from 'zod/mini';
import { eachFile, type Rule } from './rule.ts';
import { literal, ofType } from './syntax.ts';

const ResourceTypes = z.record(
  z.string(),
  z.object({
    source: z.string(),
    properties: z.array(z.string()),
    /** What expressions take from the resource once it is made. */
    reads: z.optional(z.array(z.string())),
  }),
);

/** By type and API version: where the names were read, and those that may be used, as paths. */
const DOCUMENTED = ResourceTypes.parse(
  JSON.parse(readFileSync(new URL('../resourceTypes.json', import.meta.url), 'utf8')),
);

/** What every resource has, whatever its type. */
const COMMON = new Set(['name', 'location', 'tags', 'parent', 'scope', 'dependsOn']);

/** Paths of all properties below a node; items of a list count as the list. */
export function propertyPaths(node: Node, prefix = ''): readonly string[] {
  if (node.type !== 'object_property')
    return node.namedChildren.flatMap((child) => propertyPaths(child, prefix));
  const [key, value] = node.namedChildren;
  if (!key || !value) return [];
  const name = key.type === 'string' ? (literal(key) ?? '*') : key.text;
  const path = prefix === '' ? name : `${prefix}.${name}`;
  if (COMMON.has(path)) return [];
  return [path, ...propertyPaths(value, path)];
}

export const documentedResources: Rule = eachFile((file) =>
  [...file.resources.values()].flatMap(({ name, type, body }) => {
    const known = DOCUMENTED[type];
    if (known === undefined) return [`${name}: ${type} is not a type and version on the list`];
    return propertyPaths(body)
      .filter((path) => !known.properties.includes(path))
      .map((path) => `${name}: ${type} documents no ${path}`);
  }),
);

/** The dotted path behind a resource's symbol, up to the first index or call. */
function readPath(node: Node): { readonly symbol: string; readonly path: string } {
  const [object, property] = node.namedChildren;
  if (object?.type !== 'member_expression') return { symbol: object?.text ?? '', path: property?.text ?? '' };
  const inner = readPath(object);
  return { ...inner, path: `${inner.path}.${property?.text ?? ''}` };
}

export const documentedReads: Rule = eachFile((file) =>
  ofType(file.root, 'member_expression')
    .filter(({ parent }) => parent?.type !== 'member_expression')
    .flatMap((node) => {
      const { symbol, path } = readPath(node);
      const type = file.resources.get(symbol)?.type;
      if (type === undefined || path === 'id' || path === 'name') return [];
      return DOCUMENTED[type]?.reads?.includes(path) ? [] : [`${symbol}: ${type} has no ${path} to read`];
    }),
);
