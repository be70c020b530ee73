/** What a caller sends with an operation, as an example. */
import type { Operation } from '../catalog/operation.ts';

/** A body with its media type. */
export interface ExampleBody {
  readonly contentType: string;
  readonly text: string;
}

/** The example of the catalog as a client sends it; undefined where an operation has no body. */
export function exampleBody({ body }: Operation): ExampleBody | undefined {
  return body && { contentType: 'application/json', text: JSON.stringify(body.example, null, 2) };
}
