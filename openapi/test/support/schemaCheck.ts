/** Validates values against schemas of the document with Ajv, in the dialect of OpenAPI 3.1. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { document } from './document.ts';

/**
 * Error bodies may grow for callers, so the document leaves them open. Here a member that the document does not know
 * is a gap in the document.
 */
function closedErrors(): object {
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) => [
    name,
    /^(Error|Ping)/.test(name) ? { ...schema, additionalProperties: false } : schema,
  ]);
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } };
}

const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
ajv.addSchema(closedErrors(), 'document');

const pointerPart = (key: string): string =>
  encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));

/** What is wrong with `value` by the schema behind `keys`; empty when nothing is. */
export function schemaProblems(keys: readonly string[], value: unknown): readonly string[] {
  const reference = `document#/${keys.map(pointerPart).join('/')}`;
  const validate = ajv.getSchema(reference) ?? ajv.compile({ $ref: reference });
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'body'} ${message}`);
}
