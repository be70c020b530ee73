/** What programs that sign in share: the clients that the gateway knows, and what a signed-in user must be able to do. */
import { check, GATEWAY_URL, RELEASE, USER } from './check.mjs';

const clients = JSON.parse(process.env.SIGN_IN_CLIENTS ?? '[]');
export const clientOf = (id) => {
  const { client_secret: secret, redirect_uris } = clients.find(({ client_id }) => client_id === id);
  return { id, secret, redirectUri: redirect_uris[0] };
};

export const SCOPES = 'read collection:write';
export const WANT = `${GATEWAY_URL}/users/${USER}/wants/${RELEASE}`;

/** `ask` sends a request with the access token, and gives a `Response`. */
export async function checkWantlist(ask) {
  const identity = await (await ask('GET', `${GATEWAY_URL}/oauth/identity`)).json();
  check('the user is known', identity.username === USER);
  const wanted = async () => {
    const reply = await ask('GET', `${GATEWAY_URL}/users/${USER}/wants?per_page=100`);
    return (await reply.json()).wants.some(({ id }) => id === RELEASE);
  };
  check('a release is added to the wantlist of the user', (await ask('PUT', WANT)).status === 201);
  check('it is in it', await wanted());
  check('it is taken out', (await ask('DELETE', WANT)).status === 204);
  check('and is in it no more', !(await wanted()));
}
