/** Turns untrusted JSON into a fault rule. */
import { type FieldReader, InvalidRule, readFields } from './fieldReader.ts';
import type { Fault, FaultRule } from './rule.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const;
const STAGES = ['headers', 'body'] as const;
const DAMAGES = ['garbage', 'truncated'] as const;
const MAX_DELAY_MS = 600_000;
const MAX_HUGE_BYTES = 1_000_000_000;
const MAX_TIMES = 1_000_000;
const MAX_OFF_BYTES = 1_000_000;
const MAX_BYTES_PER_SECOND = 100_000_000;
const KINDS: readonly Fault['kind'][] = [
  'status',
  'empty',
  'html',
  'body',
  'redirect',
  'noContentWithBody',
  'huge',
  'delay',
  'hang',
  'reset',
  'cut',
  'drip',
  'gzip',
  'length',
  'headers',
];

const status = (fields: FieldReader): number => fields.integer('status', 200, 599);
const extraHeaders = (fields: FieldReader) =>
  fields.has('headers') ? { headers: fields.headers('headers') } : {};

function readFault(fields: FieldReader): Fault {
  const kind = fields.choice('kind', KINDS);
  switch (kind) {
    case 'status': {
      const text = fields.has('message') ? { message: fields.text('message') } : {};
      return { kind, status: status(fields), ...text, ...extraHeaders(fields) };
    }
    case 'empty':
    case 'html':
      return { kind, status: status(fields) };
    case 'body': {
      const literal = { contentType: fields.text('contentType'), body: fields.text('body') };
      return { kind, status: status(fields), ...literal, ...extraHeaders(fields) };
    }
    case 'redirect': {
      const code = fields.has('status') ? { status: fields.integer('status', 300, 399) } : {};
      return { kind, location: fields.text('location'), ...code };
    }
    case 'huge':
      return { kind, bytes: fields.integer('bytes', 2, MAX_HUGE_BYTES) };
    case 'delay':
      return { kind, ms: fields.integer('ms', 0, MAX_DELAY_MS) };
    case 'hang':
    case 'reset':
      return { kind, stage: fields.choice('stage', STAGES) };
    case 'drip':
      return { kind, bytesPerSecond: fields.integer('bytesPerSecond', 1, MAX_BYTES_PER_SECOND) };
    case 'gzip':
      return { kind, damage: fields.choice('damage', DAMAGES) };
    case 'length':
      return { kind, off: fields.integer('off', -MAX_OFF_BYTES, MAX_OFF_BYTES) };
    case 'headers':
      return { kind, set: fields.headers('set') };
    case 'cut':
    case 'noContentWithBody':
      return { kind };
  }
}

/** Throws {@link InvalidRule} naming the first field that is missing, wrong or unknown. */
export function readRule(value: unknown): FaultRule {
  const fields = readFields(value, '');
  const method = fields.has('method') ? { method: fields.choice('method', METHODS) } : {};
  const path = fields.has('path') ? { path: fields.text('path') } : {};
  if (path.path !== undefined && !path.path.startsWith('/'))
    throw new InvalidRule('path: expected a leading slash');
  const query = fields.has('query') ? { query: fields.text('query') } : {};
  const times = fields.has('times') ? { times: fields.integer('times', 0, MAX_TIMES) } : {};
  const faultFields = fields.object('fault');
  const fault = readFault(faultFields);
  faultFields.end();
  fields.end();
  return { ...method, ...path, ...query, ...times, fault };
}
