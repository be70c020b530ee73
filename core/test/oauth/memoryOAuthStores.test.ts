import { memoryOAuthStores } from '@discogs-agent/core/oauth';
import { describeRecordStores } from './support/recordStoreTests.ts';

describeRecordStores('in memory', async () => memoryOAuthStores());
