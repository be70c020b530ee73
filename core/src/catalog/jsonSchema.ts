/** Schemas of the catalog as JSON Schema, for documents and tools. */
import * as z from 'zod/mini';

/** A JSON Schema object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * A zod schema as JSON Schema, without what only zod means: the bounds of a safe integer would read like limits of
 * Discogs, and `additionalProperties: {}` is `true` in words that every importer knows.
 */
export function jsonSchema(schema: z.ZodMiniType): JsonSchema {
  const { $schema: _, ...converted } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema: json }) => {
      if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
      if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
      const { additionalProperties: more } = json;
      if (typeof more === 'object' && Object.keys(more).length === 0) json.additionalProperties = true;
    },
  });
  return converted;
}
