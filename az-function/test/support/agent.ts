/** A program that knows the document for agents alone, and how much it asks and reads. */
import { readFileSync } from 'node:fs';
import type { TestGateway } from './testGateway.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** A row of a list. */
export interface Row {
  readonly id: number;
  readonly title?: string;
  readonly name?: string;
  readonly release_ids?: readonly number[];
}
/** What the gateway says; a list has `results`. */
export type Said = Readonly<Record<string, unknown>> & { readonly results: readonly Row[] };

const document: Document = JSON.parse(
  readFileSync(new URL('../../../openapi/gpt-action.json', import.meta.url), 'utf8'),
);

const fits = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);

/** The id of the operation. Throws where the document does not offer the call. */
function lookUp(method: string, path: string, names: readonly string[]): string {
  const operation = Object.entries(document.paths).find(
    ([template, methods]) => fits(template, `/gpt${path}`) && method.toLowerCase() in methods,
  )?.[1][method.toLowerCase()];
  if (operation === undefined) throw new Error(`the document has no ${method} ${path}`);
  const known = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`the document has no ${unknown.join(', ')} at ${method} ${path}`);
  return operation.operationId;
}

/** Asks through `gateway`, and counts. */
export function createAgent(gateway: TestGateway) {
  let calls = 0;
  let characters = 0;
  const operations: string[] = [];
  async function send(method: string, path: string, query: Readonly<Record<string, string>>): Promise<Said> {
    const names = Object.keys(query);
    const search = names.length > 0 ? `?${new URLSearchParams(query)}` : '';
    const reply = await gateway.ask(`/gpt${path}${search}`, { method, mayBeKept: true });
    calls += 1;
    characters += reply.text.length;
    return { status: reply.status, ...(reply.json() as Said) };
  }
  const ask = (path: string, query: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Said> => {
    operations.push(lookUp(method, path, Object.keys(query)));
    return send(method, path, query);
  };
  return {
    ask,
    /** Asks what the document does not offer. */
    guess: (path: string) => send('GET', path, {}),
    /** The first row of a search. */
    find: async (query: Readonly<Record<string, string>>): Promise<Row> => {
      const [row] = (await ask('/database/search', query)).results;
      if (row === undefined) throw new Error(`nothing found for ${JSON.stringify(query)}`);
      return row;
    },
    /** The address of the token's own user. */
    self: async (): Promise<string> => `/users/${(await ask('/oauth/identity'))['username']}`,
    spent: () => ({ calls, characters, operations }),
  };
}

/** One conversation. */
export type Agent = ReturnType<typeof createAgent>;
