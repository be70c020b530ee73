/** Image addresses in the form of the image host; the signature is a placeholder, so none of them can be fetched. */

const SIGNATURE = 'Sandbox_signature_43_chars_not_a_real_one__';
/** The image host breaks the source path every 16 characters. */
const PATH_PIECES = /.{1,16}/g;

type ImageKind = 'R' | 'A' | 'L' | 'U';

function address(kind: ImageKind, id: number, quality: number, side: number): string {
  const source = Buffer.from(`s3://discogs-database-images/${kind}-${id}-1.jpeg`).toString('base64url');
  const pieces = source.match(PATH_PIECES) ?? [];
  return `https://i.discogs.com/${SIGNATURE}/rs:fit/g:sm/q:${quality}/h:${side}/w:${side}/${pieces.join('/')}.jpeg`;
}

export const thumbUrl = (kind: ImageKind, id: number): string => address(kind, id, 40, 150);
export const avatarUrl = (userId: number): string => address('U', userId, 40, 500);
export const coverUrl = (kind: ImageKind, id: number): string => address(kind, id, 90, 600);

/** The one-image gallery of a body. */
export const gallery = (kind: ImageKind, id: number): object[] => [
  {
    type: 'primary',
    uri: coverUrl(kind, id),
    resource_url: coverUrl(kind, id),
    uri150: thumbUrl(kind, id),
    width: 600,
    height: 600,
  },
];
