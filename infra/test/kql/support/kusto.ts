/// <reference types="@kusto/language-service-next" />
/** Microsoft's language service for KQL, with the declared tables. It parses and checks types; it runs nothing. */
import { createRequire } from 'node:module';
import { TABLES } from './schema.ts';

// Two scripts for browsers: the first one makes the globals that the second one extends.
const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');

const { GlobalState, KustoCode, Symbols, Syntax } = Kusto.Language;

/** A node of a syntax tree. */
export type Node = Kusto.Language.Syntax.SyntaxNode;

/** What the service says about a query. */
export interface Checked {
  /** Errors and warnings, empty for a good query. */
  readonly diagnostics: readonly string[];
  /** Every node, a parent before its children. */
  readonly nodes: readonly Node[];
}

/** Bridge marks everything as possibly null; what is not there is a bug of the checker. */
export function there<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('the language service left something out');
  return value;
}

const tables = Object.entries(TABLES).map(([name, columns]) =>
  there(there(Symbols.TableSymbol.From(`(${columns})`)).WithName(name)),
);
const database = new Symbols.DatabaseSymbol.$ctor2('insights', null, tables);
const globals = there(there(GlobalState.Default).WithDatabase(database));

/** Parses and checks `query`. */
export function check(query: string): Checked {
  const code = there(KustoCode.ParseAndAnalyze(query, globals));
  const list = there(code.GetDiagnostics());
  const diagnostics = Array.from({ length: there(list.Count) }, (_, index) => {
    const found = there(list.getItem(index));
    return `${found.Code} at ${found.Start}: ${found.Message}`;
  });
  const nodes: Node[] = [];
  Syntax.SyntaxElement.WalkNodes(there(code.Syntax), (node) => {
    nodes.push(node);
  });
  return { diagnostics, nodes };
}
