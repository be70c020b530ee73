/** Values of SQLite's rows, checked: a damaged file may hold anything. */

/** A row as `node:sqlite` gives it. */
export type Row = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Row => typeof value === 'object' && value !== null;

function wrong(column: string): never {
  throw new Error(`the column ${column} has a value of the wrong kind`);
}

export function number(row: Row, column: string): number {
  const value = row[column];
  return typeof value === 'number' ? value : wrong(column);
}

export function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : wrong(column);
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  return value instanceof Uint8Array ? value : wrong(column);
}
