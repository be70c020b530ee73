/** The committed document, as a reader of the repository finds it. */
import { readFile } from 'node:fs/promises';
import type { OpenApiDocument, OpenApiOperation } from '@discogs-agent/core/documents';
import type { DocumentName } from '@discogs-agent/openapi';

/** A committed document, as text. */
export const committed = (name: `${DocumentName}.${'yaml' | 'json'}`): Promise<string> =>
  readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

/** The parsed document of all operations. */
export const document: OpenApiDocument = JSON.parse(await committed('discogs-agent.json'));

/** One operation of the document, with the path template and the lower-case method. */
export interface DocumentedOperation {
  readonly path: string;
  readonly method: string;
  readonly operation: OpenApiOperation;
}

/** Every operation of the document. */
export const documented: readonly DocumentedOperation[] = Object.entries(document.paths).flatMap(
  ([path, item]) => Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

/** The operation named `operationId`; throws where there is none. */
export function documentedOperation(operationId: string): DocumentedOperation {
  const found = documented.find(({ operation }) => operation.operationId === operationId);
  if (!found) throw new Error(`the document has no ${operationId}`);
  return found;
}
