/** Step 6 of the pipeline: Discogs' answer with our links, ETag and headers. */
import type { Operation } from '../catalog/operation.ts';
import type { Success } from '../discogs/interpret.ts';
import { type Answer, type Call, NO_BODY } from './call.ts';
import { matchesEtag } from './conditional.ts';
import type { Digest } from './forward.ts';
import { rewriteLinks } from './rewriteLinks.ts';

/** How one answer is to look. */
export interface Shaping {
  readonly call: Call;
  readonly operation: Operation;
  /** What links begin with that are to begin with `baseUrl`. */
  readonly origins: readonly string[];
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Others were, or are, answered with the same body. */
  readonly isShared: boolean;
}

/** Shapes a success; a caller that has the same body already gets a 304. */
export type Shape = (success: Success, shaping: Shaping) => Promise<Answer>;

interface Rewritten {
  readonly baseUrl: string;
  readonly body: Uint8Array;
  readonly etag: string;
}

/** Makes it for one gateway. */
export function createShape(digest: Digest): Shape {
  /**
   * The last rewriting of each body that is shown again: callers of one gateway mostly share its address, and rewriting
   * a kept answer anew each time would cost more than all the rest. Most answers are shown once and not held twice.
   */
  const lastRewritten = new WeakMap<Uint8Array, Rewritten>();

  async function rewrite(success: Success, { origins, baseUrl, isShared }: Shaping): Promise<Rewritten> {
    const known = isShared ? lastRewritten.get(success.body) : undefined;
    if (known?.baseUrl === baseUrl) return known;
    const isJson = success.mediaType === 'application/json';
    const body = isJson ? rewriteLinks(success.body, origins, baseUrl) : success.body;
    const rewritten = { baseUrl, body, etag: `"${await digest(body)}"` };
    if (isShared) lastRewritten.set(success.body, rewritten);
    return rewritten;
  }

  return async (success, shaping) => {
    const { call, operation } = shaping;
    const { status } = success;
    if (success.body.length === 0) return { status, headers: shaping.headers, body: NO_BODY };
    const { body, etag } = await rewrite(success, shaping);
    const headers = { ...shaping.headers, 'content-type': success.mediaType };
    if (operation.method !== 'GET' || status !== 200) return { status, headers, body };
    if (matchesEtag(call.header('if-none-match'), etag)) {
      return { status: 304, headers: { ...shaping.headers, etag }, body: NO_BODY };
    }
    return { status, headers: { ...headers, etag }, body };
  };
}
