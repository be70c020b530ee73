/** Gzip by the platform's own streams, which Node and Workers share; its checksum finds damage. */

/** Makes bytes smaller, and whole again. `expand` rejects what is damaged or larger than `maxBytes`. */
export interface Compression {
  compress(bytes: Uint8Array): Promise<Uint8Array>;
  expand(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array>;
}

async function through(
  bytes: Uint8Array,
  { readable, writable }: CompressionStream | DecompressionStream,
  maxBytes: number,
): Promise<Uint8Array> {
  const writer = writable.getWriter();
  // A copy, because the type of a stream's chunk excludes memory that threads share.
  const fed = writer.write(new Uint8Array(bytes)).then(() => writer.close());
  fed.catch(() => {}); // The reader meets the same fault.
  const reader = readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      throw new RangeError('larger than allowed');
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/**
 * Compresses and expands in the background of the platform.
 * @see https://compression.spec.whatwg.org/
 */
export const gzip: Compression = {
  compress: (bytes) => through(bytes, new CompressionStream('gzip'), Number.POSITIVE_INFINITY),
  expand: (bytes, maxBytes) => through(bytes, new DecompressionStream('gzip'), maxBytes),
};
