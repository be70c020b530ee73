/** What a model should do after an error: one sentence. Pure. */
import { type Members, number, text } from '../lib/looseJson.ts';

const STEPS: Readonly<Record<string, string>> = {
  api_key_mismatch: 'Tell the user that the key of this connection is missing or wrong; do not try again.',
  invalid_token: 'Tell the user that the sign-in has ended and must be repeated; do not try again.',
  insufficient_scope:
    'Tell the user that this connection may not do that, and that a new sign-in can allow it; do not try again.',
  quota_used: "Tell the user that this user's requests of 24 hours are used; do not try again.",
  sign_in_unavailable:
    'Try once more; if it fails again, tell the user that the sign-in cannot be checked now.',
  discogs_token_missing:
    'Tell the user that this gateway has no Discogs token, which Discogs wants for this.',
  no_supported_search_params: 'Add at least one search field: q, artist, release_title, catno or barcode.',
  method_not_allowed: 'Use one of the operations of the document.',
  no_such_route: 'Use one of the operations of the document.',
  invalid_body: 'Correct the body as the message says and try again.',
  rate_limited: 'Wait for the seconds of retry_in_seconds, then send the same request once.',
  upstream_unavailable: 'Wait for the seconds of retry_in_seconds, then send the same request once.',
  overloaded: 'Wait for the seconds of retry_in_seconds, then send the same request once.',
  not_in_catalogue: 'Ask again without source, or with source=live.',
  no_catalogue: 'Ask again without source.',
  catalogue_unavailable: 'Ask again without source.',
  not_found: 'Check the id: search for the record by name, barcode or catalogue number.',
  read_only: 'Tell the user that this gateway may only read.',
  missing_fields: 'Send the request again with the members that are named in fields.',
  invalid_json: 'Send the body as JSON.',
  unsupported_media_type: 'Send the body as JSON, announced as application/json.',
  length_required: 'Send the body whole, with its length, not in chunks.',
  payload_too_large: 'Send a shorter body.',
  upstream_error: 'Try once more; if it fails again, tell the user that Discogs has a problem.',
  upstream_invalid: 'Try once more; if it fails again, tell the user that Discogs has a problem.',
  bad_gateway: 'Try once more; if it fails again, tell the user that Discogs cannot be reached.',
  timeout: 'Try once more; if it fails again, tell the user that Discogs is slow.',
  secrets_unresolved: 'Tell the user that the gateway cannot read its secrets now; its owner must look.',
  server_misconfigured: 'Tell the user that the gateway is not set up; its owner must look.',
  internal_error: 'Tell the user the trace_id; it is a fault of the gateway.',
};
const stepOf = (code: string): string | undefined => (Object.hasOwn(STEPS, code) ? STEPS[code] : undefined);
const REFUSED = 'Discogs refused it for the reason in message; change the request or tell the user.';
const NO_USER = /^user does not exist/i;
const BEYOND = /outside of valid range/i;

/** The sentence for the body of an error. */
export function nextStep(body: Members): string {
  const [error, reason, message] = [text(body['error']), text(body['reason']), text(body['message'])];
  if (BEYOND.test(message))
    return 'The list ends before this page: go back to page 1 or tell the user that there are no more.';
  if (NO_USER.test(message))
    return 'Check the user name; that of the connected account is in the answer of the identity operation.';
  if (body['in_catalogue'] !== undefined)
    return 'Ask again with source=catalogue for what it was, or search for what has taken its place.';
  if (reason === 'invalid_parameter' || reason === 'invalid_path')
    return 'Correct the field as the message says and try again.';
  if (error.endsWith('must be an integer')) return 'Correct the id in the path: digits only.';
  return stepOf(reason) ?? stepOf(error) ?? REFUSED;
}

/** Seconds to wait, where waiting helps: those of the body, else of `Retry-After`. */
export function retryInSeconds(body: Members, retryAfter: string | undefined): number | undefined {
  return number(body['reset']) ?? number(retryAfter);
}
