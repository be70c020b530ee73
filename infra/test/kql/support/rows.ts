/** What the running gateway wrote, as the rows that Application Insights makes of it. */

/** A member of a trace line. */
export type Value = string | number | boolean;

/** A line of the host's log: a row of `traces`. */
export interface TraceRow {
  readonly message: string;
  /** The JSON behind `prefix`, where the line has one; what `parse_json` makes of it. */
  readonly data: Readonly<Record<string, Value>> | undefined;
  /** `discogs_proxy: `, `discogs_proxy_rejected: ` or `oauth_request: `, as the queries write it. */
  readonly prefix: string | undefined;
}

/** A custom event made of the same JSON. Storage keeps every dimension as text. */
export interface EventRow {
  readonly name: string;
  readonly customDimensions: Readonly<Record<string, string>>;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function flat(text: string): Record<string, Value> {
  const parsed: unknown = JSON.parse(text);
  if (!isRecord(parsed)) throw new Error(`no object: ${text}`);
  const members = Object.entries(parsed).map(([name, value]): [string, Value] => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      return [name, value];
    throw new Error(`${name} is no plain value in ${text}`);
  });
  return Object.fromEntries(members);
}

/** The row of a line that the local host printed; undefined where the line is not the app's. */
export function toTraceRow(line: string): TraceRow | undefined {
  // `[<category>.<level>] <message>`; the platform strips the same from what it stores.
  const message = /^(?:\[[^\]]*\] )(.*)$/.exec(line)?.[1] ?? (line.startsWith('{') ? undefined : line);
  if (message === undefined) return undefined;
  const prefix = /^(?:discogs_proxy(?:_rejected)?|oauth_request): /.exec(message)?.[0];
  return { message, prefix, data: prefix === undefined ? undefined : flat(message.slice(prefix.length)) };
}

/** The custom events of the lines that have JSON. */
export const toEventRows = (rows: readonly TraceRow[]): readonly EventRow[] =>
  rows.flatMap(({ data }) =>
    data === undefined
      ? []
      : [
          {
            name: String(data['event']),
            customDimensions: Object.fromEntries(
              Object.entries(data).map(([name, value]) => [name, String(value)]),
            ),
          },
        ],
  );
