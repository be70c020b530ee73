/** A tool of the MCP server: what is listed, and how its arguments become a request to the door for agents. */
import type { JsonSchema } from '../catalog/jsonSchema.ts';
import type { Scope } from '../catalog/scopes.ts';

/** A request to a path of the door, without `/gpt`. */
export interface ToolRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** Arguments that cannot become a request. */
export interface BadArguments {
  readonly kind: 'bad_arguments';
  readonly message: string;
}

export type Arguments = Readonly<Record<string, unknown>>;

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonSchema & { readonly type: 'object' };
  readonly annotations: {
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint: boolean;
    readonly openWorldHint: boolean;
  };
  /** What a signed-in user must have allowed. */
  readonly scope: Scope;
  request(given: Arguments): ToolRequest | BadArguments;
}
