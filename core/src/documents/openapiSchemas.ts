/** Reply schemas as JSON Schema: one named component for each schema that the catalog exports. */
import * as z from 'zod/mini';
import * as database from '../catalog/replies/database.ts';
import * as gateway from '../catalog/replies/gateway.ts';
import * as shared from '../catalog/replies/shared.ts';
import * as user from '../catalog/replies/user.ts';
import type { JsonSchema } from './openapiTypes.ts';

const isRecord = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Generators for Go know a type with null beside it, and no list of others: `anyOf` says the same. */
function withSingleTypes(schema: JsonSchema): JsonSchema {
  const members = Object.entries(schema).map(([key, member]) =>
    key === 'type' && Array.isArray(member) && !member.includes('null')
      ? ['anyOf', member.map((type) => ({ type }))]
      : [key, isRecord(member) ? withSingleTypes(member) : member],
  );
  return Object.fromEntries(members);
}

type SchemaFunction = () => z.ZodMiniType;

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

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const functions: readonly (readonly [string, SchemaFunction])[] = Object.entries<SchemaFunction>({
  ...shared,
  ...database,
  ...user,
  ...gateway,
}).map(([name, schema]) => [capitalized(name), schema]);

/** `{ $ref }` to a schema component. */
export const schemaReference = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

/**
 * Puts a reference where a named schema stands. Each call of a schema function builds a new schema, so parts are
 * recognised by their content.
 */
function withReferences(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, names));
  if (!isRecord(value)) return value;
  const name = names.get(JSON.stringify(value));
  return name === undefined ? membersWithReferences(value, names) : schemaReference(name);
}

const membersWithReferences = (schema: JsonSchema, names: ReadonlyMap<string, string>): JsonSchema =>
  Object.fromEntries(Object.entries(schema).map(([key, member]) => [key, withReferences(member, names)]));

/** The components of all replies, by name. */
export function replySchemas(): Readonly<Record<string, JsonSchema>> {
  const schemas = functions.map(([name, schema]) => [name, jsonSchema(schema())] as const);
  const names = new Map(schemas.map(([name, schema]) => [JSON.stringify(schema), name]));
  return Object.fromEntries(schemas.map(([name, schema]) => [name, membersWithReferences(schema, names)]));
}

const nameOf = new Map(functions.map(([name, schema]) => [schema, name]));

/** The schema of a reply: a reference where the catalog's replies export it, else the schema itself. */
export function replySchema(schema: SchemaFunction): JsonSchema {
  const name = nameOf.get(schema);
  return name === undefined ? jsonSchema(schema()) : { ...schemaReference(name) };
}
