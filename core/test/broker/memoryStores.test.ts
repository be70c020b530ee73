import { memoryStores } from '@discogs-agent/core/broker';
import { describeBrokerStores } from './support/storeTests.ts';

describeBrokerStores('in memory', async () => memoryStores());
