/** The two resources: the API with everything below it, and MCP. Addresses have no slash at their end. */
import type { Audience } from '../lib/call.ts';

export const resourceUrl = (baseUrl: string, audience: Audience): string =>
  audience === 'mcp' ? `${baseUrl}/mcp` : baseUrl;

/**
 * What a `resource` parameter means; absent, it is everything. Some clients add a slash.
 * @see https://www.rfc-editor.org/rfc/rfc8707
 */
export function readResource(
  baseUrl: string,
  hasMcp: boolean,
  parameter: string | undefined,
): Audience | undefined {
  if (parameter === undefined) return 'api';
  const given = parameter.replace(/\/$/, '');
  if (given === baseUrl || given === new URL(baseUrl).origin) return 'api';
  return hasMcp && given === resourceUrl(baseUrl, 'mcp') ? 'mcp' : undefined;
}

/** Where the metadata of a resource is. @see https://www.rfc-editor.org/rfc/rfc9728#section-3.1 */
export function metadataUrl(baseUrl: string, audience: Audience): string {
  const { origin, pathname } = new URL(resourceUrl(baseUrl, audience));
  return `${origin}/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}`;
}
