/** The shape of every error of the proxy. */

/** `message` is a sentence for people: what happened, and what to do next. Clients of Discogs read it. */
export interface ErrorBody {
  readonly error: string;
  readonly message: string;
  readonly [member: string]: unknown;
}

/** Status, JSON members in their order on the wire, and headers that only this failure needs. */
export interface RenderedFailure {
  readonly status: number;
  readonly body: ErrorBody;
  readonly headers?: Readonly<Record<string, string>>;
}
