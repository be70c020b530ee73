/** Compares an answer of the running gateway with what the document says about it. */
import type { OpenApiContent } from '@discogs-agent/core/documents';
import { type DocumentedOperation, document } from './document.ts';
import { schemaProblems } from './schemaCheck.ts';

/** An answer that was read to its end. */
export interface ReadAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** What HTTP adds to any answer; a description of an API is not about these. */
const PLUMBING: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'vary',
]);

function headerProblems(documentedHeaders: readonly string[], headers: Headers): readonly string[] {
  const known = new Map(documentedHeaders.map((name) => [name.toLowerCase(), name]));
  const undocumented = [...headers.keys()].filter((name) => !known.has(name) && !PLUMBING.has(name));
  const missing = documentedHeaders.filter(
    (name) => document.components.headers[name]?.required && !headers.has(name),
  );
  return [
    ...undocumented.map((name) => `header ${name} is not documented`),
    ...missing.map((name) => `header ${name} is missing`),
  ];
}

function bodyProblems(
  keys: readonly string[],
  content: OpenApiContent | undefined,
  body: string,
): readonly string[] {
  if (!content) return body === '' ? [] : ['no body is documented'];
  if (body === '') return ['the documented body is missing'];
  const [mediaType = ''] = Object.keys(content);
  const value: unknown = mediaType === 'application/json' ? JSON.parse(body) : body;
  return schemaProblems([...keys, 'content', mediaType, 'schema'], value);
}

/** What the document does not say about `answer`, or says otherwise; empty when it describes it. */
export function answerProblems(
  { path, method, operation: { responses } }: DocumentedOperation,
  { status, headers, body }: ReadAnswer,
  isHead = false,
): readonly string[] {
  const key = responses[status] ? String(status) : 'default';
  const response = responses[key];
  if (!response) return [`status ${status} is not documented`];
  const keys = ['paths', path, method, 'responses', key];
  return [
    ...headerProblems(Object.keys(response.headers), headers),
    ...(isHead ? [] : bodyProblems(keys, response.content, body)),
  ];
}
