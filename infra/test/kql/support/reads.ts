/** What a query reads out of JSON, and which words it compares with; found in the syntax tree. */
import { check, type Node, there } from './kusto.ts';

/** One member of a dynamic value, as a query reads it. */
export interface Read {
  readonly member: string;
  /** The function directly around it, such as `toint`; undefined where there is none. */
  readonly conversion: string | undefined;
  /** `dimensions`: of `customDimensions`. `json`: of what `parse_json` made of a line. */
  readonly from: 'dimensions' | 'json';
}

/** Everything in a query that only the data can confirm. */
export interface Reads {
  readonly tables: readonly string[];
  readonly reads: readonly Read[];
  /** Text that a query compares something with. */
  readonly words: readonly string[];
  /** The words that `name` is compared with: which events, or which metrics. */
  readonly names: readonly string[];
  /** The text that a `parse` step takes off the front. */
  readonly prefixes: readonly string[];
}

const { Syntax, Symbols } = Kusto.Language;
const textOf = (node: { ToString(flag?: unknown): string | null } | null): string =>
  there(there(node).ToString()).trim();

/** The comparison that a literal is an operand of, by its left side. */
function comparedWith(literal: Node): string | undefined {
  for (let node = literal.Parent; node; node = node.Parent) {
    if (node instanceof Syntax.FunctionCallExpression || node instanceof Syntax.PipeExpression)
      return undefined;
    if (node instanceof Syntax.BinaryExpression || node instanceof Syntax.InExpression)
      return textOf(node.Left);
  }
  return undefined;
}

/** Names of the columns that `parse_json` fills. */
const jsonColumns = (nodes: readonly Node[]): readonly string[] =>
  nodes.flatMap((node) => {
    if (!(node instanceof Syntax.SimpleNamedExpression)) return [];
    const { Expression: made } = node;
    const parsed = made instanceof Syntax.FunctionCallExpression && textOf(made.Name) === 'parse_json';
    return parsed ? [textOf(node.Name)] : [];
  });

function readOf(node: Kusto.Language.Syntax.PathExpression, parsed: readonly string[]): Read {
  const column = textOf(node.Expression);
  const from = column === 'customDimensions' ? 'dimensions' : parsed.includes(column) ? 'json' : undefined;
  if (from === undefined) throw new Error(`nobody knows what ${textOf(node)} holds`);
  const call = node.GetFirstAncestor(Syntax.FunctionCallExpression);
  const around = call && textOf(call.ArgumentList) === `(${textOf(node)})` ? textOf(call.Name) : undefined;
  return { member: textOf(node.Selector), conversion: around, from };
}

/** Finds what `query` reads. Throws where it reads in a way that could not be found: by brackets, or from elsewhere. */
export function readsOf(query: string): Reads {
  const { nodes } = check(query);
  if (nodes.some((node) => node instanceof Syntax.ElementExpression)) {
    throw new Error('write customDimensions.member, so that the member can be checked');
  }
  const parsed = jsonColumns(nodes);
  const literals = nodes.flatMap((node) =>
    node instanceof Syntax.LiteralExpression && typeof node.LiteralValue === 'string'
      ? [{ text: node.LiteralValue, against: comparedWith(node), step: node.Parent }]
      : [],
  );
  return {
    tables: nodes.flatMap((node) =>
      node instanceof Syntax.NameReference && node.ReferencedSymbol instanceof Symbols.TableSymbol
        ? [textOf(node)]
        : [],
    ),
    reads: nodes.flatMap((node) => (node instanceof Syntax.PathExpression ? [readOf(node, parsed)] : [])),
    words: literals.flatMap(({ text, against }) => (against === undefined ? [] : [text])),
    names: literals.flatMap(({ text, against }) => (against === 'name' ? [text] : [])),
    prefixes: literals.flatMap(({ text, against, step }) =>
      against === undefined && step?.GetFirstAncestorOrSelf(Syntax.ParseOperator) ? [text] : [],
    ),
  };
}
