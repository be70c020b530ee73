/** Rules about the document as a whole. */
import { isObject, type JsonObject, listAt, objectAt, textAt, walk } from './json.ts';
import { placesOf } from './operations.ts';

type DocumentRule = (document: JsonObject) => readonly string[];

/** The editor of GPT Actions takes no more. */
const MAX_OPERATIONS = 30;
/** The editor's limit is 1 MB after it has printed the document its own way; this leaves room for that. */
const MAX_BYTES = 800_000;

const operationCount: DocumentRule = (document) => {
  const { length } = placesOf(document);
  return length > MAX_OPERATIONS
    ? [`there are ${length} operations; at most ${MAX_OPERATIONS} are taken`]
    : [];
};

const server: DocumentRule = (document) => {
  const servers = listAt(document, 'servers');
  if (servers.length !== 1) return [`there are ${servers.length} servers; exactly one is used`];
  const url = textAt(objectAt(servers[0]), 'url').replace(/\{\{\w+\}\}/, 'placeholder.example');
  return /^https:\/\//.test(url) && URL.canParse(url) ? [] : ['the server is not an absolute https address'];
};

const securityScheme: DocumentRule = (document) => {
  const { length } = Object.keys(objectAt(document, 'components', 'securitySchemes'));
  return length === 1 ? [] : [`there are ${length} security schemes; exactly one is supported`];
};

const uniqueIds: DocumentRule = (document) => {
  const ids = placesOf(document).map(({ operation }) => textAt(operation, 'operationId'));
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [...new Set(repeated)].map((id) => `operationId ${id} is used more than once`);
};

const size: DocumentRule = (document) =>
  (['compact', 'pretty'] as const).flatMap((form) => {
    const bytes = Buffer.byteLength(JSON.stringify(document, null, form === 'pretty' ? 2 : 0));
    return bytes < MAX_BYTES ? [] : [`the document is too large: ${bytes} bytes ${form}`];
  });

const references: DocumentRule = (document) => {
  const problems: string[] = [];
  walk(document, ({ $ref }, pointer) => {
    if (typeof $ref !== 'string') return;
    const keys = $ref.replace(/^#\//, '').split('/');
    const parent = objectAt(document, ...keys.slice(0, -1));
    const found = $ref.startsWith('#/') && isObject(parent[keys.at(-1) ?? '']);
    if (!found) problems.push(`${pointer}: the reference ${$ref} leads nowhere`);
  });
  return problems;
};

const objectProperties: DocumentRule = (document) => {
  const problems: string[] = [];
  walk(document, ({ type, properties }, pointer) => {
    const isObjectSchema = type === 'object' || (Array.isArray(type) && type.includes('object'));
    if (isObjectSchema && !isObject(properties)) {
      problems.push(`${pointer}: the object schema is missing properties`);
    }
  });
  return problems;
};

/** Types of the languages for which clients are generated: openapi-generator for Python stops at a schema called List. */
const TYPE_NAMES = new Set(['Any', 'Dict', 'List', 'Map', 'Object', 'Optional', 'Record', 'Set', 'String']);

const schemaNames: DocumentRule = (document) =>
  Object.keys(objectAt(document, 'components', 'schemas'))
    .filter((name) => TYPE_NAMES.has(name))
    .map((name) => `the schema ${name} has the name of a type that generators use`);

/** In the order in which their problems are listed. */
export const documentRules: readonly DocumentRule[] = [
  operationCount,
  server,
  securityScheme,
  uniqueIds,
  size,
  references,
  objectProperties,
  schemaNames,
];
