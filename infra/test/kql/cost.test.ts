/** The arithmetic of the cost page, and the one number in it that can be measured here. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { openTestGateway } from '../../../az-function/test/support/testGateway.ts';
import { ASSUMPTIONS } from '../../generate/cost/assumptions.ts';
import { costOfMonth } from '../../generate/cost/month.ts';
import { GPT_HEADERS } from './support/day.ts';
import { toTraceRow } from './support/rows.ts';

describe('a month', () => {
  it('costs its alerts and next to nothing else while the free grants last', () => {
    const { executions, gbSeconds, log, total } = costOfMonth(100);
    expect([executions, gbSeconds, log]).toEqual([0, 0, 0]);
    expect(total).toBeCloseTo(2.5 + 100 * 8 * 0.036e-6 + 300 * 0.03e-4, 9);
  });

  it('of a million calls is what a pocket calculator says', () => {
    const month = costOfMonth(1_000_000);
    expect(month.executions).toBeCloseTo(0.3, 9);
    expect(month.gbSeconds).toBeCloseTo((500_000 - 100_000) * 0.000026, 9);
    expect(month.log).toBeCloseTo((6.3 - 5) * 2.3, 9);
    expect(month.tables).toBeCloseTo(0.288, 9);
    expect(month.vault).toBeCloseTo(0.078, 9);
    expect(month.total).toBeCloseTo(0.3 + 10.4 + 2.99 + 0.288 + 0.078 + 2.5, 9);
    expect(month.natGateway).toBeCloseTo(36.5, 9);
  });
});

describe('the assumptions', () => {
  it('are about the app as it is deployed by default', () => {
    const bicep = readFileSync(new URL('../../main.bicep', import.meta.url), 'utf8');
    const standard = (name: string) => new RegExp(`^param ${name} \\w+ = (.+)$`, 'm').exec(bicep)?.[1];
    expect(Number(standard('instanceMemoryMB')) / 1024).toBe(ASSUMPTIONS.instanceGb.value);
    expect([standard('stateStore'), standard('enableAlerts')]).toEqual(["'tables'", 'true']);
    expect([standard('alwaysReadyInstances'), standard('enableStableOutboundAddress')]).toEqual([
      '0',
      'false',
    ]);
  });
});

describe('the line of a call', () => {
  it('is not longer than the page says, and not so much shorter that the page exaggerates', async () => {
    const gateway = await openTestGateway();
    const uuid = '6f9c0b1e-2f6a-4a53-9f62-0d8a4a2f7c11';
    const ids = {
      ...GPT_HEADERS,
      'openai-conversation-id': uuid,
      'openai-ephemeral-user-id': uuid,
      'openai-gpt-id': `g-${'0'.repeat(32)}`,
      'x-client-trace-id': uuid,
      'x-operation-hash': '0'.repeat(64),
    };
    const reply = await gateway.ask('/users/crate_digger/collection/folders/1/releases?per_page=5', {
      headers: ids,
    });
    await gateway.trace(reply);
    const bytes = gateway.lines.flatMap((line) => {
      const row = toTraceRow(line);
      return row?.prefix === 'discogs_proxy: ' ? [Buffer.byteLength(row.message)] : [];
    });
    expect(bytes).toHaveLength(1);
    expect(bytes[0]).toBeLessThanOrEqual(ASSUMPTIONS.lineBytes.value);
    expect(bytes[0]).toBeGreaterThan(ASSUMPTIONS.lineBytes.value * 0.75);
    await gateway.close();
  });
});
