/** The body of a call by an app: size, JSON, object. The media type is never looked at: the original does not. */

import type { WebRequest } from '../../signIn/web.ts';
import type { BrokerFailure } from '../failure.ts';

const MAX_BODY_BYTES = 8192;
const MAX_FIELD_CHARS = 256;
const decoder = new TextDecoder('utf-8', { fatal: true });

export type JsonObject = Readonly<Record<string, unknown>>;

/** The object, or why there is none. */
export async function readJsonObject(
  request: WebRequest,
): Promise<{ readonly object: JsonObject } | { readonly failure: BrokerFailure }> {
  const tooLarge = { failure: { code: 'payload_too_large' } } as const;
  if (Number(request.header('content-length') ?? 0) > MAX_BODY_BYTES) return tooLarge;
  const bytes = await request.body(MAX_BODY_BYTES);
  if (bytes === null || bytes.length > MAX_BODY_BYTES) return tooLarge;
  let json: unknown;
  try {
    json = JSON.parse(decoder.decode(bytes));
  } catch {
    return { failure: { code: 'invalid_json' } };
  }
  if (!isObject(json)) {
    return { failure: { code: 'invalid_params', message: 'request body must be a JSON object' } };
  }
  return { object: json };
}

const isObject = (json: unknown): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** A member as trimmed text; `missing` is the message where it is absent, null or blank. */
export function requireText(
  object: JsonObject,
  field: string,
  missing: string,
): { readonly text: string } | { readonly failure: BrokerFailure } {
  const invalid = (message: string) => ({ failure: { code: 'invalid_params', message } as const });
  const value = object[field] ?? '';
  if (typeof value !== 'string') return invalid(`${field} must be a string`);
  const text = value.trim();
  if (text === '') return invalid(missing);
  return text.length > MAX_FIELD_CHARS ? invalid(`${field} is too long`) : { text };
}
