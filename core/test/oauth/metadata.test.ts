/** The metadata, at every path that real clients ask for. */
import { describe, expect, it } from '@jest/globals';
import { harness } from './support/harness.ts';

const ISSUER = 'https://gateway.example/api';

describe('the metadata of the server', () => {
  it.each([
    '/.well-known/oauth-authorization-server',
    '/.well-known/oauth-authorization-server/',
    '/.well-known/oauth-authorization-server/api',
    '/.well-known/oauth-authorization-server/api/',
    '/.well-known/oauth-authorization-server/api/mcp',
    '.well-known/oauth-authorization-server',
  ])('is at %s', async (path) => {
    const { status, json, headers } = await harness().ask('GET', path);
    expect([status, json['issuer'], headers['access-control-allow-origin']]).toEqual([200, ISSUER, '*']);
  });

  it('names every endpoint, and what they take', async () => {
    const { ask } = harness({ environment: { SIGN_IN_REGISTRATION: 'true' } });
    expect((await ask('GET', '/.well-known/oauth-authorization-server/api')).json).toEqual({
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}/authorize`,
      token_endpoint: `${ISSUER}/token`,
      revocation_endpoint: `${ISSUER}/revoke`,
      registration_endpoint: `${ISSUER}/register`,
      scopes_supported: ['read', 'collection:write', 'marketplace:write'],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
      revocation_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
      code_challenge_methods_supported: ['S256'],
      client_id_metadata_document_supported: true,
    });
  });

  it('does not promise the issuer in answers, at which clients fail whose host hands on the code alone', async () => {
    const { json } = await harness().ask('GET', '/.well-known/oauth-authorization-server/api');
    expect(json).not.toHaveProperty('authorization_response_iss_parameter_supported');
  });
});

describe('the metadata of a resource', () => {
  it.each([
    ['/.well-known/oauth-protected-resource/api/mcp', `${ISSUER}/mcp`],
    ['/.well-known/oauth-protected-resource/api/mcp/', `${ISSUER}/mcp`],
    ['mcp/.well-known/oauth-protected-resource', `${ISSUER}/mcp`],
    ['/.well-known/oauth-protected-resource', `${ISSUER}/mcp`],
    ['/.well-known/oauth-protected-resource/api', ISSUER],
    ['/.well-known/oauth-protected-resource/api/', ISSUER],
    ['.well-known/oauth-protected-resource', ISSUER],
  ])('is at %s', async (path, resource) => {
    const { json } = await harness().ask('GET', path);
    expect(json).toEqual({
      resource,
      authorization_servers: [ISSUER],
      scopes_supported: ['read', 'collection:write', 'marketplace:write'],
      bearer_methods_supported: ['header'],
    });
  });

  it('is written with the public address, where that is set', async () => {
    const { ask } = harness({ environment: { PUBLIC_BASE_URL: 'https://public.example/discogs/' } });
    const { json } = await ask('GET', '/.well-known/oauth-protected-resource/discogs/mcp');
    expect(json).toMatchObject({
      resource: 'https://public.example/discogs/mcp',
      authorization_servers: ['https://public.example/discogs'],
    });
  });

  it.each([
    '/.well-known/openid-configuration',
    '/.well-known/oauth-protected-resource/other',
    '/.well-known/security.txt',
  ])('is not at %s', async (path) => {
    expect((await harness().ask('GET', path)).status).toBe(404);
  });

  it('takes GET and HEAD', async () => {
    const { ask } = harness();
    expect((await ask('POST', '/.well-known/oauth-protected-resource')).headers['allow']).toBe('GET, HEAD');
    expect((await ask('HEAD', '/.well-known/oauth-protected-resource')).status).toBe(200);
  });
});
