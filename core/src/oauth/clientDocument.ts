/**
 * Client id metadata documents: a client id that is an https address, where the client says about itself what it would
 * say when it registers. Nothing of it is trusted but that whoever owns the address wrote it.
 * @see https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/
 */
import * as z from 'zod/mini';
import { once } from '../lib/once.ts';
import type { ClientDocumentProblem } from './failure.ts';
import { isAddress, isPublicAddress } from './publicAddress.ts';
import { isRedirectUri } from './redirectUri.ts';

/** What a fetch gave. */
export type FetchedDocument =
  | { readonly kind: 'document'; readonly status: number; readonly body: Uint8Array }
  | {
      readonly kind: 'failure';
      readonly problem: 'private_address' | 'unreachable' | 'too_slow' | 'too_large';
    };

/**
 * Fetches a document by GET: over https, from public addresses only, also those that the name resolves to; follows no
 * redirect, sends no credential; settles within `timeoutMs`, stops after `maxBytes`, never rejects.
 */
export type FetchDocument = (
  url: URL,
  limits: { readonly timeoutMs: number; readonly maxBytes: number },
) => Promise<FetchedDocument>;

/** What is used of a document. */
export interface ClientDocument {
  readonly redirectUris: readonly string[];
}

export type ClientDocumentResult =
  | { readonly kind: 'found'; readonly document: ClientDocument }
  | { readonly kind: 'problem'; readonly problem: ClientDocumentProblem };

/** The draft recommends 5 KB. */
const MAX_BYTES = 5 * 1024;
const TIMEOUT_MS = 4000;
const MAX_ADDRESS_CHARS = 512;
const MAX_REDIRECT_URIS = 20;
/** A change of the document is seen after this; what cannot be fetched is asked for again sooner. */
const CACHE_MS = 10 * 60_000;
const PROBLEM_CACHE_MS = 30_000;
const MAX_CACHED = 200;

const decoder = new TextDecoder('utf-8', { fatal: true });
const documentSchema = once(() =>
  z.looseObject({
    client_id: z.string(),
    redirect_uris: z.array(z.string()).check(z.minLength(1), z.maxLength(MAX_REDIRECT_URIS)),
    token_endpoint_auth_method: z.optional(z.string()),
    token_endpoint_auth_methods_supported: z.optional(z.array(z.string())),
  }),
);

/** Whether a client id is meant as an address. */
export const looksLikeAddress = (clientId: string): boolean => /^https?:\/\//i.test(clientId);

/** The address of a document; undefined where it is not written as one must be. */
function documentUrl(clientId: string): URL | undefined {
  if (clientId.length > MAX_ADDRESS_CHARS || !URL.canParse(clientId)) return undefined;
  const url = new URL(clientId);
  // An address that the parser changes has dot segments, odd escapes or capital letters in its host.
  const isPlain = url.href === clientId && url.pathname !== '/' && !clientId.includes('#');
  return url.protocol === 'https:' && url.username + url.password === '' && isPlain ? url : undefined;
}

/** ChatGPT's document prefers `private_key_jwt` and lists `none` among those that it can do without. */
function canDoWithoutSecret(document: z.infer<ReturnType<typeof documentSchema>>): boolean {
  const { token_endpoint_auth_method: method, token_endpoint_auth_methods_supported: methods } = document;
  return methods === undefined ? method === undefined || method === 'none' : methods.includes('none');
}

/** Reads a document that was fetched from `clientId`. */
function readClientDocument(clientId: string, body: Uint8Array): ClientDocumentResult {
  const problem = (reason: ClientDocumentProblem): ClientDocumentResult => ({
    kind: 'problem',
    problem: reason,
  });
  let json: unknown;
  try {
    json = JSON.parse(decoder.decode(body));
  } catch {
    return problem('not_json');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return problem('not_json');
  if (!('client_id' in json) || json.client_id !== clientId) return problem('other_client_id');
  const { data } = documentSchema().safeParse(json);
  if (!data?.redirect_uris.every(isRedirectUri)) return problem('redirect_uris');
  if ('client_secret' in data || !canDoWithoutSecret(data)) return problem('needs_secret');
  return { kind: 'found', document: { redirectUris: data.redirect_uris } };
}

/** Makes a reader that keeps what it has read for some minutes. */
export function createClientDocuments(
  fetchDocument: FetchDocument,
  now: () => number,
): (clientId: string) => Promise<ClientDocumentResult> {
  const cached = new Map<string, { readonly result: ClientDocumentResult; readonly until: number }>();

  async function read(clientId: string): Promise<ClientDocumentResult> {
    const url = documentUrl(clientId);
    if (!url) return { kind: 'problem', problem: 'bad_address' };
    if (isAddress(url.hostname) && !isPublicAddress(url.hostname)) {
      return { kind: 'problem', problem: 'private_address' };
    }
    const fetched = await fetchDocument(url, { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
    if (fetched.kind === 'failure') return { kind: 'problem', problem: fetched.problem };
    if (fetched.status >= 300 && fetched.status < 400) return { kind: 'problem', problem: 'redirected' };
    if (fetched.status !== 200) return { kind: 'problem', problem: 'status' };
    return readClientDocument(clientId, fetched.body);
  }

  return async (clientId) => {
    const known = cached.get(clientId);
    if (known && known.until > now()) return known.result;
    const result = await read(clientId);
    // The oldest goes first; who floods this with addresses makes others fetch again, and nothing else.
    const [oldest] = cached.keys();
    if (cached.size >= MAX_CACHED && oldest !== undefined) cached.delete(oldest);
    cached.set(clientId, { result, until: now() + (result.kind === 'found' ? CACHE_MS : PROBLEM_CACHE_MS) });
    return result;
  };
}
