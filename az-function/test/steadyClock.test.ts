import { expect, it } from '@jest/globals';
import { createSteadyClock } from '../src/steadyClock.ts';

const HOUR_MS = 3_600_000;

it.each([
  { what: 'rises with the monotonic clock', wall: 500, monotonic: 500, passed: 500 },
  { what: 'takes no part in a correction of the system’s clock', wall: 30_500, monotonic: 500, passed: 500 },
  { what: 'does not step back', wall: -HOUR_MS, monotonic: 500, passed: 500 },
  { what: 'knows of seven hours of sleep', wall: 7 * HOUR_MS, monotonic: 500, passed: 7 * HOUR_MS },
])('the clock of a process $what', ({ wall, monotonic, passed }) => {
  const clocks = { wall: 1_700_000_000_000, monotonic: 40 };
  const now = createSteadyClock(
    () => clocks.wall,
    () => clocks.monotonic,
  );
  const before = now();
  clocks.wall += wall;
  clocks.monotonic += monotonic;
  expect(now() - before).toBe(passed);
  clocks.wall += 10;
  clocks.monotonic += 10;
  expect(now() - before).toBe(passed + 10);
});
