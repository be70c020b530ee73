/** Step 3 of the pipeline: path, query and body against the operation's schemas. */
import type { Operation } from '../../catalog/operation.ts';
import { isInteger } from '../../catalog/parameters.ts';
import type { CheckedInput } from '../../discogs/request.ts';
import { textFormat } from '../../discogs/textFormat.ts';
import type { Call } from '../../lib/call.ts';
import type { Refusal } from '../failure.ts';
import { checkBody } from './checkBody.ts';
import { checkQuery } from './checkQuery.ts';
import { checkUpload } from './checkUpload.ts';
import { percentDecode } from './parseQuery.ts';

function checkPath(
  operation: Operation,
  raw: Readonly<Record<string, string>>,
): Record<string, string> | Refusal {
  const values: Record<string, string> = {};
  for (const [name, parameter] of Object.entries(operation.pathParameters)) {
    const value = percentDecode(raw[name] ?? '');
    if (value === undefined || !parameter.accepts(value)) {
      return isInteger(parameter) && !/^[0-9]+$/.test(value ?? '')
        ? { code: 'not_an_integer', field: name }
        : {
            code: 'invalid_request',
            reason: 'invalid_path',
            field: name,
            message: `${name} ${parameter.problem}.`,
          };
    }
    values[name] = value;
  }
  return values;
}

/** Path parameters are texts; only a refusal has a code beside them. */
const isRefusal = (value: Record<string, string> | Refusal): value is Refusal => 'code' in value;

/** Input that may go to Discogs. */
export interface AcceptedInput extends CheckedInput {
  /** Names of query parameters that were dropped. */
  readonly ignored: readonly string[];
}

/** Checks everything a caller sent. */
export function checkInput(
  operation: Operation,
  rawPath: Readonly<Record<string, string>>,
  call: Call,
): AcceptedInput | Refusal {
  const path = checkPath(operation, rawPath);
  if (isRefusal(path)) return path;
  const query = checkQuery(operation, call.query);
  if ('code' in query) return query;
  const body = operation.upload ? checkUpload(operation.upload, call) : checkBody(operation, call);
  if (body && 'code' in body) return body;
  return {
    path,
    query: query.values,
    ignored: query.ignored,
    body: body?.bytes,
    contentType: body?.contentType,
    accept: textFormat(call.header('accept')),
  };
}
