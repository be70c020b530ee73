/** An answer before it is put on the wire. */

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The value behind a JSON body, kept for JSONP. */
  readonly json?: unknown;
}

const JSON_TYPE = 'application/json';

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'Content-Type': JSON_TYPE, ...headers },
  body: Buffer.from(JSON.stringify(value)),
  json: value,
});

export const ok = (value: unknown): Reply => json(200, value);

/** Discogs' error shape. @see https://www.discogs.com/developers#page:home,header:home-general-information */
export const message = (status: number, text: string): Reply => ({
  ...json(status, { message: text }),
  // Python's JSON writer, which Discogs uses, puts a blank after the colon.
  body: Buffer.from(`{"message": ${JSON.stringify(text)}}`),
});

export const empty = (status: number): Reply => ({ status, headers: {}, body: Buffer.alloc(0) });

/** Sets headers whatever the case of their names in the reply. */
export function withHeaders(reply: Reply, set: Readonly<Record<string, string>>): Reply {
  const replaced = new Set(Object.keys(set).map((name) => name.toLowerCase()));
  const kept = Object.entries(reply.headers).filter(([name]) => !replaced.has(name.toLowerCase()));
  return { ...reply, headers: { ...Object.fromEntries(kept), ...set } };
}
