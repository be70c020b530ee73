/** What both generations of the MCP client need for a sign-in: a provider that keeps things, and a browser. */
import { browse } from '../clients/browser.mjs';

const REDIRECT_URL = 'http://127.0.0.1:50124/callback';

/** Keeps in memory what a program would store. It registers itself: nobody has entered it at the gateway. */
export function createProvider(name, scope) {
  const saved = {};
  return {
    saved,
    redirectUrl: REDIRECT_URL,
    clientMetadata: {
      client_name: name,
      redirect_uris: [REDIRECT_URL],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...(scope === undefined ? {} : { scope }),
    },
    state: () => 'state-of-the-client',
    clientInformation: () => saved.client,
    saveClientInformation: (client) => {
      saved.client = client;
    },
    tokens: () => saved.tokens,
    saveTokens: (tokens) => {
      saved.tokens = tokens;
    },
    redirectToAuthorization: (url) => {
      saved.authorization = url;
    },
    saveCodeVerifier: (verifier) => {
      saved.verifier = verifier;
    },
    codeVerifier: () => saved.verifier,
    saveDiscoveryState: (state) => {
      saved.discovery = state;
    },
    discoveryState: () => saved.discovery,
  };
}

/** Signs in where the client was told to go, and gives the address to which the browser came back. */
export const signInAt = ({ saved }) => browse(saved.authorization, REDIRECT_URL);
