/** @lionralfs/discogs-client against the gateway: only host and port are set. */
import { DiscogsClient } from '@lionralfs/discogs-client';
import { CLIENT_KEY, checkClient, GATEWAY_HOST, GATEWAY_PORT } from './check.mjs';

const client = new DiscogsClient({ userAgent: 'DiscogsAgentClients/1.0', auth: { userToken: CLIENT_KEY } });
client.setConfig({ host: GATEWAY_HOST, port: Number(GATEWAY_PORT) });
await checkClient(
  {
    database: client.database(),
    user: client.user(),
    marketplace: client.marketplace(),
    getIdentity: () => client.getIdentity(),
  },
  ({ data }) => data,
);
