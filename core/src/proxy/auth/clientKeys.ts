/** The keys that callers may present, from `X_API_KEY` and `CLIENT_KEYS`. */
import * as z from 'zod/mini';
import { constantTimeEqual } from '../../lib/constantTime.ts';
import { isUnresolvedReference } from '../../lib/environment.ts';
import { once } from '../../lib/once.ts';

/** One accepted key. The label appears in traces, the key never. */
export interface ClientKey {
  readonly label: string;
  readonly key: string;
  readonly readOnly: boolean;
}

/** The label of callers that use `X_API_KEY`. */
const DEFAULT_LABEL = 'default';

/** True for a key that a header can carry: printable ASCII without spaces. */
export const isPresentable = (key: string): boolean => /^[\x21-\x7e]{1,1024}$/.test(key);

const clientKeysSchema = once(() =>
  z
    .array(
      z.strictObject({
        label: z.string().check(z.regex(/^[a-z0-9-]{1,32}$/)),
        key: z.string().check(z.refine((key) => isPresentable(key) && !isUnresolvedReference(key))),
        read_only: z.optional(z.boolean()),
      }),
    )
    .check(z.maxLength(100)),
);

/** `X_API_KEY`: one key, or two separated by a comma during a rotation. */
export function parseApiKey(value: string): readonly ClientKey[] {
  return (
    value
      .split(',')
      .map((key) => key.trim())
      // The platform resolves a reference only as a whole value; inside a list it would be a key that anybody can guess.
      .filter((key) => key !== '' && !isUnresolvedReference(key))
      .map((key) => ({ label: DEFAULT_LABEL, key, readOnly: false }))
  );
}

/** `CLIENT_KEYS`: a JSON array of `{label, key, read_only?}`; undefined when it is anything else. */
export function parseClientKeys(value: string): readonly ClientKey[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(value);
  } catch {
    return undefined;
  }
  const parsed = clientKeysSchema().safeParse(json);
  if (!parsed.success) return undefined;
  return parsed.data.map(({ label, key, read_only }) => ({ label, key, readOnly: read_only ?? false }));
}

/** The configured key that equals `presented`. Every key is compared, so that time tells nothing about which. */
export function findKey(keys: readonly ClientKey[], presented: string): ClientKey | undefined {
  let found: ClientKey | undefined;
  for (const key of keys) {
    if (constantTimeEqual(presented, key.key)) found ??= key;
  }
  return presented === '' ? undefined : found;
}
