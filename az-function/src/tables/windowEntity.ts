/** The window as one entity of Azure Tables: its text in pieces, because a property holds 64 KB. */

/** 64 KB of UTF-16, with some room. */
const PIECE_CHARS = 30_000;
/** An entity holds 1 MB. */
const MAX_PIECES = 16;

/** The window's place in the table. One source address has one window. */
export const WINDOW_KEY = { partitionKey: 'discogs', rowKey: 'window' } as const;

/** The properties for a text. A shorter text than before leaves none of the old pieces: the entity is replaced. */
export function toPieces(text: string): Record<string, string> {
  const pieces: Record<string, string> = {};
  const count = Math.max(1, Math.ceil(text.length / PIECE_CHARS));
  if (count > MAX_PIECES) throw new RangeError('the window is too large for one entity');
  for (let index = 0; index < count; index += 1) {
    pieces[`piece${index}`] = text.slice(index * PIECE_CHARS, (index + 1) * PIECE_CHARS);
  }
  return pieces;
}

/** The text of an entity, whatever else it holds. */
export function fromPieces(entity: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (let index = 0; index < MAX_PIECES; index += 1) {
    const piece = entity[`piece${index}`];
    if (typeof piece !== 'string') break;
    text += piece;
  }
  return text;
}
