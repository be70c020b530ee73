/** The two plain types between a host and the doors that answer browsers. */

/** One request, as a host hands it over. */
export interface WebRequest {
  readonly method: string;
  /** Absolute, as it reached the host; path and query are taken from it, and the base address where none is set. */
  readonly url: string;
  /** Looks up a request header by lower-case name. */
  readonly header: (name: string) => string | undefined;
  /** All bytes, an empty array for no body; null as soon as there are more than `limitBytes`. Asked for once at most. */
  readonly body: (limitBytes: number) => Promise<Uint8Array | null>;
  /** Serves throttling only, never trust. */
  readonly clientAddress: string | undefined;
}

/** What a host sends back. Header names are lower case. */
export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
