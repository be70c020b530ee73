/** What a browser shows before it goes to Discogs, against links that somebody else has sent. */

import type { Page } from '../../signIn/page.ts';
import type { DeviceSession } from '../stores.ts';

/** As much of the session's id as people compare. */
const SHOWN_ID_CHARS = 8;

const ASKED_AGAIN =
  'The question was answered in another browser, or too long ago, so it is asked again. If it keeps coming back, allow cookies for this site.';

function age(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return 'less than a minute ago';
  return minutes === 1 ? 'a minute ago' : `${minutes} minutes ago`;
}

/** `href` goes on; `now` is in Unix seconds. `isRepeated`: an answer came that does not hold here. */
export function confirmPage(
  { deviceId, createdAt }: DeviceSession,
  href: string,
  now: number,
  isRepeated: boolean,
): Page {
  return {
    status: 200,
    title: 'Link an app to your Discogs account?',
    message:
      'An app asks to use Discogs with your account. Go on only if you have just started this in an app of your own.',
    link: { href, label: 'Continue to Discogs' },
    hints: [
      ...(isRepeated ? [ASKED_AGAIN] : []),
      `The app asked ${age(now - createdAt)}. Nobody has checked which app it is: only you know whether you started it.`,
      `The link that your app showed you has the characters ${deviceId.slice(0, SHOWN_ID_CHARS)} in it. If it does not, or if somebody sent you a link, close this page: going on would let their app use your account.`,
    ],
  };
}
