/** Parameters of a query or a form: each may come once, and none is without bounds. */
import type { WebRequest } from '../signIn/web.ts';
import type { OAuthFailure } from './failure.ts';

const MAX_BODY_BYTES = 8192;
const FORM = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Looks up a parameter; undefined where it is absent or empty, which the protocol calls the same. */
export type Parameters = (name: string) => string | undefined;

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-3.1 */
export function readParameters(query: URLSearchParams): Parameters | OAuthFailure {
  const seen = new Set<string>();
  for (const name of query.keys()) {
    if (seen.has(name))
      return { code: 'parameter_repeated', parameter: name.replace(/[^\w-]/g, '').slice(0, 40) };
    seen.add(name);
  }
  return (name) => query.get(name) || undefined;
}

/** All bytes of a body, or why there are none. */
export async function readBody(request: WebRequest): Promise<{ readonly bytes: Uint8Array } | OAuthFailure> {
  if (Number(request.header('content-length') ?? 0) > MAX_BODY_BYTES) return { code: 'payload_too_large' };
  const bytes = await request.body(MAX_BODY_BYTES);
  return bytes === null || bytes.length > MAX_BODY_BYTES ? { code: 'payload_too_large' } : { bytes };
}

/** The parameters of a form. */
export async function readForm(request: WebRequest): Promise<Parameters | OAuthFailure> {
  if (!FORM.test(request.header('content-type') ?? '')) return { code: 'not_a_form' };
  const body = await readBody(request);
  if ('code' in body) return body;
  try {
    return readParameters(new URLSearchParams(decoder.decode(body.bytes)));
  } catch {
    return { code: 'not_a_form' };
  }
}
