/** Answers of the authorization server: JSON for programs, redirects for browsers, pages for people. */
import { jsonAnswer } from '../signIn/answers.ts';
import { type Page, renderPage } from '../signIn/page.ts';
import type { WebAnswer } from '../signIn/web.ts';
import { describeFailure } from './describeFailure.ts';
import type { OAuthFailure } from './failure.ts';
import type { AuthorizationTarget } from './records.ts';
import { withAnswer } from './redirectUri.ts';

const SITE = 'DiscogsAgent';
/** Nothing here is sent with cookies, so that pages of any origin may read it: some clients run in browsers. */
const ANY_ORIGIN = { 'access-control-allow-origin': '*' };
const NOT_CACHED = { pragma: 'no-cache' };

/** For programs. */
export const programAnswer = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
) => jsonAnswer(status, value, { ...ANY_ORIGIN, ...headers });

/** A successful answer with tokens. @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
export const tokenAnswer = (value: unknown): WebAnswer => programAnswer(200, value, NOT_CACHED);

const retryAfter = (seconds: number | undefined) =>
  seconds === undefined ? {} : { 'retry-after': String(seconds) };

/** A failure for a program. @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
export function failureAnswer(failure: OAuthFailure): WebAnswer {
  const { status, error, message, next, retryAfterSeconds } = describeFailure(failure);
  return programAnswer(
    status,
    { error, error_description: `${message} ${next}` },
    {
      ...NOT_CACHED,
      ...retryAfter(retryAfterSeconds),
      ...(status === 401 ? { 'www-authenticate': 'Basic realm="token endpoint"' } : {}),
      ...(failure.code === 'method_not_allowed' ? { allow: failure.allow } : {}),
    },
  );
}

/** A page of this server. */
export const page = (content: Omit<Page, 'site'>): WebAnswer => renderPage({ ...content, site: SITE });

/** A failure for a person. */
export function failurePage(failure: OAuthFailure): WebAnswer {
  const { status, message, next, retryAfterSeconds } = describeFailure(failure);
  const answer = page({
    status,
    title: failure.code === 'denied' ? 'Access not allowed' : 'Sign-in failed',
    message,
    hints: [next],
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
  return failure.code === 'method_not_allowed'
    ? { ...answer, headers: { ...answer.headers, allow: failure.allow } }
    : answer;
}

/** Sends the browser on. 303: whatever it sent here, it gets there. */
export const goTo = (location: string): WebAnswer => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  body: new Uint8Array(0),
});

/** An answer that looks like any other: the log says what went wrong. */
export interface ReasonedAnswer extends WebAnswer {
  readonly reason?: string;
}

type ReturnTarget = Pick<AuthorizationTarget, 'redirectUri' | 'state'>;

/**
 * Back to the app, with the issuer in each answer (RFC 9207). The metadata does not promise it: clients that read the
 * promise fail when their host hands on nothing but the code.
 */
export const backToApp = (
  { redirectUri, state }: ReturnTarget,
  issuer: string,
  answer: Readonly<Record<string, string>>,
): WebAnswer => goTo(withAnswer(redirectUri, { ...answer, state: state ?? undefined, iss: issuer }));

/** What the log says of a failure: its code and, where it has one, its reason. Neither holds anything of the request. */
export function failureReason(failure: OAuthFailure): string {
  if ('reason' in failure) return `${failure.code}.${failure.reason}`;
  return 'failure' in failure ? `${failure.code}.${failure.failure?.kind ?? 'incomplete'}` : failure.code;
}

/** The same with a failure. Only for an address that was checked. */
export function failureToApp(target: ReturnTarget, issuer: string, failure: OAuthFailure): ReasonedAnswer {
  const { error, message, next } = describeFailure(failure);
  const answer = backToApp(target, issuer, { error, error_description: `${message} ${next}` });
  return { ...answer, reason: failureReason(failure) };
}
