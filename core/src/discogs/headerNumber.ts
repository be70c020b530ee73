/** A number in one of Discogs' headers; undefined when it is absent or nonsense. */
export const headerNumber = (value: string | undefined): number | undefined =>
  value !== undefined && /^[0-9]{1,9}$/.test(value.trim()) ? Number(value) : undefined;
