/** Values that are made when they are first asked for, and kept. */

/** Makes a function that calls `make` once. A cold start pays for no schema that its first request does not need. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
