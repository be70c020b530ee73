/**
 * The metadata of the authorization server (RFC 8414) and of its resources (RFC 9728), at every path at which a real
 * client was seen to ask. Issuer and resources have no slash at their end, and are the same byte for byte everywhere.
 */

import { SCOPES } from '../catalog/scopes.ts';
import type { Audience } from '../lib/call.ts';
import type { WebAnswer } from '../signIn/web.ts';
import { programAnswer } from './answers.ts';
import type { Context } from './context.ts';
import { resourceUrl } from './resources.ts';
import type { OAuthSettings } from './settings.ts';

const METHODS = ['none', 'client_secret_basic', 'client_secret_post'];

/** @see https://www.rfc-editor.org/rfc/rfc8414#section-2 */
const serverMetadata = (
  baseUrl: string,
  { registration, clientDocuments }: Pick<OAuthSettings, 'registration' | 'clientDocuments'>,
) => ({
  issuer: baseUrl,
  authorization_endpoint: `${baseUrl}/authorize`,
  token_endpoint: `${baseUrl}/token`,
  revocation_endpoint: `${baseUrl}/revoke`,
  ...(registration ? { registration_endpoint: `${baseUrl}/register` } : {}),
  scopes_supported: SCOPES,
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_methods_supported: METHODS,
  revocation_endpoint_auth_methods_supported: METHODS,
  code_challenge_methods_supported: ['S256'],
  client_id_metadata_document_supported: clientDocuments,
});

/** @see https://www.rfc-editor.org/rfc/rfc9728#section-2 */
const resourceMetadata = (baseUrl: string, audience: Audience) => ({
  resource: resourceUrl(baseUrl, audience),
  authorization_servers: [baseUrl],
  scopes_supported: SCOPES,
  bearer_methods_supported: ['header'],
});

const SERVER = '/.well-known/oauth-authorization-server';
const RESOURCE = '/.well-known/oauth-protected-resource';

/**
 * The metadata at a path of the host; undefined where there is none. Behind the well-known part stands the path of the
 * issuer or resource, or nothing; some clients put the well-known part behind it.
 */
export function metadataAt(
  pathname: string,
  baseUrl: string,
  { settings, hasMcp }: Pick<Context, 'settings' | 'hasMcp'>,
): WebAnswer | undefined {
  const path = pathname.replace(/\/$/, '');
  const own = new URL(baseUrl).pathname.replace(/\/$/, '');
  const mcp = `${own}/mcp`;
  const isAt = (wellKnown: string, ...places: readonly string[]): boolean =>
    places.some((place) => path === `${wellKnown}${place}` || path === `${place}${wellKnown}`);
  const headers = { 'cache-control': 'public, max-age=3600' };
  if (isAt(SERVER, '', own, mcp)) return programAnswer(200, serverMetadata(baseUrl, settings), headers);
  // Whoever asks at the root comes from an MCP client that was given no address.
  if (hasMcp && (isAt(RESOURCE, mcp) || path === RESOURCE)) {
    return programAnswer(200, resourceMetadata(baseUrl, 'mcp'), headers);
  }
  return isAt(RESOURCE, own, '') ? programAnswer(200, resourceMetadata(baseUrl, 'api'), headers) : undefined;
}
