/** Dates of release: `1999-03-00`, `1999`. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const DATES_MAX = 50_000;
/** Dates come again: all of a century are fewer than this. */
const remembered = new Map<string, ReleaseDate>();

export interface ReleaseDate {
  /** 0 for a date that does not begin with a year. */
  readonly year: number;
  /** `30 Sep 2002`, `Mar 1999`, `1999`; another text as it is. */
  readonly formatted: string;
}

/** Reads a date. */
export function releaseDate(released: string): ReleaseDate {
  const known = remembered.get(released);
  if (known !== undefined) return known;
  if (remembered.size >= DATES_MAX) remembered.clear();
  const date = { year: yearOf(released), formatted: formatReleased(released) };
  remembered.set(released, date);
  return date;
}

const yearOf = (released: string): number => Number(/^\d{4}(?!\d)/.exec(released)?.[0] ?? 0);

function formatReleased(released: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(released) ?? [];
  if (year === undefined) return released;
  const monthName = MONTHS[Number(month) - 1];
  if (monthName === undefined) return year;
  return `${day === undefined || day === '00' ? '' : `${day} `}${monthName} ${year}`;
}
