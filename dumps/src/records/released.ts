/** Dates of release: `1999-03-00`, `1999`. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 0 for a date that does not begin with a year. */
export const yearOf = (released: string): number => Number(/^\d{4}(?!\d)/.exec(released)?.[0] ?? 0);

/** `30 Sep 2002`, `Mar 1999`, `1999`; another text as it is. */
export function formatReleased(released: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(released) ?? [];
  if (year === undefined) return released;
  const monthName = MONTHS[Number(month) - 1];
  if (monthName === undefined) return year;
  return `${day === undefined || day === '00' ? '' : `${day} `}${monthName} ${year}`;
}
