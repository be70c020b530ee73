/** A kept answer as one entity of Azure Tables: its bytes in pieces, because a binary property holds 64 KiB. */

const PIECE_BYTES = 60_000;
/** An entity holds 1 MiB; what does not fit into 900 KB compressed is not shared. */
const MAX_PIECES = 15;

/** The largest answer that fits. */
export const MAX_ANSWER_ENTITY_BYTES = PIECE_BYTES * MAX_PIECES;

/** Milliseconds as a text that sorts like the number: a table has no number that is exact and large enough. */
export const toTime = (ms: number): string => String(Math.max(0, Math.round(ms))).padStart(15, '0');

/** The number again; 0 for whatever else is there. */
export const fromTime = (value: unknown): number =>
  typeof value === 'string' && /^[0-9]{15}$/.test(value) ? Number(value) : 0;

/** The properties for some bytes. The entity is replaced, so that a shorter answer leaves nothing of a longer one. */
export function toBinaryPieces(bytes: Uint8Array): Record<string, Uint8Array> {
  const pieces: Record<string, Uint8Array> = {};
  for (let index = 0; index * PIECE_BYTES < bytes.byteLength; index += 1) {
    pieces[`piece${index}`] = bytes.slice(index * PIECE_BYTES, (index + 1) * PIECE_BYTES);
  }
  return pieces;
}

/** The bytes of an entity; undefined where it has none. A missing piece makes them shorter, which the codec notices. */
export function fromBinaryPieces(entity: Readonly<Record<string, unknown>>): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  for (let index = 0; index < MAX_PIECES; index += 1) {
    const piece = entity[`piece${index}`];
    if (!(piece instanceof Uint8Array)) break;
    pieces.push(piece);
  }
  return pieces.length === 0 ? undefined : Buffer.concat(pieces);
}
