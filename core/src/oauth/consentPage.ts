/** What a user reads before an app gets anything. Nothing on it is what the app says about itself. */
import type { WebAnswer } from '../signIn/web.ts';
import { page } from './answers.ts';
import type { AuthorizationTarget } from './records.ts';
import { formTargets, redirectPlace } from './redirectUri.ts';
import type { OpenRequest } from './request.ts';
import { SCOPE_WORDS } from './scopes.ts';

/** Who asks: the owner of a host, or where the answer goes. */
export function appName({
  clientHost,
  redirectUri,
}: Pick<AuthorizationTarget, 'clientHost' | 'redirectUri'>): string {
  const place = redirectPlace(redirectUri);
  return clientHost === null || clientHost === place ? place : `${clientHost}, through ${place}`;
}

/** The page. Its buttons need no script. */
export function consentPage(
  target: AuthorizationTarget,
  username: string,
  baseUrl: string,
  { id, proof }: Pick<OpenRequest, 'id' | 'proof'>,
): WebAnswer {
  return page({
    status: 200,
    title: 'Allow access to your Discogs account?',
    message: `You are signed in at Discogs as ${username}. This app asks for access: ${appName(target)}. It wants to:`,
    items: target.scopes.map((scope) => SCOPE_WORDS[scope]),
    forms: [
      {
        action: `${baseUrl}/authorize/consent`,
        hidden: { request: id, proof },
        buttons: [
          { name: 'decision', value: 'allow', label: 'Allow' },
          { name: 'decision', value: 'deny', label: 'Do not allow', isSecondary: true },
        ],
      },
    ],
    formTargets: formTargets(target.redirectUri),
    hints: [
      'Allow it only if you have just started this in an app of your own. Nobody has checked the app: its address above is all that is known about it.',
      `You can end the access at any time: ${baseUrl}/grants`,
    ],
  });
}
