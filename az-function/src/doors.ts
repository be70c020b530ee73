/** The doors beside the mirrored paths, each loaded when it is first asked: a plain call pays for none of them. */
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { type Call, type Gateway, type GatewaySettings, keyInHeader, lazy } from '@discogs-agent/core';
import { toResponse } from './http/toResponse.ts';

/** What the doors are made over. */
export interface DoorsOptions {
  readonly gateway: Gateway;
  readonly settings: GatewaySettings;
  readonly now: () => number;
  readonly hasSignIn: boolean;
}

/** Answers a call of another door; undefined for a call of the mirrored paths. */
export type Doors = (request: HttpRequest, call: Call) => Promise<HttpResponseInit> | undefined;

// Literals of a route ignore case on an Azure Functions host.
const DOCUMENTS = /^(\/gpt)?\/openapi\.json\/?$|^\/gpt\/openapi-oauth\.json\/?$|^\/docs\/?$/i;
const MCP = /^\/mcp\/?$/i;
const AGENTS = /^\/gpt(\/|$)/i;

/** Loads nothing. */
export function createDoors({ gateway, settings, now, hasSignIn }: DoorsOptions): Doors {
  const gpt = lazy(async () => (await import('@discogs-agent/core/gpt')).createGptDoor(gateway, now));
  const mcp = lazy(async () => {
    const { createMcpHost } = await import('./mcp/mcpHost.ts');
    return createMcpHost({ gateway, gpt: await gpt.get(), toResponse, hasSignIn, ...settings });
  });
  const documents = lazy(() => import('@discogs-agent/core/documents'));

  async function document(call: Call): Promise<HttpResponseInit> {
    const { servedDocument } = await documents.get();
    const address = settings.publicBaseUrl ?? call.baseUrl;
    const found = servedDocument(call, settings.version, address, hasSignIn);
    return toResponse(found ?? (await gateway.handle(call)));
  }

  return (request, call) => {
    const { path, method } = call;
    if (DOCUMENTS.test(path) && (method === 'GET' || method === 'HEAD')) return document(call);
    if (!MCP.test(path) && !AGENTS.test(path)) return undefined;
    const known = settings.allowKeyInQuery ? keyInHeader(call) : call;
    return MCP.test(path)
      ? mcp.get().then((door) => door.handle(request, known))
      : gpt.get().then(async (door) => toResponse(await door.handle(known)));
  };
}
