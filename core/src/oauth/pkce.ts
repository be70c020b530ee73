/** Proof key for code exchange, S256 only. @see https://www.rfc-editor.org/rfc/rfc7636 */
import { constantTimeEqual } from '../lib/constantTime.ts';
import { sha256 } from '../signIn/bytes.ts';

/** Base64url of a SHA-256. */
export const isChallenge = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/** Whether the verifier is the one that the challenge was made of. */
export async function provesChallenge(verifier: string, challenge: string): Promise<boolean> {
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  const base64 = btoa(String.fromCharCode(...(await sha256(verifier))));
  const made = base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return constantTimeEqual(made, challenge);
}
