/** What one composed read is, as data: an operation of this door alone, answered from several reads of the pipeline. */
import { type Operation, operation } from '../../catalog/operation.ts';
import { type Members, positive } from '../../lib/looseJson.ts';
import type { RecordProjection } from '../projections/projection.ts';
import type { Reader } from './reader.ts';

/** Values of the path, still percent-encoded, and of the query. */
export interface ComposeInput {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Live facts that were asked for by name. */
  readonly fields: ReadonlySet<string>;
}

/** The id of a record that was read: as Discogs wrote it, else as it was asked for. */
export const idOf = (record: Members, asked: string | undefined): number =>
  positive(record['id']) ?? positive(asked) ?? 0;

/** An operation that documents and tools can show like those of the catalog. */
export interface ComposedOperation extends Operation {
  /** Reads at most; the reader refuses the next one. A cached one costs Discogs no call, a failed one may be repeated once. */
  readonly maxCalls: number;
  readonly projection: RecordProjection;
  /** The answer, without what the reader says of missing parts; anything where the first read failed. */
  compose(reader: Reader, input: ComposeInput): Promise<Members>;
}

type Given = Pick<
  ComposedOperation,
  'id' | 'path' | 'summary' | 'description' | 'documentation' | 'maxCalls' | 'compose'
> &
  Partial<Pick<Operation, 'audience' | 'pathParameters' | 'query' | 'requireOneOf'>> & {
    /** Parts that no dump has: left out of an answer from the catalogue unless `fields` names them. */
    readonly live?: readonly string[];
  };

/** Composed answers are lean already: `fields` adds live parts alone. */
const projectionWith = (live: readonly string[]): RecordProjection => ({
  kind: 'record',
  extras: live,
  live,
  project: (answer) => answer,
});

/** Fills in what all of them share. The description ends with the number of calls. */
export function composed({ maxCalls, compose, live = [], ...given }: Given): ComposedOperation {
  const description = `${given.description} At most ${maxCalls} calls to Discogs.`;
  const reply = { statuses: [200], description: 'What was found, and in `missing` what was not.' };
  return {
    ...operation({ audience: 'anyone', ...given, entity: 'composed', method: 'GET', description, reply }),
    // It may tell of the caller's own lists, whatever its reads are.
    personal: true,
    maxCalls,
    projection: projectionWith(live),
    compose,
  };
}
