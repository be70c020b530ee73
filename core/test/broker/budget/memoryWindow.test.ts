import { memoryBrokerWindow } from '@discogs-agent/core/broker';
import { describe } from '@jest/globals';
import { brokerWindowTests, WINDOW_POLICY } from '../support/brokerWindowTests.ts';

describe('the window in memory', () => {
  brokerWindowTests(async (now) => {
    const store = memoryBrokerWindow(WINDOW_POLICY, now);
    return () => store;
  });
});
