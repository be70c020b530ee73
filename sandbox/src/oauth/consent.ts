/** The web page where a user lets an application in, or not. */
import { empty, type Reply, withHeaders } from '../http/reply.ts';
import type { State } from '../state/model.ts';
import { consentPage, deadRequestPage, deniedPage, verifierPage, wrongRequestPage } from './consentPages.ts';
import type { RequestToken } from './grants.ts';

/** On discogs.com, not on the API: no rate window, no rate headers. */
export const CONSENT_PATH = '/oauth/authorize';
const FOUND = 302;

function sendBack(callback: string, added: Record<string, string>): Reply {
  const location = new URL(callback);
  for (const [name, value] of Object.entries(added)) location.searchParams.append(name, value);
  return withHeaders(empty(FOUND), { Location: location.href, 'Referrer-Policy': 'no-referrer' });
}

function approve({ grants }: State, request: RequestToken, username: string): Reply {
  const verifier = grants.approve(request, username);
  if (request.callback === 'oob') return verifierPage(verifier);
  return sendBack(request.callback, { oauth_token: request.token, oauth_verifier: verifier });
}

/** What Discogs sends back on refusal is not established; `denied` and no verifier is the custom of OAuth 1.0a. */
function deny({ grants }: State, request: RequestToken): Reply {
  grants.drop(request);
  return request.callback === 'oob' ? deniedPage() : sendBack(request.callback, { denied: request.token });
}

function decide(state: State, body: Buffer): Reply {
  const form = new URLSearchParams(body.toString('utf8'));
  const request = state.grants.requestToken(form.get('oauth_token') ?? '');
  if (request === undefined || request.approved !== undefined) return deadRequestPage();
  const decision = form.get('decision');
  if (decision === 'deny') return deny(state, request);
  const username = form.get('username') ?? '';
  return decision === 'approve' && state.users.has(username)
    ? approve(state, request, username)
    : wrongRequestPage(400);
}

export function answerWebPage(method: string, query: URLSearchParams, body: Buffer, state: State): Reply {
  if (method === 'POST') return decide(state, body);
  if (method !== 'GET' && method !== 'HEAD') return wrongRequestPage(405);
  const request = state.grants.requestToken(query.get('oauth_token') ?? '');
  if (request === undefined || request.approved !== undefined) return deadRequestPage();
  return consentPage(request.token, [...state.users.keys()]);
}
