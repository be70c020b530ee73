/** disconnect against the gateway: only host and port are set. */
import disconnect from 'disconnect';
import { CLIENT_KEY, checkClient, GATEWAY_HOST, GATEWAY_PORT } from './check.mjs';

const client = new disconnect.Client('DiscogsAgentClients/1.0', { userToken: CLIENT_KEY });
client.setConfig({ host: GATEWAY_HOST, port: GATEWAY_PORT });
await checkClient(
  {
    database: client.database(),
    user: client.user(),
    marketplace: client.marketplace(),
    getIdentity: () => client.getIdentity(),
  },
  (body) => body,
);
