/** What a pack is read from: blobs of a container, or files of a folder. */

export type RangeAnswer =
  /** Fewer bytes than asked for where the blob ends before. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly etag: string }
  /** The blob is not there, or no longer the one with this ETag. */
  | { readonly kind: 'changed' };

/** Rejects with `CatalogueUnavailable` where the storage cannot be read now. */
export interface RangeSource {
  /** With `etag` only from the blob that has it. `name` is relative to the container, with `/` between folders. */
  read(name: string, offset: number, length: number, etag?: string): Promise<RangeAnswer>;
  close(): Promise<void>;
}

/** Undoes zstd; rejects for damaged bytes, and before it allocates more than `rawLength`. */
export type Decompress = (bytes: Uint8Array, rawLength: number) => Promise<Uint8Array>;
