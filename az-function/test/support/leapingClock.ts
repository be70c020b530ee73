/** Loaded into a process before the app: its system's clock leaps by `CLOCK_LEAP_MS` at each SIGUSR2. */
let leaptMs = 0;
const { now } = Date;
Date.now = () => now() + leaptMs;
process.on('SIGUSR2', () => {
  leaptMs += Number(process.env['CLOCK_LEAP_MS']);
  console.log(`clock_leapt ms=${leaptMs}`);
});
