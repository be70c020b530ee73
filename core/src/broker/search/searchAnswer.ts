/** Discogs' answer to a search, read as tolerantly as it can be. */
import * as z from 'zod/mini';

const texts = () =>
  z.catch(
    z.pipe(
      z.array(z.unknown()),
      z.transform((values) => values.filter((value) => typeof value === 'string')),
    ),
    [],
  );
const text = () => z.catch(z.string(), '');
const textOrNumber = () =>
  z.catch(
    z.union([
      z.string(),
      z.pipe(
        z.number(),
        z.transform((value) => String(value)),
      ),
    ]),
    '',
  );

const searchHit = z.object({
  title: text(),
  year: textOrNumber(),
  label: texts(),
  genre: texts(),
  style: texts(),
  format: texts(),
  uri: text(),
  cover_image: text(),
});

/** The members of a result row that the broker uses; `''` and `[]` where Discogs leaves one out. */
export type SearchHit = z.infer<typeof searchHit>;

const searchAnswer = z.object({ results: z.optional(z.nullable(z.array(z.unknown()))) });

const decoder = new TextDecoder('utf-8', { fatal: true });

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(body));
  } catch {
    return undefined;
  }
}

/**
 * The rows of an answer in their order, without those that are no objects; `undefined` when the body is not an answer
 * to a search at all.
 * @see https://www.discogs.com/developers#page:database,header:database-search
 */
export function parseSearchAnswer(body: Uint8Array): SearchHit[] | undefined {
  const answer = searchAnswer.safeParse(parseJson(body));
  if (!answer.success) return undefined;
  return (answer.data.results ?? []).flatMap((row) => {
    const hit = searchHit.safeParse(row);
    return hit.success ? [hit.data] : [];
  });
}
