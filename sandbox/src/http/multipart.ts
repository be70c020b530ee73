/** The file in a body of `multipart/form-data`. @see https://www.rfc-editor.org/rfc/rfc7578 */

export interface UploadedFile {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

const HEADERS_END = '\r\n\r\n';

function readPart(part: Buffer, name: string): UploadedFile | undefined {
  const end = part.indexOf(HEADERS_END);
  const headers = part.subarray(0, Math.max(0, end)).toString('utf8');
  const disposition = /^content-disposition:\s*form-data(.*)$/im.exec(headers)?.[1] ?? '';
  if (!new RegExp(`;\\s*name="?${name}"?\\s*(;|$)`, 'i').test(disposition)) return undefined;
  return {
    filename: /;\s*filename="([^"]*)"/i.exec(disposition)?.[1] ?? '',
    contentType: /^content-type:\s*([^;\s]+)/im.exec(headers)?.[1]?.toLowerCase() ?? '',
    content: part.subarray(end + HEADERS_END.length),
  };
}

/** The part of that name; `undefined` where the body has none, or is of another type. */
export function fileIn(
  contentType: string | undefined,
  body: Buffer,
  name: string,
): UploadedFile | undefined {
  const [, quoted, plain] =
    /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '') ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return undefined;
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  let from = whole.indexOf(delimiter);
  while (from !== -1) {
    const start = from + delimiter.length;
    const next = whole.indexOf(delimiter, start);
    if (next === -1) return undefined;
    const file = readPart(whole.subarray(start, next), name);
    if (file) return file;
    from = next;
  }
  return undefined;
}
