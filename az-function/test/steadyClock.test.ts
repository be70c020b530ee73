import { describe, expect, it } from '@jest/globals';
import { createClocks } from '../src/steadyClock.ts';

const HOUR_MS = 3_600_000;

function setup() {
  const time = { wall: 1_700_000_000_000, monotonic: 40 };
  const clocks = createClocks(
    () => time.wall,
    () => time.monotonic,
  );
  const began = { now: clocks.now(), ageNow: clocks.ageNow() };
  /** Lets time go by on both, and tells how much each clock of the process says. */
  const pass = (wall: number, monotonic: number) => {
    time.wall += wall;
    time.monotonic += monotonic;
    return { now: clocks.now() - began.now, ageNow: clocks.ageNow() - began.ageNow };
  };
  return { pass, began };
}

it('the clocks of a process begin with the time of the system', () => {
  expect(setup().began).toEqual({ now: 1_700_000_000_000, ageNow: 1_700_000_000_000 });
});

it.each([
  { what: 'time goes by', wall: 500, monotonic: 500, now: 500, ageNow: 500 },
  { what: 'the system corrects its clock a little', wall: 1400, monotonic: 500, now: 500, ageNow: 500 },
  { what: 'it leaps a day ahead', wall: 24 * HOUR_MS, monotonic: 500, now: 500, ageNow: 24 * HOUR_MS },
  { what: 'it leaps an hour back', wall: -HOUR_MS, monotonic: 500, now: 500, ageNow: 500 },
  {
    what: 'the machine sleeps for seven hours',
    wall: 7 * HOUR_MS,
    monotonic: 0,
    now: 0,
    ageNow: 7 * HOUR_MS,
  },
])('when $what, limits count $now ms and ages $ageNow ms', ({ wall, monotonic, now, ageNow }) => {
  const { pass } = setup();
  expect(pass(wall, monotonic)).toEqual({ now, ageNow });
  expect(pass(10, 10)).toEqual({ now: now + 10, ageNow: ageNow + 10 });
});

describe('the age of what is kept', () => {
  it('knows of a sleep also after a wrong leap that was taken back', () => {
    const { pass } = setup();
    pass(24 * HOUR_MS, 0);
    pass(-24 * HOUR_MS, 0);
    expect(pass(7 * HOUR_MS, 0)).toEqual({ now: 0, ageNow: 31 * HOUR_MS });
  });

  it('follows a clock that runs ahead by a little at a time', () => {
    const { pass } = setup();
    let told = pass(0, 0);
    for (let step = 0; step < 100; step += 1) told = pass(1500, 1000);
    expect(told.now).toBe(100_000);
    expect(told.ageNow).toBeGreaterThan(148_500);
  });
});
