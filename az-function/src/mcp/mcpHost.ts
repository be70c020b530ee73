/** MCP over streamable HTTP, stateless: one POST, one answer, both generations of the protocol. Loaded when first asked. */
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { Answer, Call, Gateway } from '@discogs-agent/core';
import type { GptDoor } from '@discogs-agent/core/gpt';
import { type Challenge, callTool, INSTRUCTIONS, type Tool, toolsOf } from '@discogs-agent/core/mcp';
import { createMcpHandler, ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import { isForeignOrigin } from './foreignOrigin.ts';

/** What this door is made over. */
export interface McpHostOptions {
  readonly gateway: Gateway;
  readonly gpt: GptDoor;
  readonly version: string;
  /** Whether people sign in: then the list says which rights a tool needs. */
  readonly hasSignIn: boolean;
  /** Pages of these origins may connect. */
  readonly corsOrigins: readonly string[];
  /** Handed over: the library knows only responses of its own class, which this part must not bring a second time. */
  readonly toResponse: (answer: Answer) => HttpResponseInit;
}

/** MCP in this host. */
export interface McpDoor {
  handle(request: HttpRequest, call: Call): Promise<HttpResponseInit>;
}

/** A request of MCP is a few hundred characters; a body of a write may be more. */
const MAX_BODY_BYTES = 256 * 1024;
const NO_STORE = { 'cache-control': 'no-store' };
/** Those that the protocol reads. */
const HEADERS = [
  'content-type',
  'accept',
  'mcp-protocol-version',
  'mcp-method',
  'mcp-name',
  'mcp-session-id',
];

function refusal(status: number, error: string, message: string): HttpResponseInit {
  return { status, jsonBody: { error, message }, headers: NO_STORE };
}

/**
 * What the directories of Claude and ChatGPT want of a tool beside the rest: the title among the hints, and the rights at
 * both of the places where ChatGPT looks. The list for holders of a key stays short.
 * @see https://developers.openai.com/apps-sdk/build/auth
 */
function forDirectories({ title, annotations, scope }: Tool) {
  const securitySchemes = [{ type: 'oauth2', scopes: [scope] }];
  return { annotations: { title, ...annotations }, securitySchemes, _meta: { securitySchemes } };
}

function serverFor(
  { gpt, version, hasSignIn }: McpHostOptions,
  call: Call,
  onChallenge: (challenge: Challenge) => void,
): Server {
  const tools = toolsOf(new URLSearchParams(call.query).get('tools') === 'all');
  const server = new Server(
    { name: 'discogs-agent', title: 'DiscogsAgent', version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler('tools/list', () => ({
    tools: tools.map((tool) => ({
      name: tool.name,
      title: tool.title,
      description: tool.description,
      inputSchema: { ...tool.inputSchema },
      outputSchema: { type: 'object', additionalProperties: true },
      annotations: { ...tool.annotations },
      ...(hasSignIn ? forDirectories(tool) : {}),
    })),
  }));
  server.setRequestHandler('tools/call', async ({ params }) => {
    const tool = tools.find(({ name }) => name === params.name);
    if (!tool)
      throw new ProtocolError(
        ProtocolErrorCode.InvalidParams,
        'There is no tool of this name. Read tools/list.',
      );
    const { content, ...rest } = await callTool(gpt, call, tool, params.arguments ?? {}, onChallenge);
    return { content: [...content], ...rest };
  });
  return server;
}

/** Makes it over what the process has. */
export function createMcpHost(options: McpHostOptions): McpDoor {
  return {
    async handle(request, given) {
      const call: Call = { ...given, audience: 'mcp' };
      if (isForeignOrigin(call, options.corsOrigins)) {
        return refusal(
          403,
          'foreign_origin',
          'Pages of this origin may not connect. The owner of the gateway can allow it with CORS_ORIGINS.',
        );
      }
      const checked = await options.gateway.checkKey(call);
      if (checked.status >= 400) return options.toResponse(checked);
      const body = call.body ?? new Uint8Array(0);
      if (body.length > MAX_BODY_BYTES) {
        return refusal(413, 'payload_too_large', `The body may have at most ${MAX_BODY_BYTES} bytes.`);
      }
      const headers = HEADERS.flatMap((name) => {
        const value = call.header(name);
        return value === undefined ? [] : [[name, value] as [string, string]];
      });
      // Without subscriptions there is no answer that goes on. Made for each request, so that the tools know the call.
      // `responseMode` stays as it is: a tool that sends no message before its result is answered with JSON anyway, and
      // to set it makes the library write a warning for each request.
      const challenges: Challenge[] = [];
      const onChallenge = (challenge: Challenge): void => void challenges.push(challenge);
      const handler = createMcpHandler(() => serverFor(options, call, onChallenge), {
        maxSubscriptions: 0,
        keepAliveMs: 0,
        maxRequestBodySize: MAX_BODY_BYTES,
      });
      const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
      const response = await handler.fetch(
        new Request(request.url, {
          method: request.method,
          headers,
          ...(hasBody ? { body: Buffer.from(body) } : {}),
        }),
      );
      const type = response.headers.get('content-type');
      // Read first: a result may still be on its way.
      const bytes = Buffer.from(await response.arrayBuffer());
      // The body stays the tool's result: clients that look at the status ask for more rights, others show the text.
      const [{ status, headers: challenged } = { status: response.status, headers: {} }] = challenges;
      return {
        status,
        headers: {
          ...NO_STORE,
          ...(type === null ? {} : { 'content-type': type }),
          ...challenged,
        },
        body: bytes,
      };
    },
  };
}
