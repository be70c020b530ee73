/** A record that was skipped. */
export interface BadRecord {
  /** Undefined where not even that can be found. */
  readonly id: number | undefined;
  /** Position of its first byte in the XML. */
  readonly offset: number;
  readonly reason: string;
}

/** Finds the id in the beginning of a damaged record: an attribute of its first tag, or the first `id` element. */
export function idIn(beginning: string): number | undefined {
  const attribute = /^<\w+\s[^>]*?\bid="(\d{1,15})"/.exec(beginning);
  const element = /<id>(\d{1,15})<\/id>/.exec(beginning);
  const digits = attribute?.[1] ?? element?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** One line for a log. */
export const describeBadRecord = ({ id, offset, reason }: BadRecord): string =>
  `${id === undefined ? 'a record' : `record ${id}`} at byte ${offset}: ${reason}`;
