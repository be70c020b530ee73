/** What a caller sends with an operation, as an example. */
import type { Operation, OperationUpload } from '../catalog/operation.ts';

/** A body with its media type. */
export interface ExampleBody {
  readonly contentType: string;
  readonly text: string;
}

const BOUNDARY = 'boundary-of-the-example';

function uploadBody({ part, mediaType, example }: OperationUpload): ExampleBody {
  const lines = [
    `--${BOUNDARY}`,
    `Content-Disposition: form-data; name="${part}"; filename="inventory.csv"`,
    `Content-Type: ${mediaType}`,
    '',
    example,
    `--${BOUNDARY}--`,
    '',
  ];
  return { contentType: `multipart/form-data; boundary=${BOUNDARY}`, text: lines.join('\r\n') };
}

/** The example of the catalog as a client sends it; undefined where an operation has no body. */
export function exampleBody({ body, upload }: Operation): ExampleBody | undefined {
  if (upload) return uploadBody(upload);
  return body && { contentType: 'application/json', text: JSON.stringify(body.example, null, 2) };
}
