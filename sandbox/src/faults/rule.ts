/** Faults on demand: what can go wrong between a client and Discogs, as data. */

/**
 * One thing that goes wrong.
 *
 * `status` to `redirect` replace the answer, so the operation is not carried out. The others let it happen and damage
 * the way back, except `hang` and `reset` at the stage `headers`, which strike before the operation.
 */
export type Fault =
  /** A JSON body with `message`. */
  | { kind: 'status'; status: number; message?: string; headers?: Record<string, string> }
  /** No body at all. */
  | { kind: 'empty'; status: number }
  /** The HTML page of the network edge, without rate headers. */
  | { kind: 'html'; status: number }
  /** Any literal answer. */
  | { kind: 'body'; status: number; contentType: string; body: string; headers?: Record<string, string> }
  /** `status` defaults to 302. */
  | { kind: 'redirect'; location: string; status?: number }
  /** Status 204 followed by bytes that must not be there; then the connection ends. */
  | { kind: 'noContentWithBody' }
  /** A chunked JSON string of that many bytes. */
  | { kind: 'huge'; bytes: number }
  /** Milliseconds before the normal answer. */
  | { kind: 'delay'; ms: number }
  /** Never finishes; at stage `body` after headers and half of the body. */
  | { kind: 'hang'; stage: 'headers' | 'body' }
  /** The connection dies with a TCP RST. */
  | { kind: 'reset'; stage: 'headers' | 'body' }
  /** The announced length is right, the connection closes half-way. */
  | { kind: 'cut' }
  | { kind: 'drip'; bytesPerSecond: number }
  /** `Content-Encoding: gzip` over bytes that do not unpack. */
  | { kind: 'gzip'; damage: 'garbage' | 'truncated' }
  /** A `Content-Length` that is wrong by `off` bytes; then the connection ends. */
  | { kind: 'length'; off: number }
  /** The normal answer with changed headers. */
  | { kind: 'headers'; set: Record<string, string> };

export interface FaultRule {
  /** Any method when absent. */
  method?: string;
  /** Prefix of the path without query; any path when absent. */
  path?: string;
  /** A text that the query must contain, as it stands in the address; any query when absent. */
  query?: string;
  /** How many requests it strikes; default 1, 0 means until cleared. */
  times?: number;
  fault: Fault;
}
