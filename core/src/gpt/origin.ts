/** Which source an answer came from, and of which day a dump's is: members that an agent can tell its user. */
import type { Answer } from '../lib/call.ts';
import type { Members } from '../lib/looseJson.ts';
import { CATALOGUE_DATE_HEADER as DATE, SOURCE_HEADER as SOURCE } from '../proxy/source.ts';

/** Headers that name the source of one read. */
export const SOURCE_HEADERS: ReadonlySet<string> = new Set([SOURCE, DATE]);

/** The day of the dump that answered; undefined for an answer of Discogs. */
export const catalogueDate = ({ headers }: Answer): string | undefined =>
  headers[SOURCE] === 'catalogue' ? headers[DATE] : undefined;

/** `source` and `as_of` of one answer or of several; nothing at a gateway without a catalogue. */
export function originOf(answers: readonly Answer[]): Members {
  const sources = new Set(answers.flatMap(({ headers }) => headers[SOURCE] ?? []));
  const [source] = sources;
  const date = answers.map(catalogueDate).find((one) => one !== undefined);
  return {
    ...(source === undefined ? {} : { source: sources.size > 1 ? 'mixed' : source }),
    ...(date === undefined ? {} : { as_of: date }),
  };
}

/** The same as headers. Of several sources none is named. */
export function originHeaders(origin: Members): Readonly<Record<string, string>> {
  const { source, as_of: date } = origin;
  return {
    ...(typeof source === 'string' && source !== 'mixed' ? { [SOURCE]: source } : {}),
    ...(typeof date === 'string' ? { [DATE]: date } : {}),
  };
}
