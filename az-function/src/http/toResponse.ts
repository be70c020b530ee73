/** From an answer of the core to what an Azure Functions handler returns. */
import { HttpResponse } from '@azure/functions';
import type { Answer } from '@discogs-agent/core';

/**
 * A response that hands its bytes over as they are. The library would put them into a native `Response` and read them
 * out of its stream again, which copies them twice.
 */
class BytesResponse extends HttpResponse {
  override readonly arrayBuffer: () => Promise<ArrayBuffer>;

  constructor({ status, headers, body }: Answer) {
    super({ status, headers });
    this.arrayBuffer = async () => wholeBuffer(body);
  }
}

/** The buffer under `bytes`, where they fill it; else a copy. */
function wholeBuffer({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) return buffer;
  const copy = new Uint8Array(byteLength);
  copy.set(new Uint8Array(buffer, byteOffset, byteLength));
  return copy.buffer;
}

/** An object in every case: a handler that returns anything else makes the host answer a blank 500. */
export function toResponse(answer: Answer): HttpResponse {
  return new BytesResponse(answer);
}
