/** From an answer of the core to what an Azure Functions handler returns. */
import type { HttpResponseInit } from '@azure/functions';
import type { Answer } from '@discogs-agent/core';

/** An object in every case: a handler that returns anything else makes the host answer a blank 500. */
export function toResponse({ status, headers, body }: Answer): HttpResponseInit {
  return { status, headers, ...(body.length === 0 ? {} : { body }) };
}
