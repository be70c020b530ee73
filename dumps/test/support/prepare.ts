/** One record's XML as a store would get it. */
import type { RecordKind } from '@discogs-agent/core/catalogue';
import type { PreparedRecord } from '../../src/records/preparedRecord.ts';
import { RecordPreparer } from '../../src/records/prepareRecord.ts';

/** Throws for a record that cannot be understood. */
export function prepare<Kind extends RecordKind>(kind: Kind, xml: string): PreparedRecord & { kind: Kind } {
  const bytes = Buffer.from(xml);
  const record = new RecordPreparer(kind, false).prepare(bytes, 0, bytes.length);
  if (!isOf(record, kind)) throw new Error(`a record of ${record.kind}`);
  return record;
}

const isOf = <Kind extends RecordKind>(
  record: PreparedRecord,
  kind: Kind,
): record is PreparedRecord & { kind: Kind } => record.kind === kind;

/** The API's body. */
export const jsonOf = ({ json }: { readonly json: Uint8Array }): string =>
  Buffer.from(json.buffer, json.byteOffset, json.length).toString();

/** The members of the API's body. */
export const bodyOf = (kind: RecordKind, xml: string): Record<string, unknown> =>
  JSON.parse(jsonOf(prepare(kind, xml)));

/** The XML of the records of a fixture, each of which begins a line. */
export function recordsIn(xml: string, kind: RecordKind): string[] {
  const [, ...lines] = xml.split(new RegExp(`\\n(?=<${kind.slice(0, -1)}[ >])`));
  return lines.map((record) => record.replace(`\n</${kind}>`, '').trimEnd());
}
