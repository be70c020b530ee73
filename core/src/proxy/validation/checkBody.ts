/** The request body: size, media type, JSON, required members, schema. Forwarded byte for byte where nothing must change. */
import type { Operation } from '../../catalog/operation.ts';
import type { Call } from '../../lib/call.ts';
import type { Refusal } from '../failure.ts';
import { describeIssue } from './describeIssue.ts';
import { readBodyValues } from './readBodyValues.ts';

/** Largest body of a caller. */
export const MAX_BODY_BYTES = 1024 * 1024;

interface CheckedBody {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const isJsonType = (contentType: string): boolean =>
  /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType);
/** What some clients, and curl by itself, declare around JSON. */
const isFormType = (contentType: string): boolean =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType);

/**
 * What an HTTP client can send, and a server reads the same way. Bytes above ASCII mean one character to whoever decodes
 * them as UTF-8 and others to whoever takes them for Latin-1.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.5
 */
const SENDABLE = /^[\t\x20-\x7e]*$/;
const MAX_CONTENT_TYPE_CHARS = 256;

function checkContentType(contentType: string): Refusal | undefined {
  if (!isJsonType(contentType)) return { code: 'unsupported_media_type', contentType };
  if (contentType.length <= MAX_CONTENT_TYPE_CHARS && SENDABLE.test(contentType)) return undefined;
  return {
    code: 'invalid_request',
    reason: 'invalid_header',
    field: 'Content-Type',
    message: `Content-Type must be printable ASCII of at most ${MAX_CONTENT_TYPE_CHARS} characters; application/json is enough.`,
  };
}

function parseJson(bytes: Uint8Array): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(decoder.decode(bytes)) };
  } catch {
    return undefined;
  }
}

const invalidBody = (message: string, field = ''): Refusal => ({
  code: 'invalid_request',
  reason: 'invalid_body',
  ...(field === '' ? {} : { field }),
  message,
});

/** Nesting that JSON can be read with but not written. */
function writeJson(json: object): Uint8Array | Refusal {
  try {
    return encoder.encode(JSON.stringify(json));
  } catch {
    return invalidBody('The body is nested too deeply.');
  }
}

function checkJson(operation: Operation, bytes: Uint8Array): Uint8Array | Refusal {
  const { body } = operation;
  if (!body) return bytes;
  const parsed = bytes.length === 0 ? { json: {} } : parseJson(bytes);
  if (!parsed) return { code: 'invalid_json' };
  const { json } = parsed;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return invalidBody('The body must be a JSON object.');
  }
  const fields = body.requiredFields.filter((name) => !Object.hasOwn(json, name));
  if (fields.length > 0) return { code: 'missing_fields', fields };
  const schema = body.schema();
  const read = readBodyValues(schema, json);
  const checked = schema.safeParse(read ?? json);
  if (checked.success) return read === undefined ? bytes : writeJson(read);
  const issue = checked.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return invalidBody(`${field === '' ? 'The body' : field} ${describeIssue(issue)}.`, field);
}

/** Checks the body of a write; reads have none. */
export function checkBody(operation: Operation, call: Call): CheckedBody | Refusal | undefined {
  if (operation.method === 'GET') return undefined;
  const bytes = call.body ?? new Uint8Array(0);
  // Azure's host drops a body without Content-Length: acting on "no body" would do something else than was asked.
  if (bytes.length === 0 && /chunked/i.test(call.header('transfer-encoding') ?? '')) {
    return { code: 'length_required' };
  }
  if (bytes.length > MAX_BODY_BYTES) return { code: 'payload_too_large', limitBytes: MAX_BODY_BYTES };
  const declared = call.header('content-type')?.trim() || 'application/json';
  const contentType = isFormType(declared) && parseJson(bytes) ? 'application/json' : declared;
  const problem = bytes.length > 0 && checkContentType(contentType);
  if (problem) return problem;
  const checked = checkJson(operation, bytes);
  if (!(checked instanceof Uint8Array)) return checked;
  return bytes.length === 0 ? undefined : { bytes: checked, contentType };
}
