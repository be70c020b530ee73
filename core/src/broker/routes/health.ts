/** `GET /v1/health`: how the broker is set up. Asks nobody, and shows no secret. */

import { jsonAnswer } from '../../signIn/answers.ts';
import type { BrokerSettings } from '../brokerSettings.ts';
import type { Route } from '../context.ts';

function clientAuth({ allowUnauthenticated, clientTokens }: BrokerSettings) {
  const configured = clientTokens.length > 0;
  if (allowUnauthenticated) {
    return {
      mode: 'unauthenticated_dev_override',
      token_configured: configured,
      allow_unauthenticated_broker: true,
      warning:
        'ALLOW_UNAUTHENTICATED_BROKER=true disables broker client-token checks; use for local development only',
    };
  }
  if (configured) {
    return { mode: 'token_required', token_configured: true, allow_unauthenticated_broker: false };
  }
  return {
    mode: 'misconfigured_no_token',
    token_configured: false,
    allow_unauthenticated_broker: false,
    warning: 'BROKER_CLIENT_TOKEN is not set; protected endpoints will reject requests until configured',
  };
}

export const health: Route = async ({ settings, egress }) => {
  const auth = clientAuth(settings);
  return jsonAnswer(200, {
    status: 'warning' in auth ? 'warning' : 'ok',
    broker_client_auth: auth,
    discogs_auth: { configured: settings.problems.length === 0 },
    search_cache_ttl_seconds: settings.searchCacheTtlSeconds,
    ...(egress === undefined ? {} : { discogs_egress: egress }),
  });
};
