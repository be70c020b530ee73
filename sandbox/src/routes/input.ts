/** Fields of a write, from the JSON body or, where there is none, from the query string. */
import { isRecord } from '../isRecord.ts';
import type { Call } from './call.ts';

export type Fields = Readonly<Record<string, unknown>>;

function parsedBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** `undefined` when there is a body that is not a JSON object. */
export function fieldsOf({ body, query }: Call): Fields | undefined {
  const fromQuery = Object.fromEntries(query);
  if (body.length === 0) return fromQuery;
  const fromBody = parsedBody(body);
  return isRecord(fromBody) ? { ...fromQuery, ...fromBody } : undefined;
}

/** Absent and `null` are the same: the field is left as it is. */
export const textField = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return value === undefined || value === null ? undefined : String(value);
};

/** `NaN` for anything that does not read as a number, a different thing from an absent field. */
export const numberField = (fields: Fields, name: string): number | undefined => {
  const text = textField(fields, name);
  if (text === undefined) return undefined;
  return text.trim() === '' ? Number.NaN : Number(text);
};

export const flagField = (fields: Fields, name: string): boolean | undefined => {
  const text = textField(fields, name);
  return text === undefined ? undefined : text === 'true' || text === '1';
};
