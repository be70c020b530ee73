import type { Page } from '../../signIn/page.ts';

/** The end of a sign-in; `identity` is the Discogs account's name, where it is known. */
export const linkedPage = (identity: string | null): Page => ({
  status: 200,
  title: 'Discogs linked',
  message: 'You can close this tab and return to your client.',
  hints: identity === null ? [] : [`Discogs account: ${identity}`],
});
