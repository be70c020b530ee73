/** Schemas of the catalog as JSON Schema, for documents and tools. */
import * as z from 'zod/mini';

/** A JSON Schema object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Generators for Go know a type with null beside it, and no list of others: `anyOf` says the same. */
function withSingleTypes(schema: JsonSchema): JsonSchema {
  const inside = (member: unknown): unknown => {
    if (Array.isArray(member)) return member.map(inside);
    return isRecord(member) ? withSingleTypes(member) : member;
  };
  const members = Object.entries(schema).map(([key, member]) =>
    key === 'type' && Array.isArray(member) && !member.includes('null')
      ? ['anyOf', member.map((type) => ({ type }))]
      : [key, inside(member)],
  );
  return Object.fromEntries(members);
}

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
  return withSingleTypes(converted);
}
