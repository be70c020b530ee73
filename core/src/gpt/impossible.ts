/** What Discogs' API cannot do, answered at the paths where somebody would look for it. */

const NEVER: readonly (readonly [RegExp, string, string])[] = [
  [/lyrics/, 'Discogs has no lyrics.', 'Tell the user so; a lyrics site may have them.'],
  [
    /^\/releases\/[^/]+\/(listings|sellers|for[-_]sale|offers|marketplace)|^\/marketplace\/(search|releases)/,
    "Discogs' API does not list the copies for sale of a release.",
    'Use /marketplace/stats/{release_id} for the number and the lowest price, and give the user https://www.discogs.com/sell/release/{release_id}.',
  ],
  [
    /price[-_]?history|sales[-_]?history|\/sales$|\/history$/,
    "Discogs' API has no price history.",
    'Use /marketplace/price_suggestions/{release_id} for prices by condition, or give the user the page of the release.',
  ],
  [/^\/(audio|stream|download|preview)/, 'Discogs has no audio.', 'A release names videos; show those.'],
  [
    /recommend|similar/,
    'Discogs has no recommendations.',
    'Search by style, label or credited artist instead.',
  ],
];

/** Why a path leads nowhere; undefined for those that nobody has named. */
export function impossible(
  path: string,
): { readonly message: string; readonly nextStep: string } | undefined {
  const found = NEVER.find(([pattern]) => pattern.test(path.toLowerCase()));
  return found && { message: found[1], nextStep: found[2] };
}
