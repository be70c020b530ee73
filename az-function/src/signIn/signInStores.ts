/** Where the authorization server keeps what it must not forget: with the shared state of all instances, or in this process. */
import { memoryStores, type ThrottleStore } from '@discogs-agent/core/broker';
import { memoryOAuthStores, type OAuthStores } from '@discogs-agent/core/oauth';
import type { SignInHostOptions } from './signInDoor.ts';

/** Loads the Tables SDK where it is needed. Opens nothing. */
export async function signInStores({
  environment,
  steadyNow,
  loadTables,
}: Pick<SignInHostOptions, 'environment' | 'steadyNow' | 'loadTables'>): Promise<{
  readonly stores: OAuthStores;
  readonly throttle: ThrottleStore;
}> {
  const { tables: address } = environment;
  if (!address) return { stores: memoryOAuthStores(), throttle: memoryStores().throttle };
  const { createBrokerTables, createOAuthTables } = await loadTables();
  const options = { address, now: steadyNow, random: Math.random };
  return { stores: createOAuthTables(options), throttle: createBrokerTables(options).throttle };
}
