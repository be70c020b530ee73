/** Markdown tables. */

/** A table; the first column is text, all others are figures. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, index) => (index === 0 ? '---' : '--:'));
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}

/** Three significant digits, and separators for thousands: `0.123`, `45.6`, `12,345`. */
export function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toPrecision(3);
}

/** `1.23` */
export const ratio = (value: number): string => value.toFixed(2);
