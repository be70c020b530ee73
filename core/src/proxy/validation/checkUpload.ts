/** An uploaded file: size, `multipart/form-data`, and that the file is in it. Forwarded byte for byte when it passes. */
import type { OperationUpload } from '../../catalog/operation.ts';
import { isPrintable } from '../../discogs/printable.ts';
import type { Call } from '../../lib/call.ts';
import type { Refusal } from '../failure.ts';

/** Largest body with a file: some 40,000 listings. */
export const MAX_UPLOAD_BYTES = 4 * 1024 * 1024;

interface CheckedUpload {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** More would be no upload of one file, and splitting them costs memory. */
const MAX_PARTS = 10;
/** One character for each byte, so that text of any encoding passes. */
const decoder = new TextDecoder('latin1');

const invalidBody = (message: string, field?: string): Refusal => ({
  code: 'invalid_request',
  reason: 'invalid_body',
  ...(field === undefined ? {} : { field }),
  message,
});

/** @see https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1 */
function boundaryOf(contentType: string): string | undefined {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
  return quoted ?? plain;
}

/** The parts, each from the end of its delimiter; undefined where the body is cut off or of another kind. */
function partsOf(bytes: Uint8Array, boundary: string): readonly string[] | undefined {
  const [before, ...parts] = `\r\n${decoder.decode(bytes)}`.split(`\r\n--${boundary}`, MAX_PARTS + 2);
  const end = parts.findIndex((part) => part.startsWith('--'));
  const found = parts.slice(0, end);
  const isWhole = before !== undefined && end !== -1 && found.every((part) => /^[ \t]*\r\n/.test(part));
  return isWhole ? found : undefined;
}

function contentOf(parts: readonly string[], name: string): string | undefined {
  for (const part of parts) {
    const end = part.indexOf('\r\n\r\n');
    const disposition = /\r\ncontent-disposition:([^\r\n]*)/i.exec(part.slice(0, Math.max(0, end)))?.[1];
    const [, quoted, plain] = /;\s*name=(?:"([^"]*)"|([^\s;"]+))/i.exec(disposition ?? '') ?? [];
    if ((quoted ?? plain) === name) return part.slice(end + 4);
  }
  return undefined;
}

/** Checks the body of an operation that takes a file. */
export function checkUpload({ part }: OperationUpload, call: Call): CheckedUpload | Refusal {
  const bytes = call.body ?? new Uint8Array(0);
  // Azure's host drops a body without Content-Length.
  if (bytes.length === 0 && /chunked/i.test(call.header('transfer-encoding') ?? '')) {
    return { code: 'length_required' };
  }
  if (bytes.length > MAX_UPLOAD_BYTES) return { code: 'payload_too_large', limitBytes: MAX_UPLOAD_BYTES };
  if (bytes.length === 0) return { code: 'missing_fields', fields: [part] };
  const contentType = call.header('content-type')?.trim() ?? '';
  if (!/^multipart\/form-data\s*(;|$)/i.test(contentType)) {
    return { code: 'unsupported_media_type', contentType, expected: 'multipart/form-data' };
  }
  const boundary = isPrintable(contentType) ? boundaryOf(contentType) : undefined;
  if (boundary === undefined) {
    return {
      code: 'invalid_request',
      reason: 'invalid_header',
      field: 'Content-Type',
      message: 'Content-Type must be printable ASCII and name the boundary between the parts.',
    };
  }
  const parts = partsOf(bytes, boundary);
  if (!parts)
    return invalidBody('The body must be multipart/form-data with the boundary of its Content-Type.');
  const content = contentOf(parts, part);
  if (content === undefined) return { code: 'missing_fields', fields: [part] };
  return content.trim() === ''
    ? invalidBody(`${part} must not be an empty file.`, part)
    : { bytes, contentType };
}
