import { match } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { checkInput } from '../../src/proxy/validation/checkInput.ts';
import { MAX_UPLOAD_BYTES } from '../../src/proxy/validation/checkUpload.ts';
import { call } from '../support/fakes.ts';

const encoder = new TextEncoder();
const PATH = '/inventory/upload/add';
const TYPE = 'multipart/form-data; boundary=b';
const CSV = 'release_id,price\r\n1,2\r\n';
const part = (content: string, name = 'upload', boundary = 'b') =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n${content}\r\n`;
const whole = (...parts: readonly string[]) => `${parts.join('')}--b--\r\n`;

function check(
  body: string | Uint8Array,
  contentType: string | undefined = TYPE,
  more: Record<string, string> = {},
) {
  const headers = { ...(contentType === undefined ? {} : { 'content-type': contentType }), ...more };
  const request = call('POST', PATH, { body, headers });
  const found = match('POST', PATH);
  if (found.kind !== 'operation') throw new Error('no such operation');
  return checkInput(found.operation, found.path, request);
}

describe('an uploaded file', () => {
  it.each([
    ['alone', whole(part(CSV)), TYPE],
    ['beside a field', whole(part('x', 'note'), part(CSV)), TYPE],
    ['of a quoted boundary', whole(part(CSV)), 'Multipart/Form-Data; charset=utf-8; boundary="b"'],
    ['with a name that is not quoted', whole(part(CSV)).replace('"upload"', 'upload'), TYPE],
    ['between texts that nobody reads', `before\r\n${whole(part(CSV))}after`, TYPE],
    ['with the boundary in its middle of a line', whole(part(`a --b b\r\n`)), TYPE],
  ])('passes %s, byte for byte', (_, body, contentType) => {
    const checked = check(body, contentType);
    expect(checked).toMatchObject({ contentType });
    expect('body' in checked && checked.body).toEqual(encoder.encode(body));
  });

  it('passes whatever its encoding is', () => {
    const [head = '', tail = ''] = whole(part('#')).split('#');
    const body = new Uint8Array([...encoder.encode(head), 0xff, 0xfe, 0x00, 0xe9, ...encoder.encode(tail)]);
    const checked = check(body);
    expect('body' in checked && checked.body).toEqual(body);
  });

  it.each([
    ['nothing', '', { code: 'missing_fields', fields: ['upload'] }],
    ['no part', whole(), { code: 'missing_fields', fields: ['upload'] }],
    ['a part of another name', whole(part(CSV, 'file')), { code: 'missing_fields', fields: ['upload'] }],
    ['a part without headers', `--b\r\n\r\nname="upload"\r\n--b--`, { code: 'missing_fields' }],
    ['an empty file', whole(part('')), { field: 'upload', message: 'upload must not be an empty file.' }],
    ['a file of blanks', whole(part(' \r\n\r\n')), { field: 'upload' }],
    ['no end', part(CSV), { reason: 'invalid_body' }],
    ['another boundary', whole(part(CSV)).replaceAll('--b', '--c'), { reason: 'invalid_body' }],
    ['a boundary that goes on', whole(part(CSV)).replace('--b\r\n', '--bb\r\n'), { reason: 'invalid_body' }],
    [
      'a great many parts',
      whole(...Array.from({ length: 50 }, () => part(CSV, 'x'))),
      { reason: 'invalid_body' },
    ],
    ['JSON', '{"upload":"x"}', { reason: 'invalid_body' }],
  ])('is refused for %s', (_, body, refusal) => {
    expect(check(body)).toMatchObject(refusal);
  });

  it.each([
    ['text/csv', { code: 'unsupported_media_type', expected: 'multipart/form-data' }],
    ['application/json', { code: 'unsupported_media_type' }],
    ['multipart/mixed; boundary=b', { code: 'unsupported_media_type' }],
    ['', { code: 'unsupported_media_type' }],
    ['multipart/form-data', { reason: 'invalid_header', field: 'Content-Type' }],
    [`multipart/form-data; boundary=${'b'.repeat(71)}x`, { reason: 'invalid_body' }],
    ['multipart/form-data; boundary=bé', { reason: 'invalid_header' }],
  ])('is refused as %s', (contentType, refusal) => {
    expect(check(whole(part(CSV)), contentType)).toMatchObject(refusal);
  });

  it('is refused where it is too large, and where the host has lost it', () => {
    const tooLarge = whole(part('x'.repeat(MAX_UPLOAD_BYTES)));
    expect(check(tooLarge)).toEqual({ code: 'payload_too_large', limitBytes: MAX_UPLOAD_BYTES });
    expect(check('', TYPE, { 'transfer-encoding': 'chunked' })).toEqual({ code: 'length_required' });
  });
});
