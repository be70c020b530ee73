/** The catalog as a file of requests that editors can send. */
import { catalog } from '../catalog/index.ts';
import type { Operation } from '../catalog/operation.ts';
import type { Parameter } from '../catalog/parameters.ts';
import { exampleBody } from './exampleBody.ts';

const HEADER = `# Made from the catalog by "npm run generate"; do not edit. Open it in an editor with an HTTP client.
# The key is that of the sandbox; with a real token use the one that "npm start" prints.
@base = http://127.0.0.1:7071/api
@key = change-me
`;

const exampleOf = (parameter: Parameter | undefined): string =>
  encodeURIComponent(String(parameter?.example ?? ''));

function request(operation: Operation): string {
  const { method, path, summary, needsKey, pathParameters, query, requireOneOf } = operation;
  const body = exampleBody(operation);
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => exampleOf(pathParameters[name]));
  const field = requireOneOf?.[0];
  const search = field === undefined ? '' : `?${field}=${exampleOf(query[field])}`;
  return [
    `### ${summary}`,
    `${method} {{base}}${filled}${search}`,
    ...(needsKey ? ['x-api-key: {{key}}'] : []),
    ...(body ? [`content-type: ${body.contentType}`, '', body.text.replaceAll('\r\n', '\n')] : []),
    '',
  ].join('\n');
}

/** The text of `az-function/requests.http`. */
export const requestsFile = (): string => [HEADER, ...catalog.map(request)].join('\n');
