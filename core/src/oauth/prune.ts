/** What grows old, for the hourly prune that the broker has. */
import type { OAuthStores } from './stores.ts';

/** Tables by name, each with a function that removes what was over at `before`, in Unix seconds. */
export const oauthPrunables = ({ requests, grants, clients }: OAuthStores) => [
  { name: 'oauth_requests', prune: (before: number) => requests.prune(before) },
  { name: 'oauth_grants', prune: (before: number) => grants.prune(before) },
  { name: 'oauth_clients', prune: (before: number) => clients.prune(before) },
];
