/** Step 6 of the pipeline: Discogs' answer with our links, ETag and headers. */
import type { Operation } from '../../catalog/operation.ts';
import { lengthWithLinks, withLinks } from '../../discogs/links.ts';
import { type Answer, type Call, NO_BODY } from '../../lib/call.ts';
import type { Digest, ReadyAnswer } from '../../upstream/cache/readAnswer.ts';
import { isNotModified } from './conditional.ts';

/** How one answer is to look. */
export interface Shaping {
  readonly call: Call;
  readonly operation: Operation;
  /** What links begin with in this answer. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Others were, or are, answered with the same body. */
  readonly isShared: boolean;
}

/** Shapes a good answer; a caller that has the same body already gets a 304. */
export type Shape = (ready: ReadyAnswer, shaping: Shaping) => Promise<Answer>;

interface Rewritten {
  readonly baseUrl: string;
  readonly body: Uint8Array;
}

const encoder = new TextEncoder();

/** Makes it for one gateway. `origins` are those whose links are rewritten. */
export function createShape(origins: readonly string[], digest: Digest): Shape {
  /**
   * The last rewriting of each body that is shown again: callers of one gateway mostly share its address, and then share
   * this copy. Most answers are shown once and not held twice.
   */
  const lastRewritten = new WeakMap<Uint8Array, Rewritten>();

  function bodyOf({ body, links }: ReadyAnswer, { baseUrl, isShared }: Shaping): Uint8Array {
    const known = isShared ? lastRewritten.get(body) : undefined;
    if (known?.baseUrl === baseUrl) return known.body;
    const rewritten = withLinks(body, links, baseUrl);
    if (isShared && rewritten !== body) lastRewritten.set(body, { baseUrl, body: rewritten });
    return rewritten;
  }

  /** Callers of one gateway mostly share its address. */
  let lastAddress: { readonly baseUrl: string; readonly digest: string } | undefined;

  async function addressDigest(baseUrl: string): Promise<string> {
    if (lastAddress?.baseUrl === baseUrl) return lastAddress.digest;
    const made = await digest(encoder.encode([baseUrl, ...origins].join('\n')));
    lastAddress = { baseUrl, digest: made };
    return made;
  }

  /** Names the bytes by what they are made of, so that it costs the same for a body of any size. */
  async function etagOf({ digest: ofBody }: ReadyAnswer, baseUrl: string): Promise<string> {
    return `"${ofBody}-${await addressDigest(baseUrl)}"`;
  }

  return async (ready, shaping) => {
    const { call, operation, baseUrl } = shaping;
    const { status, mediaType, body, links } = ready;
    if (body.length === 0) return { status, headers: shaping.headers, body: NO_BODY };
    const tag =
      operation.method === 'GET' && status === 200 ? { etag: await etagOf(ready, baseUrl) } : undefined;
    if (tag && isNotModified(call, { ...tag, lastModified: shaping.headers['last-modified'] })) {
      return { status: 304, headers: { ...shaping.headers, ...tag }, body: NO_BODY };
    }
    const headers = { ...shaping.headers, 'content-type': mediaType, ...tag };
    if (call.method === 'HEAD') {
      const length = String(lengthWithLinks(body, links, baseUrl));
      return { status, headers: { ...headers, 'content-length': length }, body: NO_BODY };
    }
    return { status, headers, body: bodyOf(ready, shaping) };
  };
}
