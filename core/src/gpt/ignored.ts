/** Filters that Discogs takes and ignores, or answers with nothing: refused here with what to send instead. Pure. */

/** One of them. */
interface Ignored {
  /** The operation's id. */
  readonly operation: string;
  readonly field: string;
  /** True where the value, among the others, has no effect. Absent: it never has. */
  readonly when?: (value: string, query: Readonly<Record<string, string>>) => boolean;
  readonly message: string;
  readonly nextStep: string;
}

const IGNORED: readonly Ignored[] = [
  {
    operation: 'searchDatabase',
    field: 'artist',
    when: (_, { type }) => type === 'artist',
    message: 'Discogs finds no artist by the filter artist.',
    nextStep: 'Search artists with q and type=artist.',
  },
  {
    operation: 'searchDatabase',
    field: 'year',
    when: (value) => !/^\d{4}(-\d{4})?$/.test(value),
    message: 'year is no year: Discogs finds nothing by it.',
    nextStep: 'Send four digits, such as 1991.',
  },
  {
    operation: 'getRelease',
    field: 'curr_abbr',
    message: 'Discogs shows the price of a release in the currency of the account, whatever is asked for.',
    nextStep: 'Leave curr_abbr out, or read /marketplace/stats/{release_id} with it.',
  },
  {
    operation: 'getMasterVersions',
    field: 'released',
    when: (value) => !/^\d{4}(-\d{2}){0,2}$/.test(value),
    message: 'released is one date, such as 1991: Discogs ignores anything else.',
    nextStep: 'Use year_from and year_to for a range.',
  },
];

/** The first filter of `query` that would have no effect. */
export const ignoredFilter = (
  operation: string,
  query: Readonly<Record<string, string>>,
): Omit<Ignored, 'when' | 'operation'> | undefined =>
  IGNORED.find((rule) => {
    const value = query[rule.field];
    return rule.operation === operation && value !== undefined && (rule.when?.(value, query) ?? true);
  });

/** True for a parameter that never has an effect: no document names it. */
export const isAlwaysIgnored = (operation: string, field: string): boolean =>
  IGNORED.some((rule) => rule.operation === operation && rule.field === field && rule.when === undefined);
